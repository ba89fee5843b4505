"""What a reader asks of the record: acts, people, days, words; and its pages, fast however long it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from coop.common.time import midnight
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.record.words_index import ACCENTED, PLAIN, Words
from coop.statute.domain import cooperative

_WORD = re.compile(r"[^\W_]+")
_PLAIN = str.maketrans(ACCENTED, PLAIN)
MOST_WORDS, MOST_PEOPLE = 8, 20
# Under these keys the facts of an act name members by their number.
NAMED = ("member", "mover", "seconder")


@dataclass(frozen=True, slots=True)
class Asked:
    """`who` is a member's number or part of a name; `since` and `until` are days, both included."""

    act: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def anything(self) -> bool:
        return self != Asked()


def asked_of(values: Mapping[str, str]) -> Asked:
    """From an address: what it cannot mean is as if it was not there."""
    act = values.get("acto", "")
    return Asked(
        act=act if act in Act.values else "",
        who=_typed(values.get("quien", "")),
        since=_day(values.get("desde", "")),
        until=_day(values.get("hasta", "")),
        words=_typed(values.get("q", "")),
    )


def found(asked: Asked) -> QuerySet[Entry]:
    """The newest first, without the sealed text."""
    entries = Entry.objects.order_by("-position").defer("sealed")
    if asked.act:
        entries = entries.filter(act=asked.act)
    if asked.who:
        entries = entries.filter(_about(numbers_of(asked.who)))
    zone = cooperative().tz
    if asked.since:
        entries = entries.filter(at__gte=midnight(asked.since, zone))
    if asked.until:
        entries = entries.filter(at__lt=midnight(asked.until + timedelta(days=1), zone))
    if asked.words:
        entries = _with_words(entries, asked.words)
    return entries


def numbers_of(who: str) -> list[int]:
    """The members meant by a number or by part of a name; at most `MOST_PEOPLE`."""
    return list(
        Member.objects.matching(who).order_by("number").values_list("number", flat=True)[:MOST_PEOPLE]
    )


def _about(numbers: list[int]) -> Q:
    """Done by one of those members, or naming one of them."""
    named = (Q(facts__contains={key: number}) for key in NAMED for number in numbers)
    return reduce(or_, named, Q(actor_number__in=numbers))


def _with_words(entries: QuerySet[Entry], words: str) -> QuerySet[Entry]:
    """Every word is in the facts, in the name of who acted, or in what that kind of act is called."""
    for word in _WORD.findall(words.lower().translate(_PLAIN))[:MOST_WORDS]:
        query = SearchQuery(f"{word}:*", config="simple", search_type="raw")
        entries = entries.alias(text=Words("actor_name", "facts")).filter(
            Q(text=query) | Q(act__in=_called(word))
        )
    return entries


def _called(word: str) -> list[str]:
    """The kinds of acts whose label has a word that begins so, in the reader's language."""
    return [
        act.value
        for act in Act
        if any(piece.startswith(word) for piece in _WORD.findall(str(act.label).lower().translate(_PLAIN)))
    ]


# Generic for the type checker only: at run time Django's paginator takes no parameter.
if TYPE_CHECKING:
    EntryPages = Paginator[Entry]
    EntryPage = Page[Entry]
else:
    EntryPages, EntryPage = Paginator, Page


class RecordPages(EntryPages):
    """Positions have no gaps: without a filter the record is counted, and any page found, by position."""

    def __init__(self, asked: Asked, per_page: int) -> None:
        self.found = found(asked)
        super().__init__(self.found, per_page)
        self.whole = not asked.anything

    @cached_property
    def count(self) -> int:
        if not self.whole:
            return self.found.count()
        last = Entry.objects.order_by("-position").values_list("position", flat=True).first()
        return last or 0

    def page(self, number: int | str) -> EntryPage:
        if not self.whole:
            return super().page(number)
        number = self.validate_number(number)
        top = self.count - (number - 1) * self.per_page
        entries = Entry.objects.order_by("-position").defer("sealed")
        return EntryPage(entries.filter(position__lte=top, position__gt=top - self.per_page), number, self)


def _typed(text: str) -> str:
    return text[:80].replace("\0", "").strip()


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2199 else None
