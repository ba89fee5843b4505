"""Whose turn it is. Pure, so that anybody can follow it with pencil and paper.

Among those who can do the task and are there: first who never had a turn, then whoever's last turn is longest
ago; of equals who has had fewer, then the lower member number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coop.jobs.enums import Every


class Hindered(TextChoices):
    GONE = "gone", _("ya no es asociado/a")
    SUSPENDED = "suspended", _("está suspendido/a")
    ELSEWHERE = "elsewhere", _("trabaja en otra sección")
    AWAY = "away", _("avisó que no está esos días")
    HAS_ONE = "has_one", _("ya tiene otra tarea esos días")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can do the task. `last`: the last day of their last turn before; `hindered`: "" or why."""

    number: int
    name: str
    last: date | None = None
    turns: int = 0
    hindered: str = ""

    @property
    def hindered_label(self) -> str:
        return str(Hindered(self.hindered).label) if self.hindered else ""


@dataclass(frozen=True, slots=True)
class Order:
    """`first` are those whose turn it is, `after` who comes next in order, `skipped` who cannot this time."""

    first: Sequence[Candidate]
    after: Sequence[Candidate]
    skipped: Sequence[Candidate]
    missing: int


def whose_turn(candidates: Sequence[Candidate], people: int) -> Order:
    """`people`: how many are needed. `missing`: how many of them nobody can be."""
    able = sorted((one for one in candidates if not one.hindered), key=_rank)
    skipped = sorted((one for one in candidates if one.hindered), key=_rank)
    return Order(able[:people], able[people:], skipped, max(0, people - len(able)))


def _rank(one: Candidate) -> tuple[bool, date, int, int]:
    return one.last is not None, one.last or date.min, one.turns, one.number


def period(every: str, day: date) -> tuple[date, date]:
    """The week (from Monday) or the month with `day` in it: its first day, and the first day after it."""
    if every == Every.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
