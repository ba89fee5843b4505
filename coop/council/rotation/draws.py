"""Announcing a draw and holding it: the seed is chosen first, the value that decides is named last."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from coop.common.words import one_line
from coop.council.models import Draw, DrawCalledOff, DrawResult, DrawSeed
from coop.council.rotation import errors
from coop.council.rotation.acting import person
from coop.council.rotation.drawing import draw, sha256, value_of
from coop.members.models import Member
from coop.powers import Actor, Power
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import locked
from coop.statute.models import day_of
from coop.statute.proposals import seal

LONGEST_REASON = 200


@transaction.atomic
def announce(
    *,
    title: str,
    places: int,
    numbers: Collection[int],
    public_value: str,
    not_before: datetime,
    by: Actor,
    at: datetime,
) -> Draw:
    """Freezes who takes part and publishes the code of a seed that nobody has seen.

    Raises NotTakingPart (not in the assembly that day), TooFewParticipants, TooSoon, or OpenAlready: whoever
    could announce several for one purpose would keep the one whose result they like.
    """
    holder, title = person(by, Power.HOLD_DRAWS, at), one_line(title)
    locked("draws")
    people = list(Member.objects.in_assembly(day_of(at)).filter(number__in=numbers).order_by("number"))
    strangers = sorted(set(numbers) - {one.number for one in people})
    if strangers:
        raise errors.NotTakingPart(strangers)
    if len(people) < max(places, 2):
        raise errors.TooFewParticipants(len(people), places)
    if not_before <= at:
        raise errors.TooSoon
    _must_be_the_only_one(title, set(numbers))
    seed = secrets.token_hex(16)
    held = Draw.objects.create(
        title=title,
        places=places,
        participants=[{"number": one.number, "name": one.name} for one in people],
        public_value=public_value,
        not_before=not_before,
        commitment=sha256(seed),
        at=at,
        by_id=holder,
    )
    DrawSeed.objects.create(draw=held, seed=seed)
    facts = _told(held) | {"participants": len(people), "commitment": held.commitment}
    facts |= {"sealed": announced_seal(held)}
    write(Act.DRAW_ANNOUNCED, by=by, at=at, facts=facts)
    return held


@transaction.atomic
def hold(*, draw_id: int, public_value: str, by: Actor, at: datetime) -> DrawResult:
    """Reveals the seed and draws with the value named aloud. Once.

    Raises AlreadyDrawn, CalledOff, TooSoon, NoValue.
    """
    holder = person(by, Power.HOLD_DRAWS, at)
    locked(f"draw {draw_id}")
    held = Draw.objects.select_related("seed").get(pk=draw_id)
    _must_be_open(held)
    if at < held.not_before:
        raise errors.TooSoon
    value = value_of(public_value)
    if not value:
        raise errors.NoValue
    order = draw(seed=held.seed.seed, value=value, numbers=[one["number"] for one in held.participants]).order
    result = DrawResult.objects.create(
        draw=held,
        seed=held.seed.seed,
        public_value=value,
        drawn=list(order),
        at=at,
        by_id=holder,
    )
    names = {one["number"]: one["name"] for one in held.participants}
    drawn = [{"number": number, "name": names[number]} for number in order[: held.places]]
    write(Act.DRAW_HELD, by=by, at=at, facts=_told(held) | {"value": value, "drawn": drawn})
    return result


@transaction.atomic
def call_off(*, draw_id: int, reason: str, by: Actor, at: datetime) -> DrawCalledOff:
    """It will not be held, and everybody reads why; its seed stays unseen.

    Raises NoReason, AlreadyDrawn, CalledOff.
    """
    holder, reason = person(by, Power.HOLD_DRAWS, at), one_line(reason)[:LONGEST_REASON]
    locked(f"draw {draw_id}")
    held = Draw.objects.get(pk=draw_id)
    _must_be_open(held)
    if not reason:
        raise errors.NoReason
    made = DrawCalledOff.objects.create(draw=held, reason=reason, at=at, by_id=holder)
    # What was announced is taken back: the same act, with what became of it.
    write(Act.DRAW_ANNOUNCED, by=by, at=at, facts=_told(held) | {"called_off": reason})
    return made


def _must_be_open(held: Draw) -> None:
    if DrawResult.objects.filter(draw=held).exists():
        raise errors.AlreadyDrawn
    if DrawCalledOff.objects.filter(draw=held).exists():
        raise errors.CalledOff


def _must_be_the_only_one(title: str, numbers: Collection[int]) -> None:
    """No other for that purpose, however its letters are written, is open with any of these people."""
    for other in Draw.objects.filter(result=None, called_off=None):
        same = one_line(other.title).lower() == title.lower()
        if same and not {one["number"] for one in other.participants}.isdisjoint(numbers):
            raise errors.OpenAlready(other.title)


def announced_seal(held: Draw) -> str:
    """SHA-256 of everything that was announced: who takes part, by which value, from when."""
    return seal(
        {
            "title": held.title,
            "places": held.places,
            "participants": held.participants,
            "public_value": held.public_value,
            "not_before": held.not_before.astimezone(UTC).isoformat(),
            "commitment": held.commitment,
        }
    )


def _told(held: Draw) -> dict[str, Any]:
    return {"draw": held.pk, "title": held.title, "places": held.places}


def file_of(held: Draw) -> dict[str, Any]:
    """What `manage.py draw` reads. The seed only after it was revealed."""
    told: dict[str, Any] = {
        "title": held.title,
        "announced_at": held.at.isoformat(),
        "not_before": held.not_before.isoformat(),
        "public_value_is": held.public_value,
        "commitment": held.commitment,
        "places": held.places,
        "participants": held.participants,
    }
    result = DrawResult.objects.filter(draw=held).first()
    if result is not None:
        told |= {
            "seed": result.seed,
            "public_value": result.public_value,
            "held_at": result.at.isoformat(),
            "drawn": list(result.drawn),
        }
    called_off = DrawCalledOff.objects.filter(draw=held).first()
    if called_off is not None:
        told |= {"called_off_at": called_off.at.isoformat(), "called_off_because": called_off.reason}
    return told
