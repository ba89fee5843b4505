"""A month of pay, written "2026-10"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from payroll.errors_pay import NoSuchMonth

_WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
HUNDREDTHS_OF_A_DAY = 2400


@dataclass(frozen=True, slots=True, order=True)
class Period:
    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "Period":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def most_hours(self) -> int:
        """All the hours the month has, in hundredths."""
        return self.last_day.day * HUNDREDTHS_OF_A_DAY

    @property
    def before(self) -> "Period":
        return Period(self.year - 1, 12) if self.month == 1 else Period(self.year, self.month - 1)


def read_period(text: str) -> Period:
    """Raises NoSuchMonth."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise NoSuchMonth(text)
    return Period(int(match[1]), int(match[2]))
