"""Reading what was recorded about an assembly that is over: the facts its minutes are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from assemblies.domain.minutes_motions import iso, items_of, person_of
from assemblies.errors import AssemblyNotClosed, NotOnRecord
from assemblies.minutes_text import FORM, Facts
from assemblies.minutes_text.facts import Attendee, Person, Presence, Quorum, Signers
from assemblies.models import Assembly, Attendance, Signer
from coop.common.time import local_day
from coop.council.models import SeatCode, Term
from coop.record.models import Act, Entry
from coop.statute.domain import cooperative
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.rules import Rules


@dataclass(frozen=True, slots=True)
class Table:
    """Who sat in front: `chair` presided, `in_the_chair` as president; `secretary` None when nobody else did.

    `free` are the others who were there, out of whom the signers are named.
    """

    chair: Person
    in_the_chair: bool
    secretary: Person | None
    free: tuple[Attendee, ...]


def facts_of(assembly: Assembly) -> Facts:
    """The same whenever it is asked, since nothing about a closed assembly changes; only names may, with the
    register, until the minutes are closed. Seven statements, however many were there.

    Raises AssemblyNotClosed, or NotOnRecord when the record does not tell how it was opened.
    """
    if assembly.opened_at is None or assembly.closed_at is None:
        raise AssemblyNotClosed
    house = cooperative()
    rules = StatuteVersion.objects.in_force(local_day(assembly.opened_at, house.tz)).rules
    opened, taken_back = _entries(assembly)
    people, named = _attendance(assembly, house)
    table = _table(opened, people, assembly)
    return Facts(
        form=FORM,
        assembly=assembly.pk,
        kind=assembly.kind,
        cooperative=house.name,
        place=assembly.place,
        convened_by=person_of(assembly.convened_by),
        convened_at=iso(assembly.convened_at, house),
        starts_at=iso(assembly.starts_at, house),
        opened_at=iso(assembly.opened_at, house),
        closed_at=iso(assembly.closed_at, house),
        quorum=_quorum(assembly, opened, rules, people),
        presided_by=table.chair,
        in_the_chair=table.in_the_chair,
        secretary=table.secretary,
        signers=_signers(rules, table, named),
        items=items_of(assembly, taken_back, house),
        attendance=tuple(people),
    )


def table_of(assembly: Assembly) -> Table:
    """Also while the session lasts. Raises NotOnRecord."""
    opened, _ = _entries(assembly)
    people, _ = _attendance(assembly, cooperative())
    return _table(opened, people, assembly)


def signers_asked(rules: Rules, table: Table) -> int:
    """As many as the statute asks, or all the others when fewer were there (ET 44)."""
    return min(rules.minutes.signers_named, len(table.free))


def _entries(assembly: Assembly) -> tuple[Entry, frozenset[int]]:
    """How the record says it was opened, and the motions that were taken back in it."""
    wanted = Q(act=Act.ASSEMBLY_OPENED, facts__assembly=assembly.pk)
    back = Q(act=Act.MOTION_WITHDRAWN, at__gte=assembly.opened_at)
    if assembly.closed_at:
        back &= Q(at__lte=assembly.closed_at)
    found = list(Entry.objects.filter(wanted | back))
    opened = next((entry for entry in found if entry.act == Act.ASSEMBLY_OPENED), None)
    if opened is None:
        raise NotOnRecord
    return opened, frozenset(entry.facts["motion"] for entry in found if entry.act == Act.MOTION_WITHDRAWN)


def _attendance(assembly: Assembly, house: Cooperative) -> tuple[list[Attendee], tuple[Person, ...]]:
    """Everybody who was there, in the order they came, and those named to sign, in theirs."""
    people: dict[int, Attendee] = {}
    named: dict[int, Person] = {}
    for row in _rows(assembly):
        at_once = Presence(
            arrived_at=iso(row.arrived_at, house),
            left_at=iso(row.left_at, house) if row.left_at else "",
            channel=row.channel,
        )
        before = people.get(row.member_id)
        people[row.member_id] = Attendee(
            order=before.order if before else len(people) + 1,
            number=row.member.number,
            name=row.member.name,
            listed=row.member.listed_name,
            # Any member may have a copy (ET 44): enough to tell two people apart, and no more.
            document=row.member.document[-3:],
            seat=row.seat or "",
            presences=(*before.presences, at_once) if before else (at_once,),
        )
        if row.signs:
            named[row.signs] = person_of(row.member)
    return list(people.values()), tuple(named[position] for position in sorted(named))


def _rows(assembly: Assembly) -> Any:
    # A position outside the council is no capacity in which one signs the attendance book.
    council = Term.objects.council_or_audit()
    seats = council.filter(during__contains=assembly.opened_at, member=OuterRef("member"))
    last = Signer.objects.filter(assembly=assembly.pk).order_by("-naming").values("naming")[:1]
    signs = Signer.objects.filter(assembly=assembly.pk, member=OuterRef("member"), naming=Subquery(last))
    return (
        Attendance.objects.filter(assembly=assembly)
        .select_related("member")
        .annotate(seat=Subquery(seats.values("seat__code")[:1]), signs=Subquery(signs.values("position")[:1]))
    )


def _table(opened: Entry, people: list[Attendee], assembly: Assembly) -> Table:
    """The president who was there when it was opened, else whoever opened it (ET 37)."""
    began = assembly.opened_at
    by_seat = {person.seat: person for person in people if person.seat}
    opener = Person(number=opened.actor_number or 0, name=opened.actor_name)
    seat = _seat_of(opener, people, assembly)
    president = by_seat.get(SeatCode.PRESIDENT)
    if seat != SeatCode.PRESIDENT and president and began and _there(president, began):
        chair, in_the_chair = Person(president.number, president.name), True
    else:
        chair, in_the_chair = opener, seat == SeatCode.PRESIDENT
    keeper = by_seat.get(SeatCode.SECRETARY)
    secretary = Person(keeper.number, keeper.name) if keeper else None
    if secretary is None and seat == SeatCode.SECRETARY:
        secretary = opener
    if secretary and secretary.number == chair.number:
        secretary = None
    front = {chair.number, secretary.number if secretary else 0}
    free = tuple(person for person in people if person.number not in front)
    return Table(chair=chair, in_the_chair=in_the_chair, secretary=secretary, free=free)


def _seat_of(opener: Person, people: list[Attendee], assembly: Assembly) -> str:
    """Also of who opened the session and never signed the attendance book."""
    for person in people:
        if person.number == opener.number:
            return person.seat
    council = Term.objects.council_or_audit()
    held = council.filter(during__contains=assembly.opened_at, member__number=opener.number)
    return str(held.values_list("seat__code", flat=True).first() or "")


def _there(person: Attendee, at: datetime) -> bool:
    return any(
        datetime.fromisoformat(one.arrived_at) <= at
        and (not one.left_at or datetime.fromisoformat(one.left_at) > at)
        for one in person.presences
    )


def _quorum(assembly: Assembly, opened: Entry, rules: Rules, people: list[Attendee]) -> Quorum:
    told: Mapping[str, Any] = opened.facts
    held = rules.assemblies[assembly.kind]
    return Quorum(
        present=told["present"],
        on_register=told["on_register"],
        required=told["required"],
        call=told["call"],
        wait_minutes=held.calls[told["call"] - 1].wait_minutes,
        first_required=held.calls[0].required(told["on_register"]),
        present_at_hour=sum(_there(person, assembly.starts_at) for person in people),
        source=held.source,
    )


def _signers(rules: Rules, table: Table, named: tuple[Person, ...]) -> Signers:
    return Signers(
        asked=rules.minutes.signers_named,
        required=signers_asked(rules, table),
        source=rules.minutes.source,
        named=named,
    )
