"""A task with its people and turns, read once, in three statements, and then asked in memory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from coop.common.together import Row, rows_of
from coop.jobs.domain.people import Holds, skills_of
from coop.jobs.models import Away, Task, Turn
from coop.jobs.whose import Candidate, Hindered, Order, period, whose_turn
from coop.members.enums import State
from coop.members.models import Member, Period
from coop.members.sections import posted_on


@dataclass(frozen=True, slots=True)
class Proposal:
    """A period of a task: who has it, and whose turn it is for the places that are free."""

    first_day: date
    until: date
    given: Sequence[Turn]
    order: Order
    free: int

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)


class Board:
    """The week or month with `day` in it, and the next one. `also`: other members (keys) to know about."""

    def __init__(self, task: Task, day: date, *, also: Collection[int] = ()) -> None:
        self.task = task
        self.first_day, self.middle = period(task.every, day)
        self.until = period(task.every, self.middle)[1]
        self.people: Sequence[Holds] = skills_of(task)
        standing = Turn.objects.filter(task=task, called_off_at__isnull=True).select_related("member")
        self.turns: Sequence[Turn] = list(standing.order_by("first_day", "place"))
        self._members = {one.skill.member_id: one.skill.member for one in self.people}
        self._members |= {turn.member_id: turn.member for turn in self.turns if turn.until > self.first_day}
        if missing := set(also) - set(self._members):
            self._members |= Member.objects.in_bulk(missing)
        self._load()

    def _load(self) -> None:
        keys, first, until = list(self._members), self.first_day, self.until
        open_or_later = Q(until__isnull=True) | Q(until__gt=first)
        questions = (
            Period.objects.filter(
                open_or_later, state=State.SUSPENDED, member__in=keys, since__lt=until
            ).values("member_id", "since", "until"),
            Member.objects.filter(pk__in=keys).annotate(posted=posted_on(until)).values("pk", "posted"),
            Away.objects.filter(
                member__in=keys, called_off_at__isnull=True, first_day__lt=until, last_day__gte=first
            ).values("member_id", "first_day", "last_day"),
            Turn.objects.filter(
                member__in=keys, called_off_at__isnull=True, first_day__lt=until, until__gt=first
            )
            .exclude(task=self.task)
            .values("member_id", "first_day", "until"),
        )
        self._suspended, posted, self._away, self._busy = rows_of(questions)
        self._posted = {row["pk"]: row["posted"] for row in posted}

    def proposals(self) -> list[Proposal]:
        return [self.proposal(self.first_day, self.middle), self.proposal(self.middle, self.until)]

    def proposal(self, first_day: date, until: date) -> Proposal:
        given = [turn for turn in self.turns if turn.first_day < until and turn.until > first_day]
        taken = {turn.member_id for turn in given}
        free = max(0, self.task.people - len(given))
        able = [one.skill.member for one in self.people if one.does and one.skill.member_id not in taken]
        return Proposal(
            first_day,
            until,
            given,
            whose_turn([self._candidate(one, first_day, until) for one in able], free),
            free,
        )

    def _candidate(self, member: Member, first_day: date, until: date) -> Candidate:
        before = [turn for turn in self.turns if turn.member_id == member.pk and turn.until <= first_day]
        return Candidate(
            number=member.number,
            name=member.name,
            last=max((turn.last_day for turn in before), default=None),
            turns=len(before),
            hindered=self.hindered(member.pk, first_day, until),
        )

    def does(self, member_id: int) -> bool:
        return any(one.does for one in self.people if one.skill.member_id == member_id)

    def hindered(self, member_id: int, first_day: date, until: date) -> Hindered | str:
        """Why that member cannot take a turn in the period, the first reason; "" if they can."""
        member = self._members[member_id]
        if member.joined_on > first_day or (member.left_on and member.left_on < until):
            return Hindered.GONE
        if any(_meets(row, member_id, first_day, until, "since", "until") for row in self._suspended):
            return Hindered.SUSPENDED
        if self.task.section_id and self._posted.get(member_id) != self.task.section_id:
            return Hindered.ELSEWHERE
        if any(_meets(row, member_id, first_day, until, "first_day", "last_day", 1) for row in self._away):
            return Hindered.AWAY
        if any(_meets(row, member_id, first_day, until, "first_day", "until") for row in self._busy):
            return Hindered.HAS_ONE
        return ""


def _meets(
    row: Row, member_id: int, first_day: date, until: date, begins: str, ends: str, more: int = 0
) -> bool:
    """The row is about that member and shares a day with the period. `more`: days after the one it names."""
    if row["member_id"] != member_id or date.fromisoformat(row[begins]) >= until:
        return False
    return row[ends] is None or date.fromisoformat(row[ends]) + timedelta(days=more) > first_day
