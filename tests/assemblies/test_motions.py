"""Motions: moved by one who is present, seconded by another, withdrawn or put to the vote."""

import pytest

from assemblies.domain import attendance, motions
from assemblies.enums import MotionState
from assemblies.errors import AssemblyNotOpen, EmptyMotion, MotionNotReady, MoverCannotSecond, NotPresent
from assemblies.models import Motion
from coop.common.errors import NotAllowed
from coop.powers import system
from coop.record.models import Act, Entry
from tests.support.people import Instants

pytestmark = pytest.mark.django_db


def moved_by(mover, by, session, title="Comprar un torno", text=""):
    return motions.move(
        item_id=session.items.first().pk, title=title, text=text, mover=mover, by=by, at=Instants.moving
    )


def leave(session, secretary, member):
    attendance.tick(
        assembly_id=session.pk, member=member, present=False, by=secretary.actor, at=Instants.moving
    )


def test_a_member_moves_for_themself(session, member):
    motion = moved_by(member, member.actor, session, "  Comprar   un torno ", " Usado.\n")
    assert (motion.title, motion.text, motion.mover, motion.state, motion.seconder, motion.moved_at) == (
        "Comprar un torno",
        "Usado.",
        member,
        MotionState.MOVED,
        None,
        Instants.moving,
    )
    entry = Entry.objects.order_by("-position").first()
    assert (entry.act, entry.facts) == (
        Act.MOTION_MOVED,
        {
            "motion": motion.pk,
            "title": "Comprar un torno",
            "text": "Usado.",
            "mover": 4,
            "assembly": session.pk,
            "item": 1,
        },
    )


def test_the_secretary_writes_down_who_moves_and_who_seconds(session, members, secretary):
    motion = moved_by(members[3], secretary.actor, session)
    motion = motions.second(motion_id=motion.pk, seconder=members[4], by=secretary.actor, at=Instants.moving)
    assert (motion.mover, motion.seconder, motion.state) == (members[3], members[4], MotionState.SECONDED)
    entry = Entry.objects.order_by("-position").first()
    assert (entry.act, entry.actor_number, entry.facts) == (
        Act.MOTION_SECONDED,
        2,
        {"motion": motion.pk, "seconder": 5},
    )


def test_nobody_else_speaks_for_a_member(desk, session, members, president, motion):
    moved = desk.move(session, members[3])
    before = Entry.objects.count()
    for by in (president.actor, members[5].actor, system()):
        with pytest.raises(NotAllowed):
            moved_by(members[3], by, session)
        with pytest.raises(NotAllowed):
            motions.second(motion_id=moved.pk, seconder=members[4], by=by, at=Instants.moving)
        with pytest.raises(NotAllowed):
            motions.withdraw(motion_id=motion.pk, by=by, at=Instants.moving)
    assert Entry.objects.count() == before


def test_a_secretary_whose_term_has_ended_writes_nothing_down_for_others(session, members, secretary):
    end = secretary.terms.get().during.upper
    with pytest.raises(NotAllowed):
        motions.move(
            item_id=session.items.first().pk,
            title="Comprar",
            text="",
            mover=members[3],
            by=secretary.actor,
            at=end,
        )
    assert Motion.objects.count() == 0


def test_who_is_not_present_neither_moves_nor_seconds(desk, session, members, secretary):
    motion = desk.move(session, members[3])
    leave(session, secretary, members[4])
    for verb in (
        lambda: moved_by(members[4], members[4].actor, session),
        lambda: desk.second(motion, members[4]),
    ):
        with pytest.raises(NotPresent) as refused:
            verb()
        assert refused.value.name == "Irma Zapata"


def test_the_mover_does_not_second(desk, session, members, secretary):
    motion = desk.move(session, members[3])
    for by in (members[3].actor, secretary.actor):
        with pytest.raises(MoverCannotSecond):
            motions.second(motion_id=motion.pk, seconder=members[3], by=by, at=Instants.moving)


def test_a_motion_is_seconded_once(desk, motion, members):
    with pytest.raises(MotionNotReady) as refused:
        desk.second(motion, members[5])
    assert refused.value.state_label == "Lista para votar"
    assert Motion.objects.get().seconder == members[4]


@pytest.mark.parametrize("seconded", [False, True])
def test_the_mover_takes_the_motion_back_before_the_vote(desk, session, members, seconded):
    motion = desk.move(session, members[3])
    if seconded:
        desk.second(motion, members[4])
    taken = motions.withdraw(motion_id=motion.pk, by=members[3].actor, at=Instants.moving)
    assert taken.state == MotionState.WITHDRAWN
    with pytest.raises(MotionNotReady):
        motions.withdraw(motion_id=motion.pk, by=members[3].actor, at=Instants.moving)
    with pytest.raises(MotionNotReady):
        desk.second(motion, members[5])
    with pytest.raises(MotionNotReady):
        desk.open_poll(motion)


def test_a_motion_is_not_taken_back_during_or_after_the_vote(desk, open_poll, motion, members):
    for _ in range(2):
        with pytest.raises(MotionNotReady):
            motions.withdraw(motion_id=motion.pk, by=members[3].actor, at=Instants.voting)
        desk.close_poll(open_poll)


def test_outside_a_session_nothing_is_moved(desk, assembly, members):
    desk.arrive(assembly, members)
    with pytest.raises(AssemblyNotOpen):
        desk.move(assembly, members[3])


def test_after_the_session_nothing_is_moved_seconded_or_withdrawn(desk, session, members):
    motion = desk.move(session, members[3])
    desk.close(session)
    for verb in (
        lambda: desk.move(session, members[3]),
        lambda: desk.second(motion, members[4]),
        lambda: motions.withdraw(motion_id=motion.pk, by=members[3].actor, at=Instants.closing),
    ):
        with pytest.raises(AssemblyNotOpen):
            verb()


@pytest.mark.django_db
def test_a_motion_is_what_everybody_reads(desk, session, members):
    motion = desk.move(session, members[3], "Comprar\u202e un\u200b torno")
    assert motion.title == "Comprar un torno"
    with pytest.raises(EmptyMotion, match="necesita una frase"):
        desk.move(session, members[3], "\u200b \u202e")
