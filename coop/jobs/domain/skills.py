"""What somebody can do: they say it, somebody else confirms it."""

from datetime import datetime

from django.db import transaction

from coop.common.errors import NotAllowed
from coop.jobs.coordinating import coordinates
from coop.jobs.domain.people import holds
from coop.jobs.domain.tasks import held_task, section_name, today
from coop.jobs.enums import DOES, Level
from coop.jobs.errors import MayNotConfirm, NothingToConfirm, NotInTheSection, TeacherCannot
from coop.jobs.models import Confirmation, Skill, Task
from coop.members.models import Member
from coop.members.sections import posted_on
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act


@transaction.atomic
def declare(*, task_id: int, level: str, teacher_id: int | None = None, by: Actor, at: datetime) -> Skill:
    """Of oneself. `teacher_id`: from whom one learns it, only while learning. The same again changes nothing.

    Raises NotAllowed (not a member), NotInTheSection, TeacherCannot, TaskIsClosed.
    """
    task = held_task(task_id)
    member = _here(task, by, at)
    level = Level(level)
    teacher = _teacher(task, teacher_id, member) if level == Level.LEARNING else None
    held = holds(task, member.pk)
    if held and (held.skill.level, held.skill.teacher) == (level, teacher):
        return held.skill
    skill = Skill.objects.create(task=task, member=member, level=level, teacher=teacher, at=at)
    _told(skill, task, by, at, confirmed=False)
    return skill


@transaction.atomic
def confirm(*, skill_id: int, by: Actor, at: datetime) -> Confirmation:
    """By who teaches the task or coordinates its section. Raises MayNotConfirm, NothingToConfirm."""
    skill = Skill.objects.select_related("member").get(pk=skill_id)
    task = held_task(skill.task_id)
    if not may_confirm(task, skill, by, at):
        raise MayNotConfirm
    held = holds(task, skill.member_id)
    if held is None or held.skill.pk != skill.pk or held.confirmed or skill.level not in DOES:
        raise NothingToConfirm
    confirmation = Confirmation.objects.create(skill=skill, at=at, by_id=by.signature)
    _told(skill, task, by, at, confirmed=True)
    return confirmation


def may_confirm(task: Task, skill: Skill, by: Actor, at: datetime) -> bool:
    if by.member_id is None or by.member_id == skill.member_id:
        return False
    if not Member.objects.in_assembly(today(at)).filter(pk=by.member_id).exists():
        return False
    held = holds(task, by.member_id)
    return bool(held and held.teaches) or coordinates(by, task.section, at)


def _here(task: Task, by: Actor, at: datetime) -> Member:
    day = today(at)
    here = Member.objects.on_register(day).filter(pk=by.signature)
    found = here.first()
    if found is None:
        raise NotAllowed
    if task.section_id and not here.annotate(posted=posted_on(day)).filter(posted=task.section_id).exists():
        raise NotInTheSection(section_name(task))
    return found


def _teacher(task: Task, teacher_id: int | None, member: Member) -> Member | None:
    if not teacher_id:
        return None
    held = holds(task, teacher_id)
    if held is None or not held.teaches or teacher_id == member.pk:
        raise TeacherCannot(str(Member.objects.filter(pk=teacher_id).first() or "—"))
    return held.skill.member


def _told(skill: Skill, task: Task, by: Actor, at: datetime, *, confirmed: bool) -> None:
    facts = {"skill": skill.pk, "task": task.name, "section": section_name(task), "level": str(skill.level)}
    facts |= {"number": skill.member.number, "name": skill.member.name, "confirmed": confirmed}
    if skill.teacher:
        facts |= {"teacher": skill.teacher.name}
    write(Act.SKILL_KEPT, by=by, at=at, facts=facts)
