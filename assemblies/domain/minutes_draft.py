"""The draft as it stands: facts, what was written beside them, and who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from assemblies.domain.minutes_facts import facts_of
from assemblies.enums import RemarkPlace
from assemblies.minutes_text import Block, Facts, Remarks, plain, seal, written
from assemblies.models import Assembly, Minutes, Remark, Signer
from coop.common.words import one_line

OPENING, CLOSING = RemarkPlace.OPENING.value, RemarkPlace.CLOSING.value


@dataclass(frozen=True, slots=True)
class Draft:
    """`last` has the latest version at each place, by its key; `versions` all of them, the oldest first."""

    facts: Facts
    versions: tuple[Remark, ...]

    @property
    def last(self) -> dict[str, Remark]:
        return {key_of(remark): remark for remark in self.versions}

    @property
    def remarks(self) -> Remarks:
        texts = {key: remark.text for key, remark in self.last.items() if remark.text}
        opening, closing = texts.pop(OPENING, ""), texts.pop(CLOSING, "")
        return Remarks(opening=opening, items=texts, closing=closing)

    @property
    def author_ids(self) -> frozenset[int]:
        """Whose words stand in it: none of them closes what they wrote."""
        return frozenset(remark.author_id for remark in self.last.values() if remark.text)

    @property
    def author_id(self) -> int | None:
        """Who wrote last beside the facts."""
        return self.versions[-1].author_id if self.versions else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The minutes as they would be closed: number, folio, text and its SHA-256."""

    number: int
    folio: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return plain(self.blocks)

    @property
    def sha256(self) -> str:
        return seal(self.text)


def key_of(remark: Remark) -> str:
    """`opening`, `closing`, or the position of the agenda item."""
    return str(remark.item.position) if remark.item else remark.place


def draft_of(assembly: Assembly) -> Draft:
    """Eight statements. Raises AssemblyNotClosed or NotOnRecord."""
    return Draft(facts=facts_of(assembly), versions=tuple(versions_of(assembly)))


def versions_of(assembly: Assembly) -> Sequence[Remark]:
    return list(Remark.objects.filter(assembly=assembly).select_related("item", "author").order_by("pk"))


def writer_of(assembly: Assembly, draft: Draft) -> int | None:
    """Who wrote last, or where nobody wrote, who named the signers: somebody else closes."""
    if draft.author_id is not None:
        return draft.author_id
    named = Signer.objects.filter(assembly=assembly).order_by("-pk")
    return named.values_list("named_by_id", flat=True).first()


def sheet_of(draft: Draft, *, last_on_paper: int, folio: str) -> Sheet:
    """`last_on_paper` counts only until the first minutes are closed here."""
    return sheet_after(draft, last_number() or last_on_paper, folio)


def sheet_after(draft: Draft, last: int, folio: str) -> Sheet:
    """Under the number that follows `last`."""
    number, folio = last + 1, one_line(folio)
    blocks = written(draft.facts, draft.remarks, number=number, folio=folio)
    return Sheet(number=number, folio=folio, blocks=tuple(blocks))


def last_number() -> int | None:
    """The last minutes in the book, None while there are none here."""
    last: int | None = Minutes.objects.aggregate(last=Max("number"))["last"]
    return last
