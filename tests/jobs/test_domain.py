"""Who may arrange what, who can take a turn, how two swap."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from coop.common.errors import NotAllowed
from coop.council.models import Declaration
from coop.jobs import errors
from coop.jobs.coordinating import coordinates
from coop.jobs.domain import away, skills, swaps, tasks, turns
from coop.jobs.domain.people import tasks_done_by
from coop.jobs.enums import Every, Level
from coop.jobs.models import Turn
from coop.jobs.proofs import prove_work
from coop.members import sections
from coop.members.errors_joining import SectionWasCalled
from coop.members.models import Section
from coop.record.models import Act, Entry
from tests.jobs.conftest import AFTER, AT, MONDAY, NEXT, Floor
from tests.support.people import client_of

pytestmark = pytest.mark.django_db


def give(floor: Floor, day: date, *numbers: int, why: str = "") -> list[int]:
    by = floor.coordinator.actor
    made = turns.arrange(task_id=floor.task.pk, day=day, numbers=numbers, why=why, by=by, at=AT)
    return [turn.member.number for turn in made]


def test_a_coordinator_arranges_their_own_section_only(floor: Floor) -> None:
    by, spare = floor.coordinator.actor, {"people": 1, "every": Every.WEEK, "at": AT}
    with pytest.raises(errors.NotYourSection):
        tasks.begin_task(section_id=floor.prensa.pk, name="Barrer", by=by, **spare)
    with pytest.raises(errors.NotYourSection):
        tasks.begin_task(section_id=None, name="Barrer", by=by, **spare)
    with pytest.raises(NotAllowed):
        tasks.begin_task(section_id=floor.hornos.pk, name="Barrer", by=floor.members[3].actor, **spare)
    for section in (floor.prensa.pk, None):
        tasks.begin_task(section_id=section, name="Barrer", by=floor.members[0].actor, **spare)


def test_a_renamed_section_keeps_its_coordinator(floor: Floor) -> None:
    sections.rename(section_id=floor.hornos.pk, name="Hornos y secado", by=floor.members[1].actor, at=AT)
    tasks.change_task(task_id=floor.task.pk, people=2, every=Every.MONTH, by=floor.coordinator.actor, at=AT)


def test_no_section_takes_a_name_that_another_had(floor: Floor) -> None:
    """Or who was chosen for the first would coordinate both."""
    by = floor.members[1].actor
    sections.rename(section_id=floor.hornos.pk, name="Hornos y secado", by=by, at=AT)
    with pytest.raises(SectionWasCalled, match="Hornos y secado"):
        sections.rename(section_id=floor.prensa.pk, name="HORNOS", by=by, at=AT)
    with pytest.raises(SectionWasCalled):
        sections.begin(name="hornos", by=by, at=AT)
    sections.post_to(floor.members[3], "Hornos", AT.date(), by, AT)
    assert Section.objects.count() == 2
    sections.rename(section_id=floor.hornos.pk, name="Hornos", by=by, at=AT)


def test_who_coordinates_a_name_that_two_sections_had_answers_for_the_one_that_bears_it(floor: Floor) -> None:
    by = floor.members[1].actor
    sections.rename(section_id=floor.hornos.pk, name="Hornos y secado", by=by, at=AT)
    # As it may stand on books from before.
    other = Section.objects.create(name="Hornos", folded="hornos")
    coordinator = floor.coordinator.actor
    assert coordinates(coordinator, other, AT)
    assert not coordinates(coordinator, Section.objects.get(pk=floor.hornos.pk), AT)


def test_one_name_once_in_a_section(floor: Floor) -> None:
    with pytest.raises(errors.TaskIsThere):
        tasks.begin_task(
            section_id=floor.hornos.pk,
            name="  CARGAR el horno ",
            people=1,
            every=Every.WEEK,
            by=floor.coordinator.actor,
            at=AT,
        )


def test_what_one_says_of_oneself_counts_only_once_somebody_else_confirmed_it(floor: Floor) -> None:
    member = floor.members[3]
    said = skills.declare(task_id=floor.task.pk, level=Level.CAN, by=member.actor, at=AT)
    with pytest.raises(errors.MayNotConfirm):
        skills.confirm(skill_id=said.pk, by=member.actor, at=AT)
    with pytest.raises(errors.MayNotConfirm):
        skills.confirm(skill_id=said.pk, by=floor.members[4].actor, at=AT)
    with pytest.raises(errors.WrongNumber):
        give(floor, NEXT)
    skills.confirm(skill_id=said.pk, by=floor.coordinator.actor, at=AT)
    with pytest.raises(errors.NothingToConfirm):
        skills.confirm(skill_id=said.pk, by=floor.coordinator.actor, at=AT)
    assert give(floor, NEXT) == [4]


def test_who_teaches_it_confirms_and_is_learnt_from(floor: Floor) -> None:
    floor.can(floor.members[3], Level.TEACHES)
    said = skills.declare(task_id=floor.task.pk, level=Level.CAN, by=floor.members[4].actor, at=AT)
    skills.confirm(skill_id=said.pk, by=floor.members[3].actor, at=AT)
    learning = skills.declare(
        task_id=floor.task.pk,
        level=Level.LEARNING,
        teacher_id=floor.members[3].pk,
        by=floor.members[5].actor,
        at=AT,
    )
    assert learning.teacher == floor.members[3]
    with pytest.raises(errors.TeacherCannot):
        skills.declare(
            task_id=floor.task.pk,
            level=Level.LEARNING,
            teacher_id=floor.members[4].pk,
            by=floor.members[6].actor,
            at=AT,
        )


def test_who_works_elsewhere_neither_says_nor_does(floor: Floor) -> None:
    with pytest.raises(errors.NotInTheSection):
        skills.declare(task_id=floor.task.pk, level=Level.CAN, by=floor.members[1].actor, at=AT)
    floor.can(floor.members[3])
    keeper = floor.members[1].actor
    sections.move(
        member_id=floor.members[3].pk, section_id=floor.prensa.pk, since=date(2026, 3, 10), by=keeper, at=AT
    )
    with pytest.raises(errors.WrongNumber):
        give(floor, NEXT)


def test_turns_go_round_and_out_of_order_needs_a_reason(floor: Floor) -> None:
    for member in floor.members[3:6]:
        floor.can(member)
    assert give(floor, MONDAY) == [4]
    with pytest.raises(errors.TurnsAreGiven):
        give(floor, MONDAY)
    with pytest.raises(errors.SayWhy):
        give(floor, NEXT, 6)
    assert give(floor, NEXT, 6, why="cambió de horario") == [6]
    assert give(floor, AFTER) == [5]
    assert give(floor, AFTER + timedelta(days=7)) == [4]
    told = Entry.objects.filter(act=Act.WORK_ARRANGED, facts__what="given").order_by("position")
    assert [one.facts["out_of_order"] for one in told] == [False, True, False, False]
    assert "horario" not in "".join(one.sealed for one in told)


def test_who_is_away_is_skipped_and_may_come_back(floor: Floor) -> None:
    for member in floor.members[3:5]:
        floor.can(member)
    told = away.tell_away(first_day=NEXT, last_day=NEXT, by=floor.members[3].actor, at=AT)
    assert give(floor, NEXT) == [5]
    away.call_off_away(away_id=told.pk, by=floor.members[3].actor, at=AT)
    assert give(floor, AFTER) == [4]
    with pytest.raises(errors.WrongDays):
        away.tell_away(first_day=AFTER, last_day=NEXT, by=floor.members[3].actor, at=AT)


def test_nobody_has_two_tasks_in_one_week(floor: Floor) -> None:
    floor.can(floor.members[3])
    give(floor, NEXT)
    floor.task = tasks.begin_task(
        section_id=floor.hornos.pk,
        name="Descargar el horno",
        people=1,
        every=Every.WEEK,
        by=floor.coordinator.actor,
        at=AT,
    )
    floor.can(floor.members[3])
    with pytest.raises(errors.WrongNumber):
        give(floor, NEXT)


def test_a_week_that_is_over_is_not_given(floor: Floor) -> None:
    floor.can(floor.members[3])
    with pytest.raises(errors.TurnIsOver):
        give(floor, MONDAY - timedelta(days=7))


def test_two_swap_and_only_if_both_want(floor: Floor) -> None:
    four, five = floor.members[3], floor.members[4]
    for member in (four, five):
        floor.can(member)
    give(floor, NEXT), give(floor, AFTER)
    mine, other = Turn.objects.order_by("first_day")
    with pytest.raises(errors.NotYourTurn):
        swaps.offer_swap(turn_id=mine.pk, other_id=other.pk, by=five.actor, at=AT)
    asked = swaps.offer_swap(turn_id=mine.pk, other_id=other.pk, by=four.actor, at=AT)
    with pytest.raises(errors.NotYourTurn):
        swaps.answer_swap(swap_id=asked.pk, agree=True, by=four.actor, at=AT)
    swaps.answer_swap(swap_id=asked.pk, agree=False, by=five.actor, at=AT)
    asked = swaps.offer_swap(turn_id=mine.pk, other_id=other.pk, by=four.actor, at=AT)
    swaps.answer_swap(swap_id=asked.pk, agree=True, by=five.actor, at=AT)
    standing = Turn.objects.filter(called_off_at__isnull=True).order_by("first_day")
    assert [turn.member for turn in standing] == [five, four]
    with pytest.raises(errors.SwapIsAnswered):
        swaps.answer_swap(swap_id=asked.pk, agree=True, by=five.actor, at=AT)
    assert prove_work().broken is None


def test_a_turn_called_off_leaves_its_place_free(floor: Floor) -> None:
    for member in floor.members[3:5]:
        floor.can(member)
    give(floor, NEXT)
    turn = Turn.objects.get()
    with pytest.raises(NotAllowed):
        turns.call_off(turn_id=turn.pk, by=floor.members[3].actor, at=AT)
    turns.call_off(turn_id=turn.pk, by=floor.coordinator.actor, at=AT)
    with pytest.raises(errors.TurnIsOver):
        turns.call_off(turn_id=turn.pk, by=floor.coordinator.actor, at=AT)
    assert give(floor, NEXT, 5, why="se pidió") == [5]
    assert prove_work().broken is None


def test_a_task_that_is_closed_takes_nothing_more(floor: Floor) -> None:
    tasks.close_task(task_id=floor.task.pk, by=floor.coordinator.actor, at=AT)
    with pytest.raises(errors.TaskIsClosed):
        floor.can(floor.members[3])


def test_what_is_known_of_the_floor_is_offered_to_who_says_what_they_know(floor: Floor) -> None:
    """Only once somebody confirmed it; whoever does not do it may still say so in words of their own."""
    learner, able = floor.members[3], floor.members[4]
    skills.declare(task_id=floor.task.pk, level=Level.CAN, by=learner.actor, at=AT)
    floor.can(able)
    assert [tasks_done_by(one.pk) for one in (learner, able)] == [[], ["Cargar el horno"]]
    client, url = client_of(able), reverse("council:standing")
    assert 'value="Cargar el horno"' in client.get(url).content.decode()
    said = {"willing": "yes", "skills": ["accounts", "Cargar el horno"]}
    assert client.post(url, said).status_code == 302
    assert Declaration.objects.get().skills == ["accounts", "Cargar el horno"]
    assert client_of(learner).post(url, said).status_code == 422
