"""What the database refuses about minutes, going round Python with the application's rights."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection

from assemblies.models import (
    AgendaItem,
    Assembly,
    Attendance,
    Minutes,
    Motion,
    Poll,
    Remark,
    Signer,
)
from coop.members.models import Member
from tests.support import people
from tests.support.desk import Desk
from tests.support.minutes import Book, held
from tests.support.raw import refused, refused_rows, run, try_to_ignore_triggers
from tests.support.together import at_once

TABLES = ("assemblies_minutes", "assemblies_remark", "assemblies_signer")


@pytest.fixture
def book(desk: Desk, treasurer: Member) -> Book:
    return Book(desk, treasurer)


@pytest.fixture
def over(desk: Desk, members: list[Member]) -> Assembly:
    return held(desk, members)


@pytest.fixture
def closed(book: Book, over: Assembly, members: list[Member]) -> Minutes:
    return book.closed(over, [members[3], members[5]], after=11)


def like(minutes: Minutes, **changes) -> Minutes:
    fields = [field.attname for field in Minutes._meta.concrete_fields if field.attname != "id"]
    return Minutes(**{**{name: getattr(minutes, name) for name in fields}, **changes})


def forged(book: Book, over: Assembly, members: list[Member], **changes) -> Minutes:
    """What the verb would write, not written, with something else in it."""
    book.write(over)
    book.name(over, [members[3], members[5]])
    from assemblies.domain.minutes_draft import draft_of

    text = book.text(over)
    values = {
        "assembly": over,
        "number": 1,
        "facts": draft_of(over).facts.to_json(),
        "remarks": {},
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "facts_sha256": "0" * 64,
        "written_by": book.desk.secretary,
        "closed_by": book.closer,
        "closed_at": book.later,
    }
    return Minutes(**{**values, **changes})


# --- closed minutes never change ---


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_database_refuses_to_change_delete_or_truncate(closed, table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        columns = [column.name for column in cursor.description]
    for column in columns:
        refused(f"UPDATE {table} SET {column} = {column}", match="denied")
    refused(f"DELETE FROM {table}", match="denied")
    refused(f"TRUNCATE {table} CASCADE", match="denied")


def test_not_even_the_owner_changes_closed_minutes(real_database, closed, owner):
    for table in TABLES:
        with pytest.raises(Exception, match="Cannot update"):
            owner.execute(f"UPDATE {table} SET id = id")
        with pytest.raises(Exception, match=r"Cannot (update or )?delete"):
            owner.execute(f"DELETE FROM {table}")


@pytest.mark.django_db
def test_a_setting_does_not_open_closed_minutes(closed, over, secretary):
    try_to_ignore_triggers(*TABLES)
    refused_rows(
        Remark(assembly=over, place="closing", version=1, text="x", author=secretary, at=closed.closed_at),
        match="are closed",
    )


@pytest.mark.django_db
def test_a_temporary_table_does_not_open_closed_minutes(closed, over, secretary):
    run("CREATE TEMPORARY TABLE assemblies_minutes (assembly_id bigint, number integer)")
    refused_rows(
        Remark(assembly=over, place="closing", version=1, text="x", author=secretary, at=closed.closed_at),
        match="are closed",
    )
    run("DROP TABLE pg_temp.assemblies_minutes")


# --- how they are closed ---


@pytest.mark.django_db
def test_database_accepts_honest_minutes(book, over, members):
    Minutes.objects.bulk_create([forged(book, over, members)])
    assert Minutes.objects.get().number == 1


@pytest.mark.django_db
def test_database_refuses_second_minutes_of_an_assembly(closed):
    refused_rows(like(closed, number=13), match="are closed")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 11, 12, 14, 100])
def test_database_keeps_the_numbers_without_gaps(book, desk, members, closed, number):
    later = held(desk, members, later=timedelta(days=7))
    refused_rows(forged(book, later, members, number=number), match="do not follow 12")


@pytest.mark.django_db
def test_database_refuses_number_zero(book, over, members):
    refused_rows(forged(book, over, members, number=0), match="minutes_are_numbered_from_one")


@pytest.mark.django_db
def test_database_refuses_the_writer_as_closer(book, over, members, secretary):
    forgery = forged(book, over, members, closed_by=secretary)
    refused_rows(forgery, match="closed_by_somebody_else|somebody else closes")


@pytest.mark.django_db
def test_database_refuses_another_writer_than_the_one_who_wrote(book, over, members, secretary):
    refused_rows(forged(book, over, members, written_by=members[6]), match="somebody else wrote")


@pytest.mark.django_db
def test_database_refuses_no_writer_where_somebody_wrote(book, over, members, secretary):
    nobody = forged(book, over, members, written_by=None, closed_by=secretary)
    refused_rows(nobody, match="somebody else wrote")


@pytest.mark.django_db
def test_database_refuses_the_seal_of_another_text(book, over, members):
    refused_rows(forged(book, over, members, text="Nada.\n"), match="seal is of another text")


@pytest.mark.django_db
@pytest.mark.parametrize("named", [[], [{"number": 4}], [{"number": 6}, {"number": 4}]])
def test_database_refuses_other_signers_than_those_named(book, over, members, named):
    made = forged(book, over, members)
    made.facts["signers"]["named"] = named
    refused_rows(made, match="others were named")


@pytest.mark.django_db
def test_database_refuses_minutes_of_a_session_that_goes_on(desk, members, book):
    over = held(desk, members)
    made = forged(book, over, members)
    going_on = desk.convene(starts_at=desk.at.hour + timedelta(days=7))
    made.assembly = going_on
    refused_rows(made, match="is not over")


# --- what is written beside them ---


@pytest.mark.django_db
def test_database_refuses_a_version_that_does_not_follow(book, over, secretary):
    book.write(over, "closing", "Uno.")
    for version in (0, 1, 3):
        row = Remark(
            assembly=over, place="closing", version=version, text="x", author=secretary, at=book.later
        )
        refused_rows(row, match="does not follow|duplicate key")


@pytest.mark.django_db
def test_database_refuses_a_remark_on_an_item_of_another_assembly(book, desk, over, members, secretary):
    other = desk.convene(starts_at=desk.at.hour + timedelta(days=7)).items.get(position=1)
    row = Remark(
        assembly=over, place="item", item=other, version=1, text="x", author=secretary, at=book.later
    )
    refused_rows(row, match="of another assembly")


@pytest.mark.django_db
def test_database_refuses_a_remark_without_its_place(book, over, secretary):
    row = Remark(assembly=over, place="item", version=1, text="x", author=secretary, at=book.later)
    refused_rows(row, match="remark_names_its_item")


@pytest.mark.django_db
def test_database_refuses_a_remark_during_the_session(book, session, secretary):
    row = Remark(assembly=session, place="opening", version=1, text="x", author=secretary, at=book.later)
    refused_rows(row, match="no draft yet")


@pytest.mark.django_db
def test_database_refuses_a_signer_who_was_not_there(book, over, secretary):
    absent = people.new_member(70, "Ausente", "Pablo")
    absent.save()
    row = Signer(assembly=over, naming=1, position=1, member=absent, named_by=secretary, at=book.later)
    refused_rows(row, match="was not there")


@pytest.mark.django_db
@pytest.mark.parametrize("naming", [0, 1, 4])
def test_database_refuses_a_naming_that_does_not_follow(book, over, members, secretary, naming):
    book.name(over, [members[3], members[5]])
    book.name(over, [members[4], members[5]])
    row = Signer(
        assembly=over, naming=naming, position=3, member=members[6], named_by=secretary, at=book.later
    )
    refused_rows(row, match="does not follow")


# --- nothing about a closed assembly changes ---


@pytest.mark.django_db
def test_nobody_leaves_a_closed_assembly_at_another_hour(over):
    refused("UPDATE assemblies_attendance SET left_at = now()", match="Cannot update|is closed")


@pytest.mark.django_db
def test_nobody_who_stayed_on_the_list_leaves_after_the_close(desk, session):
    """Closed by SQL, with people still inside: their hour cannot be written any more."""
    run(
        "UPDATE assemblies_assembly SET state = 'closed', closed_at = opened_at + interval '1 hour'"
        f" WHERE id = {session.pk}"
    )
    refused("UPDATE assemblies_attendance SET left_at = now()", match="is closed")


@pytest.mark.django_db
def test_nothing_joins_a_closed_assembly(desk, over, members):
    item = over.items.get(position=1)
    refused_rows(AgendaItem(assembly=over, position=9, title="Otro"), match="closed")
    motion = Motion(
        item=item,
        title="Otra",
        mover=members[3],
        seconder=members[4],
        state="seconded",
        moved_at=desk.at.moving,
    )
    refused_rows(motion, match="closed")
    refused_rows(
        Attendance(assembly=over, member=members[3], arrived_at=desk.at.moving, channel="desk"),
        match="is closed",
    )


@pytest.mark.django_db
def test_no_motion_of_a_closed_assembly_is_seconded_or_withdrawn(desk, session, members):
    motion = desk.move(session, members[3])
    run(
        "UPDATE assemblies_assembly SET state = 'closed', closed_at = opened_at + interval '1 hour'"
        f" WHERE id = {session.pk}"
    )
    refused(f"UPDATE assemblies_motion SET state = 'withdrawn' WHERE id = {motion.pk}", match="closed")


@pytest.mark.django_db
def test_no_poll_opens_in_a_closed_assembly(desk, session, motion):
    run(
        "UPDATE assemblies_assembly SET state = 'closed', closed_at = opened_at + interval '1 hour'"
        f" WHERE id = {session.pk}"
    )
    row = Poll(
        assembly=session,
        motion=motion,
        opened_at=desk.at.voting,
        opened_by=desk.president,
        statute_id=1,
        majority_rule={},
        on_register=7,
        present=7,
        quorum=4,
        quorum_source="ET 37",
    )
    refused_rows(row, match="closed")


# --- at once ---


def test_of_two_who_close_at_once_one_closes(real_database, book, over, members, president):
    book.write(over)
    book.name(over, [members[3], members[5]])
    seen = book.seen(over)

    def close(who: Member) -> str:
        try:
            return str(book.close(over, seen=seen, by=who).number)
        except Exception as error:
            return type(error).__name__

    outcome = at_once([lambda: close(book.closer), lambda: close(president)])
    assert sorted(outcome) == ["1", "MinutesAlreadyClosed"]
    assert Minutes.objects.count() == 1


def test_writing_and_closing_at_once_never_lose_a_text(real_database, book, over, members):
    """Either the text is in what was closed, or it was refused."""
    book.write(over, "1", "Antes.")
    book.name(over, [members[3], members[5]])
    seen = book.seen(over)

    def write() -> str:
        try:
            book.write(over, "3", "Al mismo tiempo.")
        except Exception as error:
            return type(error).__name__
        return "written"

    def close() -> str:
        try:
            book.close(over, seen=seen)
        except Exception as error:
            return type(error).__name__
        return "closed"

    assert at_once([write, close]) in (
        ["written", "MinutesTextChanged"],
        ["MinutesAlreadyClosed", "closed"],
    )
