"""What each one gets: every hour of equal value, to the cent. No database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from coop.common.money import half_up, split_cents, tie_of
from payroll.enums import HourKind


@dataclass(frozen=True, slots=True)
class Worked:
    """A member's month: hours in hundredths; cents taken as advances, owed from `before`, due for `shares`
    that are paid out of the pay.
    """

    number: int
    worked: int
    sick: int
    holiday: int
    taken: int = 0
    before: int = 0
    shares: int = 0

    def of(self, kind: HourKind) -> int:
        """Hundredths of an hour."""
        return {HourKind.WORKED: self.worked, HourKind.SICK: self.sick, HourKind.HOLIDAY: self.holiday}[kind]

    @property
    def hours(self) -> int:
        return self.worked + self.sick + self.holiday


@dataclass(frozen=True, slots=True)
class Deducted:
    """`kind` is "owed" (of earlier months), "advance" or "shares"; of `asked` cents, `cents` fitted."""

    kind: str
    asked: int
    cents: int


@dataclass(frozen=True, slots=True)
class Slip:
    """Cents: `net` is what is left of `gross`, `owed` the debts and advances that did not fit."""

    line: Worked
    paid: int
    gross: int
    deductions: tuple[Deducted, ...]

    @property
    def deducted(self) -> int:
        return sum(one.cents for one in self.deductions)

    @property
    def withheld(self) -> int:
        """For shares: no debt, but the member's own capital."""
        return sum(one.cents for one in self.deductions if one.kind == "shares")

    @property
    def net(self) -> int:
        return self.gross - self.deducted

    @property
    def owed(self) -> int:
        return self.line.before + self.line.taken - (self.deducted - self.withheld)


def total_of(hundredths: int, unit: int) -> int:
    """Cents for so many hundredths of an hour at `unit` cents the hour, half up."""
    return half_up(Fraction(hundredths * unit, 100))


def paid_hours(line: Worked, paid: Collection[str]) -> int:
    """Hundredths of the kinds that the rules pay."""
    return sum(line.of(kind) for kind in HourKind if kind.value in paid)


def pay(lines: Sequence[Worked], *, unit: int, paid: Collection[str], period: object) -> list[Slip]:
    """One slip for each line, in the order given. The gross parts sum to `total_of` all paid hours.

    Leftover cents go by largest remainder, ties by the SHA-256 of "{period}:{number}".
    """
    hours = [paid_hours(line, paid) for line in lines]
    ties = [tie_of(period, line.number) for line in lines]
    parts = split_cents(total_of(sum(hours), unit), hours, tie=ties)
    return [
        Slip(line=line, paid=of, gross=gross, deductions=_deductions(line, gross))
        for line, of, gross in zip(lines, hours, parts, strict=True)
    ]


def _deductions(line: Worked, gross: int) -> tuple[Deducted, ...]:
    """The older debt first, shares last; together never more than the pay. What does not fit waits."""
    left, found = gross, []
    for kind, asked in (("owed", line.before), ("advance", line.taken), ("shares", line.shares)):
        if asked:
            fits = min(asked, left)
            found.append(Deducted(kind=kind, asked=asked, cents=fits))
            left -= fits
    return tuple(found)
