"""Turns are given to whose turn it is, or to others with a reason that everybody reads."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from coop.common.words import one_line
from coop.jobs.coordinating import require_section
from coop.jobs.domain.board import Board, Proposal
from coop.jobs.domain.tasks import held_task, section_name, today
from coop.jobs.errors import CannotTakeIt, SayWhy, TurnIsOver, TurnsAreGiven, WrongNumber
from coop.jobs.models import Task, Turn
from coop.members.models import Member
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act

LONGEST = 200


@transaction.atomic
def arrange(
    *, task_id: int, day: date, numbers: Sequence[int] = (), why: str = "", by: Actor, at: datetime
) -> list[Turn]:
    """The free places of that period, to whose turn it is; or to the members `numbers`, with a reason.

    Raises NotYourSection, TaskIsClosed, TurnIsOver (the period has passed), TurnsAreGiven, WrongNumber,
    CannotTakeIt, SayWhy.
    """
    task = held_task(task_id)
    require_section(by, task.section, at)
    offered = Board(task, day).proposals()[0]
    if offered.until <= today(at):
        raise TurnIsOver
    if not offered.free:
        raise TurnsAreGiven
    due = [one.number for one in offered.order.first]
    chosen = list(dict.fromkeys(numbers)) or due
    why = one_line(why)[:LONGEST].strip()
    if not 1 <= len(chosen) <= offered.free:
        raise WrongNumber(offered.free, len(chosen))
    able = {one.number for one in (*offered.order.first, *offered.order.after)}
    if wrong := set(chosen) - able:
        names = Member.objects.filter(number__in=wrong)
        raise CannotTakeIt(", ".join(one.name for one in names) or ", ".join(map(str, sorted(wrong))))
    if not set(chosen) <= set(due) and not why:
        raise SayWhy
    return _give(task, offered, chosen, why if not set(chosen) <= set(due) else "", by, at)


def _give(
    task: Task, offered: Proposal, chosen: Sequence[int], why: str, by: Actor, at: datetime
) -> list[Turn]:
    members = {one.number: one for one in Member.objects.filter(number__in=chosen)}
    taken = {turn.place for turn in offered.given}
    places = (place for place in range(1, task.people + len(taken) + 1) if place not in taken)
    turns = [
        Turn.objects.create(
            task=task,
            place=place,
            member=members[number],
            first_day=offered.first_day,
            until=offered.until,
            why=why,
            at=at,
            by_id=by.signature,
        )
        for number, place in zip(chosen, places, strict=False)
    ]
    told(task, "given", turns, by, at, out_of_order=bool(why))
    return turns


@transaction.atomic
def call_off(*, turn_id: int, by: Actor, at: datetime) -> Turn:
    """A turn that is not over; its place is free again. Raises NotYourSection, TurnIsOver."""
    turn = Turn.objects.select_related("member").get(pk=turn_id)
    task = held_task(turn.task_id)
    require_section(by, task.section, at)
    turn = Turn.objects.select_related("member").get(pk=turn_id)
    if turn.called_off_at or turn.until <= today(at):
        raise TurnIsOver
    take_off(turn, by, at)
    told(task, "called_off", [turn], by, at)
    return turn


def take_off(turn: Turn, by: Actor, at: datetime) -> None:
    turn.called_off_at, turn.called_off_by_id = at, by.signature
    turn.save(update_fields=["called_off_at", "called_off_by"])


def told(
    task: Task, what: str, turns: Iterable[Turn], by: Actor, at: datetime, *, out_of_order: bool = False
) -> None:
    """One act of the record; why it was out of order stays with the turn."""
    turns = list(turns)
    people = [{"turn": one.pk, "number": one.member.number, "name": one.member.name} for one in turns]
    facts = {"what": what, "task": task.name, "task_id": task.pk, "section": section_name(task)}
    facts |= {"since": turns[0].first_day.isoformat(), "until": turns[0].until.isoformat()}
    write(Act.WORK_ARRANGED, by=by, at=at, facts=facts | {"people": people, "out_of_order": out_of_order})
