"""How long a term may last: pure."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from coop.members.facts import months_after
from coop.statute.fiscal import fiscal_year
from coop.statute.models import Cooperative
from coop.statute.rules import Rules


class Keyed(Protocol):
    """A seat, of which only this matters here: a position's key, "" for council and audit."""

    @property
    def key(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Latest:
    """The last `day` a term may have, by `months` of a position or else by fiscal `years`."""

    day: date
    source: str
    years: int = 0
    months: int = 0


def latest_day(rules: Rules, wanted: Keyed, first: date, house: Cooperative) -> Latest:
    """Of a term that begins on `first`.

    A term of fiscal years lasts until the ordinary assembly that deals with the last of them, which meets
    within so many months of its end (ET 48); never less than so many whole years.
    """
    for position in rules.positions.held:
        if wanted.key == position.key:
            day = months_after(first, position.term_months) - timedelta(days=1)
            return Latest(day, position.source, months=position.term_months)
    council, within = rules.council, rules.session.ordinary_within_months
    year = fiscal_year(first, month=house.fiscal_month, last=house.fiscal_day)
    ends = months_after(year.last, 12 * (council.term_years - 1))
    assembly = months_after(ends + timedelta(days=1), within) - timedelta(days=1)
    whole = months_after(first, 12 * council.term_years) - timedelta(days=1)
    return Latest(max(assembly, whole), council.source, years=council.term_years)


@dataclass(frozen=True, slots=True)
class _Council:
    key: str = ""


def shorter_day(rules: Rules, first: date, house: Cooperative) -> date:
    """The last day of a term of the council that begins on `first` and is about half of the statute's.

    Of three fiscal years two, of two one; of a single year six months. Always before `latest_day`.
    """
    years = rules.council.term_years
    if years < 2:
        return months_after(first, 6) - timedelta(days=1)
    half = replace(rules, council=replace(rules.council, term_years=(years + 1) // 2))
    return latest_day(half, _Council(), first, house).day
