"""The fiscal year that a day falls in: pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """`first` and `last` day, both inclusive. Its `name` is the year of its last day."""

    first: date
    last: date

    @property
    def name(self) -> int:
        return self.last.year


def fiscal_year(day: date, *, month: int, last: int) -> FiscalYear:
    """The year that ends each `last`/`month`; of a leap year's February the end is its 29th."""
    end = _end(day.year, month, last)
    if day > end:
        end = _end(day.year + 1, month, last)
    return FiscalYear(first=_end(end.year - 1, month, last) + timedelta(days=1), last=end)


def _end(year: int, month: int, last: int) -> date:
    days = monthrange(year, month)[1]
    return date(year, month, days if (month, last) == (2, 28) else last)
