"""Casting: one statement guards and writes; what is refused leaves nothing behind."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assemblies.domain import attendance, casting
from assemblies.domain.casting import Recorded
from assemblies.enums import Choice
from assemblies.errors import EnrolledTooLate, NotOnRoll, PollClosed, SignInEnded
from assemblies.models import Ballot, Poll
from coop.members import sign_in
from coop.members.models import SignIn
from tests.support.people import Instants, give_account
from tests.support.raw import refused, refused_rows

pytestmark = pytest.mark.django_db


def box(poll: Poll) -> dict[int, tuple[str, int]]:
    """What is in the box: by member, the choice and how often it changed."""
    ballots = Ballot.objects.filter(entry__poll=poll).values_list("entry__member", "choice", "changes")
    return {member: (choice, changes) for member, choice, changes in ballots}


@pytest.mark.parametrize("choice", list(Choice))
def test_a_vote_is_recorded_as_it_was_cast(desk, open_poll, member, choice):
    assert desk.vote(open_poll, member, choice) == Recorded(choice, changed=False, repeated=False)
    assert box(open_poll) == {member.pk: (choice, 0)}
    assert Ballot.objects.get().cast_at == Instants.voting


def test_the_same_choice_again_is_acknowledged_and_changes_nothing(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    desk.vote(open_poll, entry, Choice.NO)
    again = casting.cast(
        poll_id=open_poll.pk, sign_in=entry.key, choice=Choice.NO, at=Instants.voting + timedelta(minutes=1)
    )
    assert again == Recorded(Choice.NO, changed=False, repeated=True)
    assert box(open_poll) == {member.pk: ("no", 0)}
    assert Ballot.objects.get().cast_at == Instants.voting


def test_a_vote_may_change_until_the_poll_closes(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    said = [desk.vote(open_poll, entry, choice) for choice in (Choice.NO, Choice.YES, Choice.ABSTAIN)]
    assert [(one.changed, one.repeated) for one in said] == [(False, False), (True, False), (True, False)]
    assert box(open_poll) == {member.pk: ("abstain", 2)}
    closed = desk.close_poll(open_poll)
    assert (closed.yes, closed.no, closed.abstain) == (0, 0, 1)


def test_two_devices_of_one_member_are_one_vote(desk, open_poll, member, voter_of):
    desk.vote(open_poll, voter_of(member), Choice.NO)
    assert desk.vote(open_poll, voter_of(member), Choice.YES).changed is True
    assert box(open_poll) == {member.pk: ("yes", 1)}


def test_after_closing_nothing_is_recorded(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    desk.vote(open_poll, entry, Choice.NO)
    desk.close_poll(open_poll)
    for choice in Choice:
        with pytest.raises(PollClosed):
            desk.vote(open_poll, entry, choice)
    assert box(open_poll) == {member.pk: ("no", 0)}


def test_a_poll_that_does_not_exist_is_closed(desk, open_poll, member, voter_of):
    with pytest.raises(PollClosed):
        casting.cast(poll_id=0, sign_in=voter_of(member).key, choice=Choice.YES, at=Instants.voting)


def test_who_was_not_there_when_it_opened_is_not_on_the_roll(desk, session, motion, members, secretary):
    attendance.tick(
        assembly_id=session.pk, member=members[6], present=False, by=secretary.actor, at=Instants.moving
    )
    poll = desk.open_poll(motion)
    attendance.check_in(assembly_id=session.pk, member=members[6], at=Instants.voting)
    with pytest.raises(NotOnRoll):
        desk.vote(poll, members[6])
    assert box(poll) == {}


def ended(entry: SignIn) -> None:
    sign_in.end(key=entry.key, member=entry.member, at=Instants.moving)


def ended_everywhere(entry: SignIn) -> None:
    sign_in.end_all(member=entry.member, at=Instants.moving)


def expired(entry: SignIn) -> None:
    SignIn.objects.filter(key=entry.key).delete()
    SignIn.objects.create(
        key=entry.key,
        member=entry.member,
        started_at=Instants.convening,
        seen_at=Instants.convening,
        expires_at=Instants.voting,
        device="",
    )


def forgotten(entry: SignIn) -> None:
    SignIn.objects.filter(key=entry.key).delete()


@pytest.mark.parametrize("how", [ended, ended_everywhere, expired, forgotten])
def test_a_session_that_is_over_does_not_vote_and_nothing_is_written(desk, open_poll, member, voter_of, how):
    entry = voter_of(member)
    desk.vote(open_poll, entry, Choice.NO)
    how(entry)
    with pytest.raises(SignInEnded):
        desk.vote(open_poll, entry, Choice.YES)
    assert box(open_poll) == {member.pk: ("no", 0)}


def test_a_key_that_was_never_given_does_not_vote(desk, open_poll):
    with pytest.raises(SignInEnded):
        casting.cast(poll_id=open_poll.pk, sign_in=uuid.uuid4(), choice=Choice.YES, at=Instants.voting)
    assert box(open_poll) == {}


def test_a_new_password_ends_the_other_devices_for_the_vote_too(desk, open_poll, member, voter_of):
    kept, other = voter_of(member), voter_of(member)
    sign_in.choose_password(
        account=give_account(member), password="otra-clave-larga-8", at=Instants.moving, keep=kept.key
    )
    with pytest.raises(SignInEnded):
        desk.vote(open_poll, other, Choice.NO)
    assert desk.vote(open_poll, kept, Choice.YES) == Recorded(Choice.YES, changed=False, repeated=False)


def test_an_ended_session_is_told_so_before_anything_about_the_poll(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    ended(entry)
    desk.close_poll(open_poll)
    with pytest.raises(SignInEnded):
        desk.vote(open_poll, entry)


def test_casting_is_one_statement(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    with CaptureQueriesContext(connection) as queries:
        desk.vote(open_poll, entry)
    assert len(queries) == 1


def test_a_vote_in_one_poll_says_nothing_in_the_next(desk, session, members, open_poll, voter_of):
    entry = voter_of(members[3])
    desk.vote(open_poll, entry, Choice.YES)
    desk.close_poll(open_poll)
    second = desk.open_poll(desk.seconded(session, members[3], members[4], "Otra"), at=Instants.closing)
    assert box(second) == {}
    assert desk.vote(second, entry, Choice.NO).changed is False
    assert (box(open_poll), box(second)) == ({members[3].pk: ("yes", 0)}, {members[3].pk: ("no", 0)})


# --- nobody votes as someone absent ---


def enrolled(member, at) -> SignIn:
    return sign_in.start(member=member, device="Teléfono nuevo", at=at, enrolled_at=at)


def test_a_phone_enrolled_while_the_poll_was_open_does_not_vote_in_it(desk, open_poll, member):
    late = enrolled(member, Instants.voting + timedelta(seconds=1))
    with pytest.raises(EnrolledTooLate) as refused:
        casting.cast(poll_id=open_poll.pk, sign_in=late.key, choice=Choice.YES, at=Instants.second_call)
    assert refused.value.opened_at == open_poll.opened_at
    assert "18:20" in str(refused.value)
    assert box(open_poll) == {}


def test_it_does_not_change_or_confirm_the_vote_of_the_phone_that_was_there_before(
    desk, open_poll, member, voter_of
):
    desk.vote(open_poll, voter_of(member), Choice.NO)
    late = enrolled(member, Instants.second_call)
    for choice in (Choice.YES, Choice.NO):
        with pytest.raises(EnrolledTooLate):
            casting.cast(poll_id=open_poll.pk, sign_in=late.key, choice=choice, at=Instants.second_call)
    assert box(open_poll) == {member.pk: ("no", 0)}


def test_a_phone_enrolled_before_the_poll_opened_votes_and_the_ballot_says_since_when(
    desk, open_poll, member
):
    early = enrolled(member, Instants.opening)
    desk.vote(open_poll, early)
    kept = Ballot.objects.get()
    assert (kept.sign_in, kept.enrolled_at) == (early.key, Instants.opening)


def test_a_phone_enrolled_at_the_very_instant_of_opening_votes(desk, open_poll, member):
    assert not desk.vote(open_poll, enrolled(member, open_poll.opened_at)).repeated


def test_a_phone_that_was_too_late_votes_in_the_next_poll(desk, session, members, open_poll):
    late = enrolled(members[3], Instants.second_call)
    desk.close_poll(open_poll, at=Instants.second_call)
    motion = desk.seconded(session, members[3], members[4], "Otra")
    second = desk.open_poll(motion, at=Instants.second_call + timedelta(minutes=1))
    said = casting.cast(poll_id=second.pk, sign_in=late.key, choice=Choice.NO, at=Instants.closing)
    assert said == Recorded(Choice.NO, changed=False, repeated=False)


# --- and not by SQL either ---


def test_database_refuses_a_ballot_by_a_sign_in_that_was_enrolled_too_late(open_poll, member):
    late = enrolled(member, Instants.second_call)
    line = open_poll.roll.get(member=member)
    forged = Ballot(entry=line, choice="yes", cast_at=Instants.closing, sign_in=late.key)
    refused_rows(forged, match="enrolled after the poll")
    forged.enrolled_at = Instants.opening
    refused_rows(forged, match="enrolled after the poll")


@pytest.mark.parametrize("whose", ["nobody's", "a colleague's", "one that never was"])
def test_database_refuses_a_ballot_without_a_sign_in_of_its_own_member(open_poll, members, voter_of, whose):
    keys = {"nobody's": None, "a colleague's": voter_of(members[4]).key, "one that never was": uuid.uuid4()}
    line = open_poll.roll.get(member=members[3])
    forged = Ballot(entry=line, choice="yes", cast_at=Instants.closing, sign_in=keys[whose])
    refused_rows(forged, match="a sign-in of its own member")


def test_database_refuses_to_change_a_vote_by_a_sign_in_that_was_enrolled_too_late(desk, open_poll, member):
    desk.vote(open_poll, member, Choice.NO)
    late = enrolled(member, Instants.second_call)
    refused(
        "UPDATE assemblies_ballot SET choice = 'yes', sign_in = %s",
        [late.key],
        match="enrolled after the poll",
    )
    refused("UPDATE assemblies_ballot SET enrolled_at = now()", match="denied")
    assert box(open_poll) == {member.pk: ("no", 0)}


def test_the_sign_in_of_a_vote_may_be_forgotten_and_the_vote_stays(desk, open_poll, member, voter_of):
    entry = voter_of(member)
    desk.vote(open_poll, entry, Choice.NO)
    forgotten(entry)
    assert desk.close_poll(open_poll).no == 1
