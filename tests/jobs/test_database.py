"""Going round Python, as the application's role."""

import pytest
from django.utils import timezone

from coop.jobs.domain import skills
from coop.jobs.enums import Level
from coop.jobs.models import Confirmation, Skill, Turn
from coop.jobs.proofs import prove_work
from tests.jobs.conftest import AFTER, AT, MONDAY, NEXT, Floor
from tests.support import raw

pytestmark = pytest.mark.django_db


def turn(floor: Floor, who: int, first: object = NEXT, until: object = AFTER, place: int = 1) -> Turn:
    member = floor.members[who]
    return Turn(
        task=floor.task, place=place, member=member, first_day=first, until=until, at=AT, by=floor.coordinator
    )


def test_database_refuses_a_turn_for_who_cannot_do_it(floor: Floor) -> None:
    raw.refused_rows(turn(floor, 3), match="for who can do the task")
    skills.declare(task_id=floor.task.pk, level=Level.CAN, by=floor.members[3].actor, at=AT)
    raw.refused_rows(turn(floor, 3), match="for who can do the task")
    floor.can(floor.members[4])
    skills.declare(task_id=floor.task.pk, level=Level.NONE, by=floor.members[4].actor, at=AT)
    raw.refused_rows(turn(floor, 4), match="for who can do the task")


def test_database_refuses_two_in_a_place_and_one_in_two(floor: Floor) -> None:
    floor.can(floor.members[3])
    floor.can(floor.members[4])
    turn(floor, 3).save()
    raw.refused_rows(turn(floor, 4, first=MONDAY), match="turn_one_person_in_a_place")
    raw.refused_rows(turn(floor, 3, place=2), match="turn_one_place_for_a_person")


def test_database_keeps_turns_as_they_were(floor: Floor) -> None:
    floor.can(floor.members[3])
    turn(floor, 3).save()
    raw.refused("UPDATE jobs_turn SET member_id = member_id + 1", match="permission denied")
    raw.refused("DELETE FROM jobs_turn", match="permission denied")
    off = "UPDATE jobs_turn SET called_off_at = now(), called_off_by_id = by_id"
    assert raw.run(off) == 1
    raw.refused(off, match="changes once")
    raw.refused("UPDATE jobs_turn SET called_off_at = NULL, called_off_by_id = NULL", match="changes once")


def test_database_refuses_what_one_confirms_of_oneself(floor: Floor) -> None:
    said = skills.declare(task_id=floor.task.pk, level=Level.CAN, by=floor.members[3].actor, at=AT)
    own = Confirmation(skill=said, at=AT, by=floor.members[3])
    raw.refused_rows(own, match="confirmed by somebody else")
    learning = skills.declare(task_id=floor.task.pk, level=Level.LEARNING, by=floor.members[4].actor, at=AT)
    raw.refused_rows(
        Confirmation(skill=learning, at=AT, by=floor.members[3]), match="confirmed by somebody else"
    )
    raw.refused("UPDATE jobs_skill SET level = 'teaches'", match="permission denied")


def test_a_turn_and_a_skill_that_no_act_tells_of_are_found(floor: Floor) -> None:
    floor.can(floor.members[3])
    assert prove_work().broken is None
    turn(floor, 3).save()
    assert prove_work().broken is not None
    Turn.objects.update(called_off_at=timezone.now(), called_off_by=floor.coordinator)
    Skill.objects.create(task=floor.task, member=floor.members[4], level=Level.CAN, at=AT)
    broken = prove_work().broken
    assert broken is not None
    assert broken.row.startswith("jobs_")


def test_a_task_that_no_act_changed_so_is_found(floor: Floor) -> None:
    assert prove_work().broken is None
    raw.run("UPDATE jobs_task SET people = people + 3")
    broken = prove_work().broken
    assert broken is not None
    assert broken.row == f"jobs_task {floor.task.pk}"
