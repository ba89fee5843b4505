"""Writing beside the facts, naming who signs, and closing the minutes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from assemblies.domain.minutes_draft import Draft, Sheet, draft_of, key_of, sheet_of, versions_of, writer_of
from assemblies.domain.minutes_facts import signers_asked, table_of
from assemblies.enums import RemarkPlace
from assemblies.errors import (
    AssemblyNotClosed,
    AssemblyNotOpen,
    CannotSign,
    MinutesAlreadyClosed,
    MinutesTextChanged,
    NotANumberForMinutes,
    RemarksChanged,
    SignersNeeded,
    WriterCannotClose,
)
from assemblies.minutes_text import title_of
from assemblies.models import AgendaItem, Assembly, Minutes, Remark, Signer
from coop.common.words import visible
from coop.documents.domain import freeze
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import locked, rules_at
from coop.statute.proposals import seal

KIND = "minutes"
PLACES = (RemarkPlace.OPENING.value, RemarkPlace.CLOSING.value)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote at a place (`opening`, `closing` or an item's position), having read version
    `seen` of it: 0 when there was none."""

    key: str
    text: str
    seen: int


@transaction.atomic
def write_remarks(*, assembly_id: int, written: Iterable[Written], by: Actor, at: datetime) -> list[Remark]:
    """Saves a version wherever the text differs from what its writer had read; the others stay as they are.

    Raises AssemblyNotClosed, MinutesAlreadyClosed, or RemarksChanged when another text got there meanwhile:
    then nothing is saved. KeyError for a place that the minutes do not have.
    """
    require(by, Power.WRITE_MINUTES, at)
    assembly = _draft_of_closed(assembly_id)
    versions = versions_of(assembly)
    last = {key_of(remark): remark for remark in versions}
    texts = {(key_of(remark), remark.version): remark.text for remark in versions}
    items = {str(item.position): item for item in assembly.items.all()}
    fresh: list[Remark] = []
    clashes: list[str] = []
    for one in written:
        text, now = tidy(one.text), last.get(one.key)
        if text in (now.text if now else "", texts.get((one.key, one.seen), "")):
            continue
        if one.seen != (now.version if now else 0):
            clashes.append(one.key)
        fresh.append(_version(assembly, items, one.key, text, one.seen + 1, by, at))
    if clashes:
        raise RemarksChanged(clashes)
    for remark in fresh:
        remark.save(force_insert=True)
    return fresh


@transaction.atomic
def name_signers(*, assembly_id: int, members: Sequence[Member], by: Actor, at: datetime) -> list[Signer]:
    """Writes down whom the assembly named to sign (ET 44): in the session or while there is a draft.

    Naming the same again changes nothing. Raises SignersNeeded for another number of people than the statute
    asks, CannotSign for who was not there or signs already, MinutesAlreadyClosed, AssemblyNotOpen before it.
    """
    require(by, Power.WRITE_MINUTES, at)
    assembly = _draft(assembly_id)
    if assembly.opened_at is None:
        raise AssemblyNotOpen
    rules, table = rules_at(assembly.opened_at), table_of(assembly)
    asked, free = signers_asked(rules, table), {person.number for person in table.free}
    if len({member.pk for member in members}) != asked or len(members) != asked:
        raise SignersNeeded(asked, len({member.pk for member in members}), rules.minutes.source)
    for member in members:
        if member.number not in free:
            raise CannotSign(member.name)
    naming = Signer.objects.filter(assembly=assembly).aggregate(last=Max("naming"))["last"] or 0
    before = Signer.objects.filter(assembly=assembly, naming=naming)
    if naming and list(before.values_list("member_id", flat=True)) == [member.pk for member in members]:
        return list(before)
    signers = [
        Signer.objects.create(
            assembly=assembly,
            naming=naming + 1,
            position=position,
            member=member,
            named_by_id=by.signature,
            at=at,
        )
        for position, member in enumerate(members, 1)
    ]
    facts = {
        "assembly": assembly.pk,
        "signers": [member.number for member in members],
        "names": [member.name for member in members],
    }
    write(Act.SIGNERS_NAMED, by=by, at=at, facts=facts)
    return signers


@transaction.atomic
def close_minutes(
    *, assembly_id: int, seen: str, last_on_paper: int = 0, folio: str = "", by: Actor, at: datetime
) -> Minutes:
    """Freezes facts, remarks, text and signers under the next number of the book, and asks for the PDF.

    `seen` is the SHA-256 of the text that was read; `last_on_paper` counts for the first minutes only.
    Closing again the very text that is closed gives it back. Raises AssemblyNotClosed, MinutesAlreadyClosed,
    SignersNeeded, WriterCannotClose, NotANumberForMinutes or MinutesTextChanged: then nothing was closed.
    """
    require(by, Power.CLOSE_MINUTES, at)
    locked("minutes")
    closed = Minutes.objects.filter(assembly_id=assembly_id).first()
    if closed and closed.sha256 == seen and closed.closed_by_id == by.member_id:
        return closed
    assembly = _draft_of_closed(assembly_id)
    draft = draft_of(assembly)
    must_be_signed(draft)
    writer = writer_of(assembly, draft)
    if by.signature in draft.author_ids | {writer}:
        raise WriterCannotClose
    if last_on_paper < 0:
        raise NotANumberForMinutes
    sheet = sheet_of(draft, last_on_paper=last_on_paper, folio=folio)
    if sheet.sha256 != seen:
        raise MinutesTextChanged
    return _close(assembly, draft, sheet, writer, by, at)


def must_be_signed(draft: Draft) -> None:
    """Raises SignersNeeded while the assembly's signers are not written down (ET 44)."""
    signers = draft.facts.signers
    if signers.missing:
        raise SignersNeeded(signers.required, len(signers.named), signers.source)


def tidy(text: str) -> str:
    """Its line breaks kept, whatever machine they come from; nothing in it that no eye sees."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def sealed_facts(minutes: Minutes) -> str:
    """The SHA-256 of what the text was written from."""
    told = {"facts": minutes.facts, "remarks": minutes.remarks, "number": minutes.number}
    return seal(told | {"folio": minutes.folio})


def document_key(assembly_id: int) -> str:
    return f"minutes:{assembly_id}"


def printed(minutes: Minutes, sheet: Sheet) -> dict[str, object]:
    """What the PDF prints."""
    return {
        "number": minutes.number,
        "folio": minutes.folio,
        "sha256": minutes.sha256,
        "blocks": [block.to_json() for block in sheet.blocks],
    }


def _close(
    assembly: Assembly, draft: Draft, sheet: Sheet, writer: int | None, by: Actor, at: datetime
) -> Minutes:
    minutes = Minutes(
        assembly=assembly,
        number=sheet.number,
        folio=sheet.folio,
        facts=draft.facts.to_json(),
        remarks=draft.remarks.to_json(),
        text=sheet.text,
        sha256=sheet.sha256,
        written_by_id=writer,
        closed_by_id=by.signature,
        closed_at=at,
    )
    minutes.facts_sha256 = sealed_facts(minutes)
    minutes.save(force_insert=True)
    facts = {"assembly": assembly.pk, "minutes": minutes.number, "sha256": minutes.sha256}
    write(Act.MINUTES_CLOSED, by=by, at=at, facts=facts)
    freeze(
        kind=KIND,
        key=document_key(assembly.pk),
        title=title_of(draft.facts, sheet.number),
        facts=printed(minutes, sheet),
        by=by,
        at=at,
        series="minutes",
        number=minutes.number,
    )
    return minutes


def _draft(assembly_id: int) -> Assembly:
    """The assembly, its row held: nobody writes, names or closes meanwhile. Raises MinutesAlreadyClosed."""
    assembly = (
        Assembly.objects.select_for_update(no_key=True, of=("self",))
        .select_related("convened_by")
        .get(pk=assembly_id)
    )
    closed = Minutes.objects.filter(assembly=assembly).values_list("number", flat=True).first()
    if closed is not None:
        raise MinutesAlreadyClosed(closed)
    return assembly


def _draft_of_closed(assembly_id: int) -> Assembly:
    assembly = _draft(assembly_id)
    if not assembly.is_closed:
        raise AssemblyNotClosed
    return assembly


def _version(
    assembly: Assembly,
    items: dict[str, AgendaItem],
    key: str,
    text: str,
    version: int,
    by: Actor,
    at: datetime,
) -> Remark:
    place = RemarkPlace(key) if key in PLACES else RemarkPlace.ITEM
    item = None if key in PLACES else items[key]
    return Remark(
        assembly=assembly, place=place, item=item, version=version, text=text, author_id=by.signature, at=at
    )
