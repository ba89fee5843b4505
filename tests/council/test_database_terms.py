"""Going round the verbs: two at the same instant, and SQL with the rights of the application's role."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from coop.common.errors import DomainError
from coop.council.importing import import_terms
from coop.council.models import HowEnded, Term
from coop.council.proofs_terms import prove_terms
from coop.council.vacancies import call_alternate
from coop.members.enums import FactKind
from coop.members.lifecycle import put_on_the_books
from coop.members.models import Member
from coop.powers import system
from tests.support.files import terms_file
from tests.support.people import Instants
from tests.support.raw import refused
from tests.support.seats import decided, ended, instant, seated
from tests.support.together import at_once, others_than, succeeded

NOW = datetime(2026, 9, 1, 15, tzinfo=UTC)


def test_of_two_people_seated_at_once_one_sits(real_database, members):
    resolution = decided()
    told = at_once(
        [
            lambda one=one: seated(
                "treasurer", one, resolution=resolution, at=Instants.hour + timedelta(days=60)
            )
            for one in members[3:7]
        ]
    )
    assert len(succeeded(told)) == 1
    assert others_than((DomainError, IntegrityError), told) == []
    assert Term.objects.count() == 1


def test_an_alternate_is_called_once(real_database, members):
    left, second = seated("treasurer", members[0]), seated("alternate_2", members[5])
    seated("alternate_1", members[4])
    ended(left, HowEnded.RESIGNED, NOW)
    told = at_once([lambda: call_alternate(term_id=left.pk, by=system(), at=NOW)] * 3)
    assert len(succeeded(told)) == 1
    assert others_than(DomainError, told) == []
    second.refresh_from_db()
    assert second.how_ended == ""


def test_nobody_is_seated_while_they_leave(real_database, members):
    resolution = decided()
    at = instant(date(2026, 4, 21))

    def leave() -> object:
        return put_on_the_books(
            member_id=members[3].pk,
            kind=FactKind.RETIRED,
            day=date(2026, 4, 21),
            source="Nota",
            by=system(),
            at=at,
        )

    told = at_once([leave, lambda: seated("treasurer", members[3], resolution=resolution, at=at)])
    assert others_than(DomainError, told) == []
    assert not Term.objects.at(instant(date(2026, 6, 1))).exists()


@pytest.mark.django_db
def test_database_refuses_a_term_of_who_has_left_and_a_leaving_that_forgets_a_term(members):
    term = seated("treasurer", members[3])
    with pytest.raises(DatabaseError, match="off the register"):
        leave_by_hand(members[3])
    refused(
        "INSERT INTO council_term (seat_id, member_id, during, elected_by, basis, how_ended, ended_note,"
        " council_or_audit) SELECT seat_id, member_id, '[2003-01-01, 2003-02-01)', 'yo', 'file', '', '', true"
        " FROM council_term WHERE id = %s",
        [term.pk],
        match="held by a member",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("during = tstzrange(lower(during), upper(during) + interval '1 day')", "changes once"),
        ("during = tstzrange(lower(during), '2026-09-01')", "changes once"),
        ("how_ended = 'recalled', would_have_ended = upper(during), ended_recorded_at = '2026-09-01',"
         " during = tstzrange(lower(during), '2026-09-02')", "ends no term|recalled_by_a_resolution"),
        ("how_ended = 'resigned', would_have_ended = upper(during), ended_recorded_at = '2026-09-01',"
         " during = tstzrange(lower(during), '2026-08-01')", "before somebody said so"),
        ("how_ended = 'resigned', would_have_ended = upper(during) + interval '1 day',"
         " ended_recorded_at = '2026-09-01', during = tstzrange(lower(during), '2026-09-02')",
         "changes once"),
    ],
)  # fmt: skip
def test_database_refuses_every_other_change_of_a_term(members, what, says):
    seated("treasurer", members[3])
    refused(f"UPDATE council_term SET {what}", match=says)


@pytest.mark.django_db
def test_database_refuses_who_fills_more_than_what_was_left(members):
    left = seated("treasurer", members[3])
    insert = (
        "INSERT INTO council_term (seat_id, member_id, during, elected_by, basis, fills_id, how_ended,"
        " ended_note, council_or_audit)"
        " SELECT seat_id, %s, tstzrange('2026-09-02', '2029-09-01'), 'yo', 'alternate', id, '', '', true"
        " FROM council_term WHERE id = %s"
    )
    refused(insert, [members[4].pk, left.pk], match="what was left")
    ended(left, HowEnded.RESIGNED, NOW)
    refused(insert, [members[4].pk, left.pk], match="what was left")


@transaction.atomic
def leave_by_hand(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(left_on=date(2026, 8, 1))
    connection.check_constraints()


FALSE = (
    ("UPDATE council_term SET member_id = (SELECT id FROM members_member WHERE number = 7)"
     " WHERE basis = 'elected' AND how_ended = '' AND seat_id ="
     " (SELECT id FROM council_seat WHERE code = 'president')", "libro de actos"),
    ("UPDATE council_term SET during = tstzrange(lower(during), upper(during) + interval '30 days')"
     " WHERE basis = 'elected' AND how_ended = ''", "libro de actos"),
    ("UPDATE council_term SET how_ended = 'left' WHERE how_ended = 'resigned'", "libro de actos"),
    ("UPDATE council_term SET fills_id = NULL, basis = 'file' WHERE basis = 'alternate'", "libro de actos"),
    ("DELETE FROM council_term WHERE basis = 'alternate'", "falta"),
    ("UPDATE council_term SET elected_by = 'otra' WHERE basis = 'file'", "se selló"),
    ("INSERT INTO council_term (seat_id, member_id, during, elected_by, basis, how_ended, ended_note,"
     " council_or_audit) SELECT seat_id, member_id, '[2010-01-01, 2011-02-01)', 'yo', 'file', '', '', true"
     " FROM council_term LIMIT 1", "planilla"),
    ("UPDATE members_member SET left_on = '2026-08-01' WHERE number = 1", "registro"),
)  # fmt: skip


@pytest.fixture
def history(members: list[Member]) -> None:
    """A council, a file before it, a resignation that the first alternate fills."""
    file = terms_file(
        ("Presidencia", 1, "01/05/2020", "30/04/2022"), ("Tesorería", 2, "01/05/2020", "30/04/2022")
    )
    import_terms(content=file, by=system(), at=Instants.convening)
    for code, member in zip(("president", "secretary", "treasurer", "alternate_1"), members, strict=False):
        seated(code, member)
    ended(Term.objects.get(seat__code="treasurer", basis="elected"), HowEnded.RESIGNED, NOW)
    left = Term.objects.get(seat__code="treasurer", how_ended="resigned")
    call_alternate(term_id=left.pk, by=system(), at=NOW + timedelta(days=1))


def test_verify_names_the_term_that_the_owner_changed(real_database, history, owner: psycopg.Connection):
    assert prove_terms().broken is None
    owner.execute("CREATE TABLE kept AS SELECT * FROM council_term")
    restore = (
        "DELETE FROM council_term",
        "INSERT INTO council_term SELECT * FROM kept",
        "UPDATE members_member SET left_on = NULL WHERE number = 1",
    )
    for statement, says in FALSE:
        without_triggers(owner, statement)
        broken = prove_terms().broken
        assert broken is not None, statement
        assert says in broken.says, (statement, broken)
        without_triggers(owner, *restore)
        assert prove_terms().broken is None


def without_triggers(owner: psycopg.Connection, *statements: str) -> None:
    with owner.transaction():
        for how in ("DISABLE", "ENABLE"):
            for table in ("council_term", "members_member"):
                owner.execute(f"ALTER TABLE {table} {how} TRIGGER USER")
            if how == "DISABLE":
                for statement in statements:
                    assert owner.execute(statement).rowcount, statement
                owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
