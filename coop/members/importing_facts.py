"""The facts, sections and changes that a register file brings with it, for thousands of lines at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from coop.common.bulk import append, last_key
from coop.common.names import fold
from coop.members.enums import LEAVINGS, STARTS, FactKind
from coop.members.errors import ImpossibleFact
from coop.members.facts import Dated, Fact, check, in_order, months_after, stretches
from coop.members.models import (
    ContactChange,
    Member,
    MemberFact,
    Period,
    Posting,
    Section,
    SectionName,
)
from coop.members.register_file import RegisterRow
from coop.members.seals import sealed_facts, sealed_postings
from coop.members.telling_facts import leaving_kind, periods_of, sum_up
from coop.powers import Actor

TELLS = frozenset({"joined_on", "left_on", "leaving_reason"})
CONTACT = ("email", "mobile")
AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Import:
    """`source` is what the facts rest on; `trial_months` tells who is still on trial on `today`.

    Begun once nobody else may write: what has a larger key than what was there then is of this file.
    """

    source: str
    today: date
    trial_months: int
    by: Actor
    at: datetime
    last_fact: int = field(default_factory=partial(last_key, MemberFact))
    last_posting: int = field(default_factory=partial(last_key, Posting))

    @property
    def signed(self) -> dict[str, object]:
        return {"at": self.at, "by_id": self.by.member_id}

    def sealed(self) -> dict[str, object]:
        """For the record: which rows are of this file, and their seal, as they are written."""
        told: dict[str, object] = {}
        facts = MemberFact.objects.filter(pk__gt=self.last_fact)
        postings = Posting.objects.filter(pk__gt=self.last_posting)
        if facts.exists():
            told["facts"] = sealed_facts(facts)
        if postings.exists():
            told["postings"] = sealed_postings(postings)
        return told


def facts_held(numbers: Iterable[int]) -> dict[int, list[MemberFact]]:
    """The standing facts of those member numbers, in order. One statement."""
    held: dict[int, list[MemberFact]] = defaultdict(list)
    facts = MemberFact.objects.standing().filter(member__number__in=list(numbers))
    for fact in facts.select_related("member"):
        held[fact.member.number].append(fact)
    return held


def contradiction(facts: Sequence[MemberFact], row: RegisterRow) -> ImpossibleFact | None:
    """What the file's line would make impossible among the facts on the books."""
    kept = [fact for fact in facts if fact not in replaced(facts, row)]
    told = [Fact(kind, day) for kind, day, _note in _new(facts, row)]
    try:
        check([*kept, *told])
    except ImpossibleFact as error:
        return error
    return None


def write_new(rows: Sequence[RegisterRow], keys: Mapping[int, int], what: Import) -> None:
    """Facts, periods and postings of members who were just written; their `keys` by number."""
    facts, periods, postings = [], [], []
    names = {row.section for row in rows}
    sections = _sections(names, what)
    works_in = {name: sections[fold(name)].pk for name in names if fold(name) in sections}
    signed = (what.at, what.by.member_id)
    for row in rows:
        key, own = keys[row.number], list(_first(row, what))
        for position, (kind, day, note) in enumerate(own, start=1):
            facts.append((key, position, kind.value, day, note, what.source, *signed))
        held = stretches(Fact(kind, day) for kind, day, _note in own)
        periods += [(key, one.state.value, one.since, one.until) for one in held]
        if section := works_in.get(row.section):
            postings.append((key, section, row.joined_on, *signed))
    append(MemberFact, ("member", "position", "kind", "day", "note", "source", "at", "by"), facts)
    append(Posting, ("member", "section", "since", "at", "by"), postings)
    append(Period, ("member", "state", "since", "until"), periods)


def write_changed(
    members: Sequence[Member], fields: Mapping[int, set[str]], rows: Mapping[int, RegisterRow], what: Import
) -> None:
    """`fields` by member number: what the file changed. Sets the summary of each member; saves none."""
    told = [member for member in members if fields[member.number] & TELLS]
    _change_facts(told, rows, what)
    moved = [member for member in members if "section" in fields[member.number]]
    sections = _sections({member.section for member in moved}, what)
    postings = [
        Posting(member=member, section=sections.get(fold(member.section)), since=what.today, **what.signed)
        for member in moved
    ]
    Posting.objects.bulk_create(postings, batch_size=AT_ONCE)
    ContactChange.objects.bulk_create(
        ContactChange(member=member, field=field, **what.signed)
        for member in members
        for field in CONTACT
        if field in fields[member.number]
    )


def _change_facts(members: Sequence[Member], rows: Mapping[int, RegisterRow], what: Import) -> None:
    held = facts_held(member.number for member in members)
    last = dict(
        MemberFact.objects.filter(member__in=members)
        .order_by("member_id", "position")
        .values_list("member_id", "position")
    )
    written, periods = [], []
    for member in members:
        row, before = rows[member.number], held.get(member.number, [])
        gone = replaced(before, row)
        own, position = [], last.get(member.pk, 0)
        for fact in gone:
            position += 1
            own.append(_annulling(member, position, fact, what))
        new = _new(before, row)
        for kind, day, note in new:
            position += 1
            own.append(_fact(member, position, kind, day, note, what))
        written += own
        standing = [fact for fact in before if fact not in gone] + own[len(gone) :]
        found = stretches(standing)
        periods += periods_of(member, found)
        sum_up(member, standing, found)
    MemberFact.objects.bulk_create(written, batch_size=AT_ONCE)
    Period.objects.filter(member__in=members).delete()
    Period.objects.bulk_create(periods, batch_size=AT_ONCE)


def _first(row: RegisterRow, what: Import) -> Iterator[tuple[FactKind, date, str]]:
    """Who joined so lately that the trial still runs is on trial; of others the file says no more."""
    on_trial = row.left_on is None and months_after(row.joined_on, what.trial_months) > what.today
    yield FactKind.ADMITTED if on_trial else FactKind.ENTERED, row.joined_on, ""
    if row.left_on is not None:
        yield leaving_kind(row.leaving_reason), row.left_on, row.leaving_reason


def replaced(facts: Sequence[MemberFact], row: RegisterRow) -> list[MemberFact]:
    """The facts that the line contradicts: another day of joining, another last leaving."""
    ordered = in_order(facts)
    starts = [fact for fact in ordered if fact.kind in STARTS and fact.day != row.joined_on]
    leaving = _last_leaving(ordered)
    same = leaving is not None and (leaving.day, getattr(leaving, "note", "")) == (
        row.left_on,
        row.leaving_reason,
    )
    return [*starts, *([leaving] if leaving is not None and not same else [])]  # type: ignore[list-item]


def _new(facts: Sequence[MemberFact], row: RegisterRow) -> Iterator[tuple[FactKind, date, str]]:
    gone = replaced(facts, row)
    starts = [fact for fact in gone if fact.kind in STARTS]
    if starts or not facts:
        yield FactKind(starts[0].kind) if starts else FactKind.ENTERED, row.joined_on, ""
    leaving = _last_leaving(in_order(facts))
    if row.left_on is not None and (leaving is None or leaving in gone):
        yield leaving_kind(row.leaving_reason), row.left_on, row.leaving_reason


def new_leaving(facts: Sequence[MemberFact], row: RegisterRow) -> FactKind | None:
    """How the line would have the person leave, if that is not on the books already."""
    found = [kind for kind, _day, _note in _new(facts, row) if kind in LEAVINGS]
    return found[0] if found else None


def _last_leaving(ordered: Sequence[Dated]) -> Dated | None:
    """The leaving after which nobody came back."""
    for fact in reversed(ordered):
        if fact.kind in LEAVINGS:
            return fact
        if fact.kind == FactKind.READMITTED:
            return None
    return None


def _fact(member: Member, position: int, kind: FactKind, day: date, note: str, what: Import) -> MemberFact:
    return MemberFact(
        member=member,
        position=position,
        kind=kind,
        day=day,
        note=note,
        source=what.source,
        at=what.at,
        by_id=what.by.member_id,
    )


def _annulling(member: Member, position: int, fact: MemberFact, what: Import) -> MemberFact:
    made = _fact(member, position, FactKind.ANNULLED, fact.day, what.source, what)
    made.annuls = fact
    return made


def _sections(names: set[str], what: Import) -> dict[str, Section]:
    """By folded name; missing ones are made, with the name as the file writes it first."""
    wanted = {fold(name): name for name in sorted(names, reverse=True) if fold(name)}
    known = {section.folded: section for section in Section.objects.filter(folded__in=wanted)}
    made = Section.objects.bulk_create(
        Section(name=name, folded=key) for key, name in sorted(wanted.items()) if key not in known
    )
    SectionName.objects.bulk_create(
        SectionName(section=section, name=section.name, since=what.today, **what.signed) for section in made
    )
    return known | {section.folded: section for section in made}
