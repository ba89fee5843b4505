"""Opening and closing a named poll."""

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import translation

from assemblies.domain.conflicts import in_conflict
from assemblies.domain.motions import locked_motion
from assemblies.domain.quorum import present_at, quorum_of
from assemblies.enums import Choice, MotionState, PollState
from assemblies.errors import MotionNotReady, PollStillOpen, QuorumNotMet
from assemblies.models import Ballot, Motion, MotionProposal, Poll, RollEntry
from coop.common.time import local_day
from coop.members.voice import without_vote
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import proposals
from coop.statute.domain import adopt, cooperative
from coop.statute.models import Matter, Resolution, StatuteVersion
from coop.statute.proposals import Proposal


@transaction.atomic
def open_poll(*, motion_id: int, by: Actor, at: datetime) -> Poll:
    """Puts a seconded motion to the vote of those present now. Their roll and the statute's rule are frozen.

    Who has voice and no vote counts for the quorum and is not on the roll (ET 39, 43).
    Raises MotionNotReady, PollStillOpen or QuorumNotMet, or why the proposal it puts cannot be voted.
    """
    require(by, Power.PRESIDE, at)
    motion = locked_motion(motion_id)
    assembly = motion.item.assembly
    if motion.state != MotionState.SECONDED:
        raise MotionNotReady(str(motion.get_state_display()))
    if assembly.polls.filter(state=PollState.OPEN).exists():
        raise PollStillOpen
    put = _put_by(motion)
    if put is not None:
        proposals.check(put, at)
    present = list(present_at(assembly, at).values_list("member_id", flat=True))
    statute = StatuteVersion.objects.in_force_at(at)
    barred = in_conflict(present, matter=motion.matter, rules=statute.rules, at=at)
    voiceless = without_vote(present, at) | barred
    quorum = quorum_of(assembly, at)
    if not quorum.met:
        raise QuorumNotMet(present=quorum.present, required=quorum.required)
    poll = Poll.objects.create(
        assembly=assembly,
        motion=motion,
        opened_at=at,
        opened_by_id=by.signature,
        statute=statute,
        majority_rule=asdict(statute.rules.majority(motion.matter)),
        on_register=quorum.on_register,
        present=quorum.present,
        voice_only=len(voiceless),
        quorum=quorum.required,
        quorum_source=quorum.source,
    )
    RollEntry.objects.bulk_create(
        RollEntry(poll=poll, member_id=member_id) for member_id in present if member_id not in voiceless
    )
    motion.state = MotionState.VOTING
    motion.save(update_fields=["state"])
    assembly.current_item = motion.item
    assembly.save(update_fields=["current_item"])
    facts = {"poll": poll.pk, "motion": motion.pk, "present": poll.present, "quorum": poll.quorum}
    if voiceless:
        facts |= {"voice_only": poll.voice_only}
    write(Act.POLL_OPENED, by=by, at=at, facts=facts | {"majority": poll.majority_rule})
    return poll


@transaction.atomic
def close_poll(*, poll_id: int, by: Actor, at: datetime) -> Poll:
    """Closes and counts. Closing an already closed poll gives it back as it is.

    The row is locked in a statement of its own, after the last ballot's; only then are the ballots counted,
    so the count sees every ballot that was acknowledged and no later one gets in.
    """
    require(by, Power.PRESIDE, at)
    poll = Poll.objects.select_for_update().get(pk=poll_id)
    if not poll.is_open:
        return poll
    motion = Motion.objects.select_for_update().get(pk=poll.motion_id)
    count = Counter(Ballot.objects.filter(entry__poll=poll).values_list("choice", flat=True))
    tally = {choice.value: count[choice.value] for choice in Choice}
    # Who has voice and no vote is not there when a majority is counted (ET 39).
    poll.adopted = poll.majority.carried(**tally, present=poll.entitled, on_roll=poll.on_register)
    poll.resolution = _resolution(poll, motion, tally, by, at) if poll.adopted else None
    poll.yes, poll.no, poll.abstain = tally["yes"], tally["no"], tally["abstain"]
    poll.state = PollState.CLOSED
    poll.closed_at = at
    poll.closed_by_id = by.signature
    poll.save(
        update_fields=["state", "closed_at", "closed_by", "yes", "no", "abstain", "adopted", "resolution"]
    )
    motion.state = MotionState.ADOPTED if poll.adopted else MotionState.REJECTED
    motion.save(update_fields=["state"])
    facts = {"poll": poll.pk, "motion": motion.pk, "tally": tally, "adopted": poll.adopted}
    write(Act.POLL_CLOSED, by=by, at=at, facts=facts)
    return poll


def _resolution(poll: Poll, motion: Motion, tally: dict[str, int], by: Actor, at: datetime) -> Resolution:
    house = cooperative()
    # What is kept for ever is written in the cooperative's language, whoever closes the poll.
    with translation.override(house.language):
        where = f"{poll.assembly.get_kind_display()} {local_day(poll.assembly.starts_at, house.tz):%d/%m/%Y}"
    return adopt(
        matter=Matter(motion.matter),
        title=motion.title,
        text=motion.text,
        adopted_by=where,
        tally=tally,
        by=by,
        at=at,
        proposal=_put_by(motion),
    )


def _put_by(motion: Motion) -> Proposal | None:
    put = MotionProposal.objects.filter(motion=motion).first()
    return put.proposal if put else None
