"""What the owner of the database falsifies of the hall's votes, with the triggers asleep, `verify` names."""

from datetime import timedelta

import psycopg
import pytest

from assemblies.domain.hall import close_kiosk, open_kiosk
from assemblies.hall_room import HALL
from assemblies.models import Assembly, Poll
from coop.common.proof import proofs
from coop.members import sign_in
from coop.members.models import Member
from tests.support.desk import Desk
from tests.support.people import Instants

TABLES = ("assemblies_ballot", "assemblies_kiosk", "members_signin")


@pytest.fixture
def voted(real_database, desk: Desk, members: list[Member], session: Assembly, secretary: Member) -> Poll:
    """One vote by a phone enrolled that day, before; a kiosk that was closed by somebody."""
    kiosk = open_kiosk(assembly_id=session.pk, name="Entrada", by=secretary.actor, at=Instants.opening)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    phone = sign_in.start(
        member=members[3], device="Teléfono", at=Instants.opening, enrolled_at=Instants.opening
    )
    desk.vote(poll, phone)
    close_kiosk(key=kiosk.key, by=secretary.actor, at=Instants.closing)
    assert HALL in proofs()
    assert HALL.run().broken is None
    return poll


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assemblies_ballot SET enrolled_at = enrolled_at + interval '1 hour'",
        "UPDATE assemblies_ballot SET enrolled_at = enrolled_at - interval '1 hour'",
        "UPDATE members_signin SET member_id = (SELECT id FROM members_member WHERE number = 5)",
        "UPDATE assemblies_kiosk SET name = 'Otro'",
        "UPDATE assemblies_kiosk SET closed_at = closed_at + interval '1 minute'",
        "UPDATE assemblies_kiosk SET opened_at = opened_at - interval '1 day'",
        "INSERT INTO assemblies_kiosk SELECT gen_random_uuid(), 'Nuevo', opened_at, NULL, assembly_id, NULL,"
        " opened_by_id FROM assemblies_kiosk",
    ],
)
def test_the_proof_names_what_was_falsified(voted: Poll, owner: psycopg.Connection, statement: str) -> None:
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(statement).rowcount == 1
    broken = HALL.run().broken
    assert broken is not None
    assert broken.row
    assert broken.says


def test_a_sign_in_that_was_forgotten_breaks_nothing(voted: Poll, owner: psycopg.Connection) -> None:
    sign_in.forget(Instants.closing + timedelta(days=200))
    assert HALL.run().broken is None
