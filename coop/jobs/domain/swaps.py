"""Two exchange turns: one offers, the other agrees. Nobody else has to allow it."""

from datetime import datetime

from django.db import transaction

from coop.jobs.domain.board import Board
from coop.jobs.domain.tasks import held_task, today
from coop.jobs.domain.turns import take_off, told
from coop.jobs.errors import NotYourTurn, SwapCannotBe, SwapIsAnswered, TurnIsOver
from coop.jobs.models import Swap, Turn
from coop.powers import Actor


@transaction.atomic
def offer_swap(*, turn_id: int, other_id: int, by: Actor, at: datetime) -> Swap:
    """One's own turn for another's of the same task. Raises NotYourTurn, TurnIsOver, SwapCannotBe."""
    held_task(Turn.objects.values_list("task_id", flat=True).get(pk=turn_id))
    mine, other = _turn(turn_id), _turn(other_id)
    if mine.member_id != by.signature or other.member_id == mine.member_id:
        raise NotYourTurn
    _check(mine, other, at)
    found = Swap.objects.filter(offered=mine, wanted=other, answered_at__isnull=True).first()
    return found or Swap.objects.create(offered=mine, wanted=other, at=at)


@transaction.atomic
def answer_swap(*, swap_id: int, agree: bool, by: Actor, at: datetime) -> Swap:
    """By the other one. Both turns are called off and two new ones made, or nothing happens.

    Raises NotYourTurn, SwapIsAnswered, TurnIsOver, SwapCannotBe.
    """
    swap = Swap.objects.select_for_update().get(pk=swap_id)
    mine, theirs = _turn(swap.wanted_id), _turn(swap.offered_id)
    if mine.member_id != by.signature:
        raise NotYourTurn
    if swap.answered_at:
        raise SwapIsAnswered
    if agree:
        held_task(mine.task_id)
        _check(theirs, mine, at)
    swap.answered_at, swap.agreed = at, agree
    swap.save(update_fields=["answered_at", "agreed"])
    if agree:
        _exchange(swap, theirs, mine, by, at)
    return swap


def _exchange(swap: Swap, one: Turn, other: Turn, by: Actor, at: datetime) -> None:
    for turn in (one, other):
        take_off(turn, by, at)
    made = [
        Turn.objects.create(
            task=turn.task,
            place=turn.place,
            member=taker,
            first_day=turn.first_day,
            until=turn.until,
            at=at,
            by_id=by.signature,
            swap=swap,
        )
        for turn, taker in ((one, other.member), (other, one.member))
    ]
    for turn in made:
        told(turn.task, "swapped", [turn], by, at)


def _turn(turn_id: int) -> Turn:
    return Turn.objects.select_related("member", "task__section").get(pk=turn_id)


def _check(one: Turn, other: Turn, at: datetime) -> None:
    """Each can take the other's: of one task, not begun in the past, there, without another one."""
    if one.called_off_at or other.called_off_at:
        raise SwapIsAnswered
    if one.until <= today(at) or other.until <= today(at):
        raise TurnIsOver
    if one.task_id != other.task_id or one.first_day == other.first_day:
        raise SwapCannotBe(other.member.name)
    for taker, turn in ((other.member, one), (one.member, other)):
        board = Board(turn.task, turn.first_day, also=[taker.pk])
        has_it = any(
            each.member_id == taker.pk and each.first_day < turn.until and each.until > turn.first_day
            for each in board.turns
        )
        if not board.does(taker.pk) or has_it or board.hindered(taker.pk, turn.first_day, turn.until):
            raise SwapCannotBe(taker.name)
