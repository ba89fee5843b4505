"""What is due of shares, and when. Pure: days and cents in, days and cents out."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from coop.common.money import half_up, split_cents

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Due:
    """`left` cents of `cents` are still to be paid for what falls due `on` that day.

    `of` is the key of its subscription, `number` counts from 0 (the first payment). `from_pay`: withheld.
    """

    on: date
    of: int
    number: int
    cents: int
    left: int
    from_pay: bool = False

    @property
    def is_paid(self) -> bool:
        return self.left == 0


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def overdue_from(due: date) -> date:
    """When what falls due on that day is late: once the whole month after it is over.

    What is withheld from a month's pay comes in when the month after it is well under way; nobody is late
    because the treasury pays later than the calendar.
    """
    return add_months(due.replace(day=1), 2)


def first_payment(cents: int, share: str) -> int:
    """`share` of the whole, as exact text ("0.05", "1/20"), half up to the cent."""
    return min(cents, half_up(cents * Fraction(share)))


def plan(*, of: int, day: date, cents: int, first: int, instalments: int, from_pay: bool) -> list[Due]:
    """`first` on `day`, the rest in equal monthly parts after it; together exactly `cents`.

    The odd cents fall on the earliest instalments, so that the last is never the largest.
    """
    found = [Due(day, of, 0, first, first, from_pay)] if first else []
    if not instalments:
        return found
    ties = [number.to_bytes(2, "big") for number in range(instalments)]
    parts = split_cents(cents - first, [1] * instalments, tie=ties)
    return found + [
        Due(add_months(day, number), of, number, part, part, from_pay)
        for number, part in enumerate(parts, start=1)
        if part
    ]


def settled(dues: Iterable[Due], paid: int) -> list[Due]:
    """The same dues, in order of their days, with what `paid` cents leave of each: the oldest first."""
    found = []
    for due in sorted(dues, key=lambda one: (one.on, one.of, one.number)):
        fits = min(paid, due.cents)
        paid -= fits
        found.append(replace(due, left=due.cents - fits))
    return found


def due_by(dues: Sequence[Due], day: date) -> int:
    """Cents that fell due by that day and are not paid."""
    return sum(due.left for due in dues if due.on <= day)


def late(dues: Sequence[Due], day: date) -> int:
    """Cents that are overdue on that day."""
    return sum(due.left for due in dues if overdue_from(due.on) <= day)


def to_withhold(dues: Sequence[Due], day: date) -> int:
    """Cents that a month's pay is asked for: due by its last day, and to be withheld."""
    return sum(due.left for due in dues if due.from_pay and due.on <= day)
