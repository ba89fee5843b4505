"""What the database refuses because something else must come first, going round Python."""

from datetime import timedelta

import pytest

from assemblies.errors import NotYetTheHour
from assemblies.models import Attendance, RollEntry
from tests.support.people import Instants, new_member
from tests.support.raw import refused, refused_rows


@pytest.mark.django_db
def test_an_assembly_does_not_open_before_its_hour(desk, assembly, members):
    early = assembly.starts_at - timedelta(minutes=1)
    desk.arrive(assembly, members, at=early)
    with pytest.raises(NotYetTheHour, match="antes no se puede abrir"):
        desk.open(assembly, at=early)
    refused(
        "UPDATE assemblies_assembly SET state = 'open', on_roll = 7, opened_at = starts_at - interval '1 s'",
        match="assembly_opens_at_its_hour",
    )


@pytest.mark.django_db
def test_database_does_not_close_an_assembly_over_an_open_poll(desk, session, open_poll):
    refused(
        "UPDATE assemblies_assembly SET state = 'closed', closed_at = opened_at + interval '1 hour'",
        match="a poll is still open",
    )


@pytest.mark.django_db
def test_nobody_joins_the_attendance_of_a_closed_assembly(desk, session, members):
    late = new_member(70, "Tardío", "Pablo")
    late.save()
    desk.close(session)
    refused_rows(
        Attendance(assembly=session, member=late, arrived_at=Instants.closing, channel="desk"),
        match="is closed",
    )


@pytest.mark.django_db
def test_nobody_absent_is_on_a_roll(desk, open_poll):
    absent = new_member(70, "Ausente", "Pablo")
    absent.save()
    refused_rows(RollEntry(poll=open_poll, member=absent), match="is not present")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["voting", "adopted", "rejected"])
def test_a_motion_is_nothing_that_its_poll_does_not_say(desk, motion, state):
    refused("UPDATE assemblies_motion SET state = %s", [state], match="not what its poll says")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["seconded", "adopted", "withdrawn"])
def test_a_motion_under_vote_stays_under_vote(desk, open_poll, state):
    refused("UPDATE assemblies_motion SET state = %s", [state], match="not what its poll says")


@pytest.mark.django_db
def test_who_seconded_stays_who_seconded(motion, members):
    refused("UPDATE assemblies_motion SET seconder_id = %s", [members[6].pk], match="Cannot update")


@pytest.mark.django_db
def test_database_refuses_a_second_open_assembly(desk, session, members):
    other = desk.convene()
    refused(
        "UPDATE assemblies_assembly SET state = 'open', on_roll = 7, opened_at = starts_at"
        f" WHERE id = {other.pk}",
        match="assembly_one_open_at_a_time",
    )
