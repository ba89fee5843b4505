"""The council as its pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.council.models import Seat, SeatKind, Term
from coop.council.powers import powers_of_seat
from coop.council.seats import seats_of
from coop.council.vacancies import Vacancy, told, vacant
from coop.powers import Power
from coop.statute.domain import rules_at

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the days as people say them: both belong to it. `left`: whole days to its end."""

    pk: int
    number: int
    name: str
    first_day: date
    last_day: date
    elected_by: str
    resolution: str
    basis: str
    how: str
    soon: bool
    left: int


@dataclass(frozen=True, slots=True)
class SeatLine:
    seat: Seat
    name: str
    held: TermLine | None
    coming: list[TermLine]
    past: list[TermLine]
    vacancy: Vacancy | None

    @property
    def who_fills(self) -> str:
        return told(self.vacancy) if self.vacancy else ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    lines: Sequence[SeatLine]


@dataclass(frozen=True, slots=True)
class PowerLine:
    power: str
    seats: list[str]


def seats_at(at: datetime) -> list[SeatLine]:
    """Every seat of the statute in force, and others that somebody holds; the latest terms first."""
    terms: dict[int, list[Term]] = {}
    for term in Term.objects.select_related("member", "resolution").order_by("-during"):
        if not term.during.isempty:
            terms.setdefault(term.seat_id, []).append(term)
    names = {one.code: one.name for one in seats_of(rules_at(at))}
    empty = {one.seat.pk: one for one in vacant(at)}
    return [
        _seat(seat, names, terms.get(seat.pk, []), empty.get(seat.pk), at)
        for seat in Seat.objects.all()
        if seat.code in names or any(term.during.upper > at for term in terms.get(seat.pk, []))
    ]


def grouped(lines: Sequence[SeatLine]) -> list[Group]:
    """As one says them: council, alternates, audit, positions; without those that are not there."""
    kinds = (
        (_("Consejo"), (SeatKind.COUNCIL,)),
        (_("Suplencias del consejo"), (SeatKind.ALTERNATE,)),
        (_("Sindicatura"), (SeatKind.AUDITOR, SeatKind.ALTERNATE_AUDITOR)),
        (_("Responsabilidades fuera del consejo"), (SeatKind.POSITION,)),
    )
    groups = [Group(title, [line for line in lines if line.seat.kind in held]) for title, held in kinds]
    return [group for group in groups if group.lines]


def powers_table() -> list[PowerLine]:
    """Each power and the seats that carry it."""
    seats = list(Seat.objects.all())
    return [
        PowerLine(
            power=str(power.label),
            seats=[
                str(one) for one in seats if power in powers_of_seat(one.code, one.kind, one.position_kind)
            ],
        )
        for power in Power
    ]


def line_of(term: Term, at: datetime) -> TermLine:
    return TermLine(
        pk=term.pk,
        number=term.member.number,
        name=term.member.name,
        first_day=localtime(term.during.lower).date(),
        last_day=(localtime(term.during.upper) - timedelta(microseconds=1)).date(),
        elected_by=term.elected_by,
        resolution=str(term.resolution or ""),
        basis=term.basis,
        how=str(term.get_how_ended_display()),
        soon=at < term.during.upper <= at + SOON,
        left=max(0, (term.during.upper - at).days),
    )


def _seat(
    seat: Seat, names: Mapping[str, str], terms: list[Term], vacancy: Vacancy | None, at: datetime
) -> SeatLine:
    now = [term for term in terms if term.during.lower <= at < term.during.upper]
    return SeatLine(
        seat=seat,
        name=names.get(seat.code) or str(seat),
        held=line_of(now[0], at) if now else None,
        coming=[line_of(term, at) for term in terms if term.during.lower > at],
        past=[line_of(term, at) for term in terms if term.during.upper <= at],
        vacancy=vacancy,
    )
