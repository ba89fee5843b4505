"""What the two sides do: add a line, say what happened with each, sign."""

from datetime import datetime

from django.db import transaction

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.common.words import one_line
from coop.council import errors_handover as errors
from coop.council.enums_handover import NEEDS_NOTE, SAYS, ItemKind, Said, Side
from coop.council.handover.lists import LONGEST_TEXT, MOST_LINES, refuse_secrets
from coop.council.handover.paper import freeze_handover
from coop.council.handover.state import State, read
from coop.council.models import Handover, HandoverItem, HandoverMark, HandoverSignature
from coop.powers import Actor, Power, may
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative

LONGEST_NOTE, LONGEST_REMARK = 300, 500


def side_of(state: State, by: Actor) -> Side | None:
    """On which side `by` speaks, None for nobody's. An empty seat's things are taken in by the council."""
    if by.member_id is None or not state.is_open:
        return None
    if state.outgoing and by.member_id == state.outgoing.pk:
        return Side.OUT
    if state.incoming:
        return Side.IN if by.member_id == state.incoming.pk else None
    return Side.IN if may(by, Power.WITNESS, state.at) else None


def may_witness(state: State, by: Actor) -> bool:
    """Whether `by` may sign today in the place of who hands over."""
    parties = {one.pk for one in (state.outgoing, state.incoming) if one}
    taker = state.signatures.get(Side.IN)
    own = by.member_id in parties or (taker is not None and taker.by_id == by.member_id)
    return state.is_open and state.alone and not own and may(by, Power.WITNESS, state.at)


@transaction.atomic
def add_line(*, handover_id: int, kind: ItemKind, text: str, by: Actor, at: datetime) -> HandoverItem:
    """One more thing to hand over.

    Raises NotYourHandover, HandoverSigned, NeedsWords, SaysAPassword or ListTooLong.
    """
    state = _held(handover_id, at)
    if side_of(state, by) is None and not (may(by, Power.KEEP_TERMS, at) and state.is_open):
        raise errors.NotYourHandover
    _unsigned(state)
    said = one_line(text)[:LONGEST_TEXT]
    if not said:
        raise errors.NeedsWords
    refuse_secrets(said)
    if len(state.lines) >= MOST_LINES:
        raise errors.ListTooLong(MOST_LINES)
    made = HandoverItem.objects.create(
        handover=state.handover,
        position=len(state.lines) + 1,
        kind=kind,
        text=said,
        added_by_id=by.signature,
        at=at,
    )
    _write(state, by, at, {"what": "line", "n": made.position})
    return made


@transaction.atomic
def say(*, item_id: int, said: Said, note: str, by: Actor, at: datetime) -> HandoverMark:
    """One side's word on a line; said again, the last one holds.

    Raises NotYourHandover, HandoverSigned, NeedsANote or SaysAPassword.
    """
    item = HandoverItem.objects.get(pk=item_id)
    state = _held(item.handover_id, at)
    side = side_of(state, by)
    if side is None or said not in SAYS[side]:
        raise errors.NotYourHandover
    _unsigned(state)
    words = one_line(note)[:LONGEST_NOTE]
    if said in NEEDS_NOTE and not words:
        raise errors.NeedsANote
    refuse_secrets(words)
    made = HandoverMark.objects.create(item=item, side=side, said=said, note=words, by_id=by.signature, at=at)
    _write(state, by, at, {"what": "said", "n": item.position, "said": said.value})
    return made


@transaction.atomic
def sign(
    *, handover_id: int, seen: str, remark: str, by: Actor, at: datetime, witness: bool = False
) -> HandoverSignature:
    """Signs what was read (`seen` is its seal). With the last signature the paper is frozen.

    Raises NotYourHandover, NoWitness, OtherSideComes, HandoverTooEarly, LinesUnanswered or ReadItAgain.
    """
    state = _held(handover_id, at)
    side = _signing(state, by, at, witness=witness)
    zone = cooperative().tz
    if at < state.ends_at:
        raise errors.HandoverTooEarly(local_day(state.ends_at, zone))
    if state.unanswered:
        raise errors.LinesUnanswered(state.unanswered)
    if seen != state.sha256:
        raise errors.ReadItAgain
    words = one_line(remark)[:LONGEST_REMARK]
    refuse_secrets(words)
    made = HandoverSignature.objects.create(
        handover=state.handover, side=side, by_id=by.signature, at=at, sha256=state.sha256, remark=words
    )
    signed = State(read().get(pk=handover_id), at)
    _write(
        signed,
        by,
        at,
        {"side": side.value, "whole": signed.signed, "sha256": signed.sha256},
        Act.HANDOVER_SIGNED,
    )
    if signed.signed:
        freeze_handover(signed, by, at)
    return made


def _signing(state: State, by: Actor, at: datetime, *, witness: bool) -> Side:
    if witness:
        if not state.alone:
            raise errors.OtherSideComes(local_day(state.witness_from, cooperative().tz))
        if not may_witness(state, by):
            raise errors.NoWitness
        side: Side | None = Side.WITNESS
    else:
        side = side_of(state, by)
    if side is None:
        raise errors.NotYourHandover
    own = {one.by_id for one in state.signatures.values()}
    if side in state.signatures or by.member_id in own:
        raise errors.HandoverSigned
    return side


def _held(handover_id: int, at: datetime) -> State:
    """Until the transaction ends nobody else changes or signs it."""
    wait_turn()
    Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    return State(read().get(pk=handover_id), at)


def _unsigned(state: State) -> None:
    if state.signatures:
        raise errors.HandoverSigned


def _write(
    state: State, by: Actor, at: datetime, more: dict[str, object], act: Act = Act.HANDOVER_CHANGED
) -> None:
    if by.is_system:
        raise NotAllowed
    seat = state.handover.seat
    facts = {"handover": state.handover.pk, "seat": seat.code, "seat_name": seat.name}
    write(act, by=by, at=at, facts=facts | more)
