"""Opening and closing a named poll: who is on the roll, what is frozen, what the result says."""

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from assemblies.domain import attendance, polls
from assemblies.enums import Choice, MotionState, PollState
from assemblies.errors import AssemblyNotOpen, MotionNotReady, PollStillOpen, QuorumNotMet
from assemblies.models import Poll, RollEntry
from coop.common.errors import NotAllowed
from coop.council.models import SeatCode
from coop.powers import system
from coop.record.domain import first_break
from coop.record.models import Act, Entry
from coop.statute.models import Resolution
from coop.statute.rules import MODEL_STATUTE
from tests.support.people import Instants, give_seat
from tests.support.reform import reform

pytestmark = pytest.mark.django_db

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def vote_all(desk, poll, members, choices):
    for member, choice in zip(members, choices, strict=False):
        desk.vote(poll, member, choice)


def acts_since(position: int) -> list[tuple]:
    return [(entry.act, entry.facts) for entry in Entry.objects.filter(position__gt=position)]


def test_opening_freezes_the_roll_the_quorum_and_the_rule(desk, session, members, secretary):
    attendance.tick(
        assembly_id=session.pk, member=members[6], present=False, by=secretary.actor, at=Instants.moving
    )
    motion = desk.seconded(session, members[3], members[4])
    position = Entry.objects.count()
    poll = desk.open_poll(motion)
    assert (poll.state, poll.opened_at, poll.opened_by, poll.present, poll.on_register, poll.quorum) == (
        PollState.OPEN,
        Instants.voting,
        desk.president,
        6,
        7,
        4,
    )
    assert (poll.quorum_source, poll.majority) == ("ET 37", MODEL_STATUTE.majorities["ordinary_decision"])
    assert set(poll.roll.values_list("member", flat=True)) == {member.pk for member in members[:6]}
    motion.refresh_from_db()
    session.refresh_from_db()
    assert (motion.state, session.current_item) == (MotionState.VOTING, motion.item)
    rule = asdict(MODEL_STATUTE.majorities["ordinary_decision"])
    facts = {"poll": poll.pk, "motion": motion.pk, "present": 6, "quorum": 4, "majority": rule}
    assert acts_since(position) == [(Act.POLL_OPENED, facts)]


def test_a_reform_during_the_poll_does_not_change_its_rule(desk, session, members):
    document = MODEL_STATUTE.to_json()
    document["majorities"]["ordinary_decision"] = {
        "numerator": 2,
        "denominator": 3,
        "strict": False,
        "source": "reforma",
    }
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    reform(date(2026, 3, 11), document)
    vote_all(desk, poll, members, [YES, YES, YES, NO, NO])
    closed = desk.close_poll(poll)
    assert (closed.adopted, closed.majority.source) == (True, "ET 41")
    second = desk.open_poll(desk.seconded(session, members[3], members[4], "Otra"))
    vote_all(desk, second, members, [YES, YES, YES, NO, NO])
    closed = desk.close_poll(second)
    assert (closed.adopted, closed.majority.source) == (False, "reforma")


def test_only_a_seconded_motion_is_put_to_the_vote(desk, session, members):
    motion = desk.move(session, members[3])
    with pytest.raises(MotionNotReady) as refused:
        desk.open_poll(motion)
    assert refused.value.state_label == "Espera apoyo"


def test_one_poll_at_a_time(desk, session, members, open_poll):
    other = desk.seconded(session, members[3], members[4], "Pintar el frente")
    with pytest.raises(PollStillOpen):
        desk.open_poll(other)
    desk.close_poll(open_poll)
    assert desk.open_poll(other, at=Instants.closing).is_open


def test_a_motion_is_voted_once(desk, motion, open_poll):
    desk.close_poll(open_poll)
    with pytest.raises(MotionNotReady):
        desk.open_poll(motion)


def test_no_quorum_no_poll(desk, session, members, secretary, motion):
    for member in members[:4]:
        attendance.tick(
            assembly_id=session.pk, member=member, present=False, by=secretary.actor, at=Instants.moving
        )
    with pytest.raises(QuorumNotMet) as refused:
        desk.open_poll(motion)
    assert (refused.value.present, refused.value.required) == (3, 4)
    assert (Poll.objects.count(), RollEntry.objects.count()) == (0, 0)
    assert desk.open_poll(motion, at=Instants.second_call).present == 3


def test_outside_a_session_there_is_no_poll(desk, session, motion):
    desk.close(session)
    with pytest.raises(AssemblyNotOpen):
        desk.open_poll(motion)


def test_only_who_presides_today_opens_and_closes_a_poll(desk, session, members, motion, treasurer):
    midnight = Instants.hour.replace(hour=3)
    give_seat(members[6], SeatCode.ALTERNATE_1, midnight - timedelta(days=9), midnight)
    poll = desk.open_poll(motion)
    other = desk.seconded(session, members[3], members[4], "Otra")
    for by in (members[5].actor, members[6].actor, treasurer.actor, system()):
        with pytest.raises(NotAllowed):
            polls.open_poll(motion_id=other.pk, by=by, at=Instants.voting)
        with pytest.raises(NotAllowed):
            polls.close_poll(poll_id=poll.pk, by=by, at=Instants.voting)
    poll.refresh_from_db()
    assert (poll.state, Poll.objects.count()) == (PollState.OPEN, 1)


def test_a_presidency_that_has_ended_neither_opens_nor_closes_a_poll(
    desk, session, members, motion, president
):
    """At the very instant of the end; a microsecond before, it still may."""
    end = president.terms.get().during.upper
    for verb in (
        lambda at: polls.open_poll(motion_id=motion.pk, by=president.actor, at=at),
        lambda at: polls.close_poll(poll_id=Poll.objects.get().pk, by=president.actor, at=at),
    ):
        with pytest.raises(NotAllowed):
            verb(end)
        verb(end - timedelta(microseconds=1))
    assert Poll.objects.get().state == PollState.CLOSED


@pytest.mark.parametrize(
    ("choices", "tally", "adopted"),
    [
        ([YES, YES, YES, YES, NO, NO, NO], (4, 3, 0), True),
        ([YES, YES, YES, NO, NO, NO, ABSTAIN], (3, 3, 1), False),
        ([YES, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN, ABSTAIN], (1, 0, 6), True),
        ([YES], (1, 0, 0), True),
        ([NO], (0, 1, 0), False),
        ([ABSTAIN] * 7, (0, 0, 7), False),
        ([], (0, 0, 0), False),
    ],
    ids=["majority", "tie", "one yes, six abstain", "one yes", "one no", "all abstain", "nobody votes"],
)
def test_more_than_half_of_yes_and_no_carries_it(desk, open_poll, members, choices, tally, adopted):
    vote_all(desk, open_poll, members, choices)
    closed = desk.close_poll(open_poll)
    closed.refresh_from_db()
    assert (closed.yes, closed.no, closed.abstain, closed.adopted) == (*tally, adopted)
    assert (closed.state, closed.closed_at, closed.closed_by) == (
        PollState.CLOSED,
        Instants.closing,
        desk.president,
    )
    assert closed.motion.state == (MotionState.ADOPTED if adopted else MotionState.REJECTED)
    assert Resolution.objects.count() == adopted


def test_an_adopted_motion_is_a_numbered_resolution_and_goes_into_the_record(
    desk, open_poll, members, motion
):
    vote_all(desk, open_poll, members, [YES, YES, NO])
    position = Entry.objects.count()
    closed = desk.close_poll(open_poll)
    assert closed.resolution == Resolution.objects.get()
    assert (str(closed.resolution), closed.resolution.title, closed.resolution.text) == (
        "1/2026",
        "Comprar un torno",
        "Se paga en tres veces.",
    )
    assert (closed.resolution.adopted_by, closed.resolution.adopted_at) == (
        "Asamblea de trabajo 11/03/2026",
        Instants.closing,
    )
    tally = {"yes": 2, "no": 1, "abstain": 0}
    assert acts_since(position) == [
        (
            Act.RESOLUTION_ADOPTED,
            {
                "resolution": "1/2026",
                "matter": "ordinary_decision",
                "title": "Comprar un torno",
                "adopted_by": "Asamblea de trabajo 11/03/2026",
                "tally": tally,
            },
        ),
        (Act.POLL_CLOSED, {"poll": closed.pk, "motion": motion.pk, "tally": tally, "adopted": True}),
    ]
    assert first_break(Entry.objects.all()) is None


def test_closing_twice_gives_the_same_result_and_writes_nothing(desk, open_poll, members, secretary):
    vote_all(desk, open_poll, members, [YES])
    first = desk.close_poll(open_poll)
    entries = Entry.objects.count()
    again = polls.close_poll(
        poll_id=open_poll.pk, by=secretary.actor, at=Instants.closing + timedelta(hours=1)
    )
    assert (again.closed_at, again.closed_by, again.resolution) == (
        Instants.closing,
        desk.president,
        first.resolution,
    )
    assert (Entry.objects.count(), Resolution.objects.count()) == (entries, 1)


def test_who_left_after_the_roll_was_frozen_still_votes_and_who_came_later_does_not(
    desk, session, members, secretary, motion
):
    attendance.tick(
        assembly_id=session.pk, member=members[6], present=False, by=secretary.actor, at=Instants.moving
    )
    poll = desk.open_poll(motion)
    attendance.tick(
        assembly_id=session.pk, member=members[5], present=False, by=secretary.actor, at=Instants.voting
    )
    attendance.check_in(assembly_id=session.pk, member=members[6], at=Instants.voting)
    desk.vote(poll, members[5], YES)
    assert set(poll.roll.values_list("member", flat=True)) == {member.pk for member in members[:6]}
