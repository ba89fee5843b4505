"""Dates and people that do not fit: an assembly in the year 10000, a roll with somebody who has left."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from assemblies.domain import attendance, polls
from assemblies.domain.quorum import quorum_of
from assemblies.errors import QuorumNotMet, StartsTooFarAhead
from assemblies.models import Assembly, Attendance, RollEntry
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["9999-12-31", "2999-01-01"])
def test_an_assembly_in_another_age_is_not_called_since_nobody_could_take_it_back(secretary, day) -> None:
    sent = {"day": day, "hour": "23:59", "place": "Galpón 2", "agenda": "Varios"}
    answer = people.client_of(secretary).post(reverse("assemblies:convene"), sent)
    assert answer.status_code == 422
    assert "Falta más de un año" in answer.content.decode()
    assert not Assembly.objects.exists()


def test_a_year_ahead_is_as_far_as_a_call_goes(desk, at) -> None:
    desk.convene(starts_at=at.convening + timedelta(days=366))
    with pytest.raises(StartsTooFarAhead):
        desk.convene(starts_at=at.convening + timedelta(days=366, seconds=1))
    with pytest.raises(StartsTooFarAhead):
        desk.convene(starts_at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC))


def test_who_signed_while_the_desk_waited_leaves_no_earlier_than_they_came(
    desk, session, secretary, member, at
):
    before = at.hour - timedelta(seconds=1)
    attendance.tick(assembly_id=session.pk, member=member, present=False, by=secretary.actor, at=before)
    gone = Attendance.objects.get(assembly=session, member=member)
    assert gone.left_at == gone.arrived_at == at.hour


def test_who_signed_while_the_session_closed_leaves_no_earlier_than_they_came(
    desk, session, member, at
) -> None:
    late = at.closing + timedelta(seconds=1)
    Attendance.objects.filter(member=member).update(left_at=late)
    desk.arrive(session, [member], late)
    desk.close(session)
    assert not Attendance.objects.filter(left_at__isnull=True).exists()


def test_who_left_the_cooperative_after_signing_is_neither_quorum_nor_roll(
    desk, motion, session, members, at
):
    gone = members[6]
    Member.objects.filter(pk=gone.pk).update(left_on=at.day)
    assert quorum_of(session, at.voting).present == len(members) - 1
    poll = desk.open_poll(motion)
    assert poll.present == RollEntry.objects.filter(poll=poll).count() == len(members) - 1
    assert not RollEntry.objects.filter(poll=poll, member=gone).exists()


def test_nor_do_they_make_up_a_quorum(desk, motion, president, members, at) -> None:
    Member.objects.filter(pk__in=[member.pk for member in members[2:]]).update(left_on=at.day)
    with pytest.raises(QuorumNotMet):
        polls.open_poll(motion_id=motion.pk, by=president.actor, at=at.moving)
