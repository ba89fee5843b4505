"""Motions: moved by one member present, seconded by another, withdrawn or put to the vote."""

from datetime import datetime

from django.db import transaction

from assemblies.domain.attendance import must_be_present
from assemblies.domain.meeting import open_assembly
from assemblies.enums import MotionState
from assemblies.errors import EmptyMotion, MotionNotReady, MoverCannotSecond
from assemblies.models import AgendaItem, Motion, MotionProposal
from coop.common.words import one_line, visible
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import proposals
from coop.statute.models import Matter
from coop.statute.proposals import Proposal


@transaction.atomic
def move(
    *,
    item_id: int,
    title: str,
    text: str,
    mover: Member,
    by: Actor,
    at: datetime,
    matter: Matter = Matter.ORDINARY_DECISION,
    proposal: Proposal | None = None,
) -> Motion:
    """Puts a motion under an agenda item: for oneself, or as the secretary for a member who says it aloud.

    With `proposal` the vote is on exactly that; raises what its kind raises when it cannot be voted.
    """
    _speaks_for(mover, by, at)
    if (proposal is None) is not (matter == Matter.ORDINARY_DECISION):
        raise ValueError("a proposal goes with a matter of its own, and such a matter with a proposal")
    item = AgendaItem.objects.get(pk=item_id)
    open_assembly(item.assembly_id)
    must_be_present(assembly_id=item.assembly_id, member=mover)
    shown = one_line(title)
    if not shown:
        raise EmptyMotion
    motion = Motion.objects.create(
        item=item, matter=matter, title=shown, text=visible(text).strip(), mover=mover, moved_at=at
    )
    if proposal is not None:
        _put(motion, proposal, at)
    facts = {"motion": motion.pk, "title": motion.title, "text": motion.text, "mover": mover.number}
    if proposal is not None:
        facts |= {"proposal": proposal.kind, "sha256": proposal.sha256}
    write(Act.MOTION_MOVED, by=by, at=at, facts=facts | {"assembly": item.assembly_id, "item": item.position})
    return motion


def _put(motion: Motion, proposal: Proposal, at: datetime) -> None:
    proposals.check(proposal, at)
    MotionProposal.objects.create(
        motion=motion, kind=proposal.kind, number=proposal.id, sha256=proposal.sha256, facts=proposal.facts
    )


@transaction.atomic
def record(
    *, item_id: int, title: str, text: str, mover: Member, seconder: Member | None, by: Actor, at: datetime
) -> Motion:
    """The secretary writes down a motion said aloud, with its seconder when there is one already."""
    motion = move(item_id=item_id, title=title, text=text, mover=mover, by=by, at=at)
    if seconder is None:
        return motion
    return second(motion_id=motion.pk, seconder=seconder, by=by, at=at)


@transaction.atomic
def second(*, motion_id: int, seconder: Member, by: Actor, at: datetime) -> Motion:
    """Another member present supports the motion. Raises MoverCannotSecond or MotionNotReady."""
    _speaks_for(seconder, by, at)
    motion = locked_motion(motion_id)
    must_be_present(assembly_id=motion.item.assembly_id, member=seconder)
    if motion.mover_id == seconder.pk:
        raise MoverCannotSecond
    if motion.state != MotionState.MOVED:
        raise MotionNotReady(str(motion.get_state_display()))
    motion.seconder = seconder
    motion.state = MotionState.SECONDED
    motion.save(update_fields=["seconder", "state"])
    write(Act.MOTION_SECONDED, by=by, at=at, facts={"motion": motion.pk, "seconder": seconder.number})
    return motion


@transaction.atomic
def withdraw(*, motion_id: int, by: Actor, at: datetime) -> Motion:
    """The mover, or the secretary at their word, takes the motion back before it is voted."""
    motion = locked_motion(motion_id)
    _speaks_for(motion.mover, by, at)
    if motion.state not in (MotionState.MOVED, MotionState.SECONDED):
        raise MotionNotReady(str(motion.get_state_display()))
    motion.state = MotionState.WITHDRAWN
    motion.save(update_fields=["state"])
    write(Act.MOTION_WITHDRAWN, by=by, at=at, facts={"motion": motion.pk})
    return motion


def locked_motion(motion_id: int) -> Motion:
    """The motion and its open assembly, rows locked, the assembly first. Raises AssemblyNotOpen."""
    assembly_id = Motion.objects.values_list("item__assembly_id", flat=True).get(pk=motion_id)
    open_assembly(assembly_id)
    return Motion.objects.select_for_update(of=("self",)).select_related("item", "mover").get(pk=motion_id)


def _speaks_for(member: Member, by: Actor, at: datetime) -> None:
    if by.member_id != member.pk:
        require(by, Power.RECORD_MOTIONS, at)
