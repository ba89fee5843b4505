"""Who can do a task, who teaches it, who is learning it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from coop.jobs.enums import DOES, Level
from coop.jobs.models import Skill, Task


@dataclass(frozen=True, slots=True)
class Holds:
    """What somebody says of themselves about a task today, and whether it was confirmed."""

    skill: Skill
    confirmed: bool

    @property
    def does(self) -> bool:
        return self.confirmed and self.skill.level in DOES

    @property
    def teaches(self) -> bool:
        return self.confirmed and self.skill.level == Level.TEACHES


def latest(task_ids: Collection[int] | QuerySet[Task]) -> QuerySet[Skill]:
    """The last row of each member and task, but for who does not do it."""
    newer = Skill.objects.filter(task=OuterRef("task"), member=OuterRef("member")).order_by("-pk")
    found = Skill.objects.filter(task__in=task_ids, pk=Subquery(newer.values("pk")[:1]))
    return found.exclude(level=Level.NONE)


def skills_of(task: Task) -> list[Holds]:
    """By name. One statement."""
    found = latest([task.pk]).select_related("member", "teacher", "confirmation__by")
    return [
        Holds(one, hasattr(one, "confirmation")) for one in found.order_by("member__sort_name", "member_id")
    ]


def tasks_done_by(member_id: int) -> list[str]:
    """The names of the open tasks that the member does, as somebody confirmed. One statement."""
    found = latest(Task.objects.filter(closed_on__isnull=True)).filter(member=member_id, level__in=DOES)
    told = found.filter(confirmation__isnull=False).values_list("task__name", flat=True)
    return sorted(set(told))


def holds(task: Task, member_id: int) -> Holds | None:
    return next((one for one in skills_of(task) if one.skill.member_id == member_id), None)
