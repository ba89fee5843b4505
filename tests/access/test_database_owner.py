"""What the owner falsified with triggers off, verify finds."""

from datetime import timedelta

import pytest

from coop.access.domain import devices as verbs
from coop.access.proofs import devices as proof
from coop.council.models import SeatCode
from coop.members.models import Member
from tests.access.enrolling import enrol
from tests.support import people
from tests.support.people import Instants

AT = Instants.hour


@pytest.fixture
def members(real_database) -> list[Member]:
    people.make_cooperative()
    made = people.make_members()
    people.give_seat(made[1], SeatCode.SECRETARY)
    device, _key = enrol(made[3], made[1], AT)
    verbs.begin(key=device.key, device="Android", at=AT + timedelta(minutes=1))
    assert proof().broken is None
    return made


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_device SET member_id = (SELECT id FROM members_member WHERE number = 5)",
        "UPDATE access_device SET enrolled_at = enrolled_at + interval '1 day'",
        "UPDATE access_device SET asked_at = asked_at - interval '1 day'",
        "UPDATE access_device SET needs_witness = true",
        "UPDATE access_card SET given_by_id = (SELECT id FROM members_member WHERE number = 1)",
        "UPDATE access_card SET used_at = used_at + interval '1 minute'",
        "UPDATE members_signin SET enrolled_at = enrolled_at - interval '1 day'",
        "UPDATE members_signin SET member_id = (SELECT id FROM members_member WHERE number = 5)",
    ],
)
def test_verify_names_what_was_changed(members, owner, statement):
    for table in ("access_device", "access_card", "members_signin"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE access_device DROP CONSTRAINT device_has_the_witness_it_needs")
    owner.execute(statement)
    assert proof().broken is not None
