"""The shop floor as its pages show it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coop.jobs.domain.board import Board, Proposal
from coop.jobs.domain.people import Holds
from coop.jobs.models import Away, Swap, Task, Turn
from coop.jobs.whose import Hindered
from coop.members.models import Member


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with who does it today, and from when on who does it next."""

    task: Task
    now: Sequence[Turn]
    next: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class SectionTasks:
    """ "" is the whole cooperative."""

    section: str
    own: bool
    tasks: Sequence[TaskLine]


def by_section(member: Member, today: date) -> list[SectionTasks]:
    """The reader's section first, then the whole cooperative's, then the others. Two statements."""
    lines: dict[str, list[TaskLine]] = defaultdict(list)
    turns: dict[int, list[Turn]] = defaultdict(list)
    standing = Turn.objects.filter(called_off_at__isnull=True, until__gt=today)
    for turn in standing.filter(first_day__lte=today + timedelta(days=62)).select_related("member"):
        turns[turn.task_id].append(turn)
    for task in Task.objects.filter(closed_on__isnull=True).select_related("section"):
        given = turns[task.pk]
        coming = [turn for turn in given if turn.first_day > today]
        first = min((turn.first_day for turn in coming), default=None)
        line = TaskLine(
            task,
            [turn for turn in given if turn.first_day <= today],
            [turn for turn in coming if turn.first_day == first],
        )
        lines[task.section.name if task.section else ""].append(line)
    names = sorted(lines, key=lambda name: (name != member.section, name != "", name))
    return [SectionTasks(name, bool(name) and name == member.section, lines[name]) for name in names]


def own_turns(member_id: int, today: date) -> list[Turn]:
    found = Turn.objects.filter(member=member_id, called_off_at__isnull=True, until__gt=today)
    return list(found.select_related("task__section"))


def own_away(member_id: int, today: date) -> list[Away]:
    return list(Away.objects.filter(member=member_id, called_off_at__isnull=True, last_day__gte=today))


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`to_cover`: the keys of turns whose holder cannot be there, with why."""

    task: Task
    people: Sequence[Holds]
    periods: Sequence[Proposal]
    to_cover: dict[int, str]
    history: Sequence[Turn]
    offers: Sequence[Swap]
    asked: Sequence[Swap]

    @property
    def standing(self) -> list[Turn]:
        return [turn for one in self.periods for turn in one.given]


def task_page(task: Task, member_id: int, today: date) -> TaskPage:
    """This period and the next. Four statements."""
    board = Board(task, today)
    periods = board.proposals()
    to_cover = {
        turn.pk: str(Hindered(why).label)
        for one in periods
        for turn in one.given
        if (why := board.hindered(turn.member_id, one.first_day, one.until))
    }
    past = [turn for turn in board.turns if turn.until <= today]
    open_ = Swap.objects.filter(
        answered_at__isnull=True,
        offered__task=task,
        offered__called_off_at__isnull=True,
        wanted__called_off_at__isnull=True,
        offered__until__gt=today,
        wanted__until__gt=today,
    ).select_related("offered__member", "wanted__member")
    return TaskPage(
        task=task,
        people=board.people,
        periods=periods,
        to_cover=to_cover,
        history=past[::-1][:24],
        offers=[one for one in open_ if one.wanted.member_id == member_id],
        asked=[one for one in open_ if one.offered.member_id == member_id],
    )


def all_turns() -> Iterable[Turn]:
    return Turn.objects.select_related("task__section", "member").order_by("first_day", "task", "place")
