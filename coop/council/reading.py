"""The council as the page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

from coop.council.models import Seat, Term
from coop.council.powers import powers_of_seat
from coop.powers import Power


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the days as people say them: both belong to it."""

    number: int
    name: str
    first_day: date
    last_day: date
    elected_by: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    seat: Seat
    held: TermLine | None
    coming: list[TermLine]
    past: list[TermLine]


@dataclass(frozen=True, slots=True)
class PowerLine:
    power: str
    seats: list[str]


def seats_at(at: datetime) -> list[SeatLine]:
    """Every seat in order, with its term at `at` and the others, the latest first. Two queries."""
    terms: dict[int, list[Term]] = {}
    for term in Term.objects.select_related("member").order_by("-during"):
        terms.setdefault(term.seat_id, []).append(term)
    return [_seat(seat, terms.get(seat.pk, []), at) for seat in Seat.objects.all()]


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


def _seat(seat: Seat, terms: list[Term], at: datetime) -> SeatLine:
    now = [term for term in terms if term.during.lower <= at < term.during.upper]
    return SeatLine(
        seat=seat,
        held=_line(now[0]) if now else None,
        coming=[_line(term) for term in terms if term.during.lower > at],
        past=[_line(term) for term in terms if term.during.upper <= at],
    )


def _line(term: Term) -> TermLine:
    return TermLine(
        number=term.member.number,
        name=term.member.name,
        first_day=localtime(term.during.lower).date(),
        last_day=(localtime(term.during.upper) - timedelta(microseconds=1)).date(),
        elected_by=term.elected_by,
    )
