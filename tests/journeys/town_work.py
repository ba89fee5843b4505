"""The shop floor in the town that is only read, and the history of its seats."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from coop.jobs.domain import away, skills, swaps, tasks, turns
from coop.jobs.enums import Every, Level
from coop.members import sections
from coop.members.models import Member

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("council:history",),
    ("council:history", "secretary", (), "?desde=todo", "from the first term on"),
    ("jobs:work",),
    ("jobs:work", "secretary"),
    ("jobs:work", "late", (), "", "no turn"),
    ("jobs:new_task", "secretary"),
    ("jobs:new_task", "unvoted", (), "", "refused", 403),
    ("jobs:away",),
    ("jobs:task", "unvoted", ("work_task",)),
    ("jobs:task", "voted", ("work_task",), "", "offered a swap"),
    ("jobs:task", "secretary", ("work_task",)),
    ("jobs:task", "secretary", ("closed_work_task",), "", "closed"),
)
NO_PAGES: Final = frozenset({"council:history_csv", "jobs:work_csv"})


def populate(members: list[Member], now: datetime) -> dict[str, int]:
    """The fourth and the fifth do the task and swap; the sixth is learning, the third waits."""
    keeper, today = members[1].actor, timezone.localdate(now)
    section = sections.begin(name="Hornos y secado", by=keeper, at=now)
    for member in members[2:6]:
        sections.move(member_id=member.pk, section_id=section.pk, since=date(2024, 1, 1), by=keeper, at=now)
    given = {"section_id": section.pk, "people": 1, "every": Every.WEEK, "by": keeper, "at": now}
    task = tasks.begin_task(name="Cargar el horno de secado", **given)
    closed = tasks.begin_task(name="Barrer el patio", **given)
    tasks.close_task(task_id=closed.pk, by=keeper, at=now)
    for member in members[3:5]:
        said = skills.declare(task_id=task.pk, level=Level.TEACHES, by=member.actor, at=now)
        skills.confirm(skill_id=said.pk, by=keeper, at=now)
    skills.declare(
        task_id=task.pk, level=Level.LEARNING, teacher_id=members[4].pk, by=members[5].actor, at=now
    )
    waiting = skills.declare(task_id=task.pk, level=Level.CAN, by=members[2].actor, at=now)
    for day in (today, today + timedelta(days=7)):
        turn = turns.arrange(task_id=task.pk, day=day, by=keeper, at=now)[0]
    mine, other = (turns.Turn.objects.get(task=task, member=members[n]) for n in (4, 3))
    swap = swaps.offer_swap(turn_id=mine.pk, other_id=other.pk, by=members[4].actor, at=now)
    told = away.tell_away(first_day=today, last_day=today, by=members[4].actor, at=now)
    return {
        "work_task": task.pk,
        "closed_work_task": closed.pk,
        "work_skill": waiting.pk,
        "work_turn": turn.pk,
        "work_swap": swap.pk,
        "work_away": told.pk,
    }
