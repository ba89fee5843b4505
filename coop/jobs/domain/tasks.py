"""Tasks begin, change and end: by who coordinates the section."""

from datetime import date, datetime

from django.db import transaction

from coop.common.names import fold
from coop.common.time import local_day
from coop.common.words import one_line
from coop.jobs.coordinating import require_section
from coop.jobs.enums import Every
from coop.jobs.errors import TaskHasNoName, TaskIsClosed, TaskIsThere, TooManyPeople
from coop.jobs.models import Task
from coop.jobs.models.tasks import MOST_PEOPLE
from coop.members.models import Section
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked

LONGEST = 60


def today(at: datetime) -> date:
    return local_day(at, cooperative().tz)


def held_task(task_id: int) -> Task:
    """Locked until the transaction ends. Raises TaskIsClosed, Task.DoesNotExist."""
    task = Task.objects.select_for_update(of=("self",)).select_related("section").get(pk=task_id)
    if task.closed_on:
        raise TaskIsClosed
    return task


def section_name(task: Task) -> str:
    return task.section.name if task.section else ""


@transaction.atomic
def begin_task(
    *, section_id: int | None, name: str, people: int, every: str, by: Actor, at: datetime
) -> Task:
    """`people` at once, each `every` week or month. Raises NotYourSection, TaskHasNoName, TaskIsThere,
    TooManyPeople.
    """
    section = Section.objects.get(pk=section_id) if section_id else None
    require_section(by, section, at)
    locked("tasks")
    name = one_line(name)[:LONGEST].strip()
    if not fold(name):
        raise TaskHasNoName
    if Task.objects.filter(section=section, folded=fold(name), closed_on__isnull=True).exists():
        raise TaskIsThere(name)
    _check_people(people)
    task = Task.objects.create(
        section=section,
        name=name,
        folded=fold(name),
        people=people,
        every=Every(every),
        at=at,
        by_id=by.signature,
    )
    _told(task, "begun", by, at)
    return task


@transaction.atomic
def change_task(*, task_id: int, people: int, every: str, by: Actor, at: datetime) -> Task:
    """Turns that were given stay as they are. Raises NotYourSection, TaskIsClosed, TooManyPeople."""
    task = held_task(task_id)
    require_section(by, task.section, at)
    _check_people(people)
    if (task.people, task.every) == (people, every):
        return task
    task.people, task.every = people, Every(every)
    task.save(update_fields=["people", "every"])
    _told(task, "changed", by, at)
    return task


@transaction.atomic
def close_task(*, task_id: int, by: Actor, at: datetime) -> Task:
    """It is done no more; its history stays. Raises NotYourSection, TaskIsClosed."""
    task = held_task(task_id)
    require_section(by, task.section, at)
    task.closed_on = today(at)
    task.save(update_fields=["closed_on"])
    _told(task, "closed", by, at)
    return task


def _check_people(people: int) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        raise TooManyPeople(people, MOST_PEOPLE)


def _told(task: Task, what: str, by: Actor, at: datetime) -> None:
    facts = {"what": what, "task": task.name, "task_id": task.pk, "section": section_name(task)}
    facts |= {"people_at_once": task.people, "every": str(task.every)}
    write(Act.WORK_ARRANGED, by=by, at=at, facts=facts)
