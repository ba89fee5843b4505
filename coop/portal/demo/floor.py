"""The demonstration's shop floor: three tasks that go round, who can do them, whose turn it was and is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from assemblies.demo import holder
from coop.common.names import fold
from coop.council.models import SeatCode, Term
from coop.jobs.domain import skills, tasks, turns
from coop.jobs.domain.board import Board
from coop.jobs.enums import Every, Level
from coop.jobs.models import Task
from coop.members.models import Member, Section
from coop.members.sections import posted_on
from coop.portal.demo.people import day_at, plain
from coop.powers import Actor

KITCHEN = "Cocinar en el comedor"
OF_SECTIONS = (
    ("Hornos", "Cargar el horno túnel", 1, Every.WEEK),
    ("Expedición", "Armar los pallets de la mañana", 2, Every.WEEK),
)
MINUTE = timedelta(minutes=1)


def some_tasks(at: datetime) -> None:
    """Who signs in to the demonstration cooks, among others; the sections' tasks are their people's."""
    president = holder(SeatCode.PRESIDENT, at)
    kitchen = tasks.begin_task(section_id=None, name=KITCHEN, people=2, every=Every.WEEK, by=president, at=at)
    people = plain(at)
    officers = (SeatCode.TREASURER, SeatCode.PRESIDENT, SeatCode.SECRETARY)
    seated = [Member.objects.get(pk=holder(code, at).signature) for code in officers]
    _they_can(kitchen, [people[0], *seated, people[20], people[30]], at)
    for name, what, places, every in OF_SECTIONS:
        section = Section.objects.filter(folded=fold(name)).first()
        if section is None:
            continue
        task = tasks.begin_task(
            section_id=section.pk, name=what, people=places, every=every, by=president, at=at + MINUTE
        )
        there = Member.objects.in_assembly(day_at(at)).annotate(posted=posted_on(day_at(at)))
        first, *_more = found = list(there.filter(posted=section.pk).order_by("number")[:6])
        _they_can(task, found[:4], at + MINUTE)
        skills.declare(
            task_id=task.pk, level=Level.LEARNING, teacher_id=first.pk, by=found[4].actor, at=at + 3 * MINUTE
        )
        # Said, and waiting for somebody to confirm it.
        skills.declare(task_id=task.pk, level=Level.CAN, by=found[5].actor, at=at + 3 * MINUTE)


def _they_can(task: Task, people: Sequence[Member], at: datetime) -> None:
    """The first teaches it. Each said so, somebody else confirmed it."""
    by = _coordinator(task, at)
    for place, member in enumerate(people):
        level = Level.CAN if place else Level.TEACHES
        said = skills.declare(task_id=task.pk, level=level, by=member.actor, at=at)
        other = by if member.pk != by.member_id else people[0].actor
        if skills.may_confirm(task, said, other, at):
            skills.confirm(skill_id=said.pk, by=other, at=at + MINUTE)


def turns_of_the_week(at: datetime, *, ahead: int = 0) -> None:
    """Of the week in which the day `ahead` days after `at` lies; what is given stays."""
    day = day_at(at + timedelta(days=ahead))
    for task in Task.objects.filter(closed_on__isnull=True).select_related("section").order_by("pk"):
        offered = Board(task, day).proposals()[0]
        if offered.free and len(offered.order.first) == offered.free:
            turns.arrange(task_id=task.pk, day=day, by=_coordinator(task, at), at=at)


def _coordinator(task: Task, at: datetime) -> Actor:
    """Of the task's section, or else the president."""
    if task.section:
        held = Term.objects.at(at).filter(seat__position_kind="coordinator", seat__section=task.section.name)
        if (term := held.select_related("member").first()) is not None:
            return term.member.actor
    return holder(SeatCode.PRESIDENT, at)
