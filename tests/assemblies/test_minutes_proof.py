"""`verify` finds minutes that do not follow from the data, whatever was changed, and by whomever."""

import hashlib
from datetime import timedelta

import pytest

from assemblies.minutes_proof import MINUTES, run
from assemblies.models import Minutes
from coop.common.proof import proofs
from coop.members.models import Member
from tests.support import people
from tests.support.database import cloned
from tests.support.desk import Desk
from tests.support.minutes import Book, held


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker, databases):
    """Minutes that are closed, as every test finds them."""
    with django_db_blocker.unblock(), cloned(databases) as kept:
        members = people.make_house()
        desk = Desk(members[0], members[1])
        Book(desk, members[2]).closed(held(desk, members), [members[3], members[5]], after=11)
        yield kept.name


@pytest.fixture
def book(desk: Desk, treasurer: Member) -> Book:
    return Book(desk, treasurer)


@pytest.fixture
def closed(written_once: str, database: None) -> Minutes:
    return Minutes.objects.get()


@pytest.fixture
def spoiled(real_database, closed: Minutes, owner):
    """`spoiled(sql)`: what only the owner of the database can do, with the triggers off."""

    def spoil(statement: str, *params: object) -> None:
        table = statement.removeprefix("UPDATE ").removeprefix("DELETE FROM ").split()[0]
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(statement, params or None)
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    return spoil


@pytest.mark.django_db
def test_the_proof_is_registered(closed):
    assert MINUTES in proofs()
    assert run().broken is None


@pytest.mark.django_db
def test_honest_minutes_pass(book, desk, members, closed):
    later = held(desk, members, later=timedelta(days=7))
    book.closed(later, [members[3], members[5]])
    checked = run()
    assert (checked.rows, checked.broken) == (2, None)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE assemblies_minutes SET text = text || 'x'", "no es el de su texto"),
        ("UPDATE assemblies_minutes SET folio = '9'", "no es el de sus datos"),
        (
            "UPDATE assemblies_minutes SET facts = jsonb_set(facts, '{place}', '\"x\"')",
            "no es el de sus datos",
        ),
        ("UPDATE assemblies_minutes SET remarks = '{}'", "no es el de sus datos"),
        ("UPDATE assemblies_poll SET yes = yes + 1 WHERE adopted", "no son los de las votaciones"),
        ("UPDATE assemblies_motion SET title = 'Otra cosa'", "no son los de la asamblea"),
        (
            "UPDATE assemblies_attendance SET left_at = left_at - interval '9 min'",
            "no son los de la asamblea",
        ),
        ("UPDATE assemblies_agendaitem SET title = 'Otro'", "no son los de la asamblea"),
        ("UPDATE assemblies_remark SET text = 'Otra síntesis'", "no es la última que se guardó"),
        ("DELETE FROM assemblies_remark", "no es la última que se guardó"),
        ("DELETE FROM assemblies_signer WHERE position = 2", "no son los de la asamblea"),
        ("UPDATE documents_document SET facts = facts || '{\"number\": 99}'", "no es su texto"),
        ("UPDATE documents_document SET number = 99", "otro número"),
        ("UPDATE documents_document SET key = 'minutes:0'", "no tiene documento"),
    ],
)
def test_whatever_was_changed_is_found(spoiled, statement, says):
    spoiled(statement)
    broken = run().broken
    assert broken is not None
    assert broken.row == "assemblies_minutes 12"
    assert says in broken.says


def test_a_text_with_a_seal_of_its_own_does_not_follow_from_its_facts(spoiled, closed):
    text = closed.text.replace("3 votos afirmativos", "4 votos afirmativos")
    seal = hashlib.sha256(text.encode()).hexdigest()
    spoiled("UPDATE assemblies_minutes SET text = %s, sha256 = %s", text, seal)
    broken = run().broken
    assert broken is not None
    assert "no es el que sale de sus datos" in broken.says


def test_a_missing_number_is_found(real_database, book, desk, members, closed, spoiled):
    later = held(desk, members, later=timedelta(days=7))
    book.closed(later, [members[3], members[5]])
    spoiled("UPDATE assemblies_minutes SET number = 14 WHERE number = 13")
    broken = run().broken
    assert broken is not None
    assert "no viene la 14" in broken.says
