"""What the database itself refuses, asked by SQL as the application's role."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from coop.ledger import chart
from coop.ledger.models import Account, Entry, Line
from tests.ledger.books import account, bought
from tests.support.raw import refused, refused_rows, run, try_to_ignore_triggers

pytestmark = pytest.mark.django_db
ENTRY = (
    "INSERT INTO ledger_entry (id, key, at, day, memo, by_name, size, opened_in, reverses_id)"
    " VALUES (%s, %s, now(), '2026-04-01', '', 'x', %s, %s, %s)"
)
LINE = "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo) VALUES (%s, %s, %s, %s, '')"
NO = 900_000


@pytest.fixture(autouse=True)
def books(cooperative: object) -> None:
    """An entry that is there, and the accounts it opened."""
    connection.check_constraints()
    bought("first")
    connection.check_constraints()


@pytest.fixture
def posted() -> Entry:
    """An entry of another transaction: to the database it is one, whoever reads the number."""
    return Entry.objects.get(key="first")


def expense() -> int:
    return account(chart.pay_expense()).pk


def cash() -> int:
    return account(chart.cash()).pk


def entry(number: int = NO, size: int = 2, opened_in: int = 0, reverses: int | None = None) -> None:
    run(ENTRY, [number, f"key {number}", size, opened_in, reverses])


def lines(number: int, *amounts: tuple[int, int], first: int = 1) -> None:
    for position, (account_id, cents) in enumerate(amounts, start=first):
        run(LINE, [number, position, account_id, cents])


@contextlib.contextmanager
def says_no(match: str) -> Iterator[None]:
    """Deferred rules are asked at the end, as at a commit."""
    with pytest.raises(DatabaseError, match=match), transaction.atomic():  # noqa: PT012
        yield
        connection.check_constraints()


def test_database_accepts_an_entry_that_balances() -> None:
    entry()
    lines(NO, (expense(), 5), (cash(), -5))
    connection.check_constraints()


def test_database_refuses_an_entry_that_does_not_balance() -> None:
    with says_no("does not balance: 1 cents"):
        entry()
        lines(NO, (expense(), 5), (cash(), -4))


@pytest.mark.parametrize("amounts", [0, 1])
def test_database_refuses_an_entry_without_its_lines(amounts: int) -> None:
    with says_no(f"has {amounts} of its 2 lines"):
        entry()
        lines(NO, *[(expense(), 5)] * amounts)


def test_database_refuses_an_entry_of_fewer_than_two_lines() -> None:
    refused(ENTRY, [NO, "k", 1, 0, None], match="entry_has_two_lines_or_more")
    refused(ENTRY, [NO, "k", 0, 0, None], match="entry_has_two_lines_or_more")


def test_database_refuses_a_line_more_than_the_entry_has() -> None:
    entry()
    lines(NO, (expense(), 5), (cash(), -5))
    refused(LINE, [NO, 3, expense(), 5], match="no place for another")
    refused(LINE, [NO, 2, expense(), 5], match="line_has_a_place_of_its_own")
    refused(LINE, [NO, 0, expense(), 5], match="line_places_begin_at_one")


def test_database_refuses_lines_after_an_early_check_in_the_same_transaction() -> None:
    """SET CONSTRAINTS runs the deferred trigger before its time, and it runs once."""
    entry()
    lines(NO, (expense(), 5), (cash(), -5))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    refused(LINE, [NO, 3, expense(), 5], match="no place for another")
    run("SET CONSTRAINTS ALL DEFERRED")
    refused(LINE, [NO, 3, expense(), 5], match="no place for another")


def test_database_refuses_an_early_check_that_finds_the_entry_half_written() -> None:
    with says_no("has 1 of its 2 lines"):
        entry()
        lines(NO, (expense(), 5))
        run("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_savepoint_is_the_same_transaction() -> None:
    entry()
    with transaction.atomic():
        lines(NO, (expense(), 5))
    with transaction.atomic():
        lines(NO, (cash(), -5), first=2)
    connection.check_constraints()


def test_what_a_savepoint_took_back_is_missing_at_the_end() -> None:
    with says_no("has 1 of its 2 lines"):
        entry()
        lines(NO, (expense(), 5))
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            lines(NO, (cash(), -5), first=2)
            raise ZeroDivisionError


@pytest.mark.parametrize("cents", [0, None])
def test_database_refuses_a_line_that_moves_nothing(cents: int | None) -> None:
    with says_no("line_moves_something|not-null"):
        entry()
        run(LINE, [NO, 1, expense(), cents])


def test_database_refuses_a_line_without_an_entry() -> None:
    refused(LINE, [NO, 1, expense(), 5], match="no line joins it")


def test_database_refuses_a_line_before_its_entry() -> None:
    """The foreign key would wait until the end."""
    with says_no("no line joins it"):
        lines(NO, (expense(), 5))
        entry()


def test_database_refuses_the_same_key_twice() -> None:
    refused(ENTRY, [NO, "first", 2, 0, None], match="duplicate key")
    refused(ENTRY, [NO, "", 2, 0, None], match="entry_has_a_key")


def test_database_refuses_a_second_account_of_one_code() -> None:
    refused_rows(Account(code="1.1", kind="asset", name="Otra caja"), match="duplicate key")
    refused_rows(Account(code="9", kind="money", name="Otra"), match="account_kind_is_known")
    refused_rows(Account(code="9", kind="asset", name=""), match="account_has_code_and_name")


def test_database_refuses_an_inexact_reversal(posted: Entry) -> None:
    with says_no("is not the exact reverse"):
        entry(reverses=posted.pk)
        lines(NO, (expense(), -99), (cash(), 99))


def test_database_refuses_a_reversal_on_other_accounts(posted: Entry) -> None:
    other = Account.objects.create(code="1.2", kind="asset", name="Otra caja")
    with says_no("is not the exact reverse"):
        entry(reverses=posted.pk)
        lines(NO, (expense(), -100), (other.pk, 100))


def test_database_accepts_an_exact_reversal_in_other_parts(posted: Entry) -> None:
    entry(size=3, reverses=posted.pk)
    lines(NO, (expense(), -60), (expense(), -40), (cash(), 100))
    connection.check_constraints()


def reverse_by_hand(number: int, reverses: int) -> None:
    entry(number, reverses=reverses)
    lines(number, (expense(), -100), (cash(), 100))
    connection.check_constraints()


def test_database_refuses_a_second_reversal(posted: Entry) -> None:
    reverse_by_hand(NO, posted.pk)
    refused(ENTRY, [NO + 1, "again", 2, 0, posted.pk], match="duplicate key")


def test_database_refuses_the_reversal_of_a_reversal_of_itself_and_of_nothing(posted: Entry) -> None:
    reverse_by_hand(NO, posted.pk)
    for reverses in (NO, NO + 1, NO + 7):
        refused(ENTRY, [NO + 1, "again", 2, 0, reverses], match="reverses none")


@pytest.mark.parametrize("model", [Account, Entry, Line])
def test_nothing_in_the_ledger_changes_or_goes(model: type[Account] | type[Entry] | type[Line]) -> None:
    table = model._meta.db_table
    for field in model._meta.concrete_fields:
        refused(f"UPDATE {table} SET {field.column} = {field.column}", match="denied")
    refused(f"DELETE FROM {table}", match="denied")
    refused(f"TRUNCATE {table} CASCADE", match="denied")
    refused(f"SELECT FROM {table} FOR UPDATE", match="denied")


def test_the_rules_cannot_be_ignored(posted: Entry) -> None:
    try_to_ignore_triggers("ledger_entry", "ledger_line", "ledger_account")
    test_database_refuses_an_entry_that_does_not_balance()
    test_database_refuses_lines_after_an_early_check_in_the_same_transaction()


def test_a_temporary_table_does_not_stand_in_for_the_entries() -> None:
    """Not even where the role may make one."""
    allowed = run("SELECT 1 WHERE has_database_privilege(current_database(), 'TEMP')")
    if allowed:
        run("CREATE TEMP TABLE ledger_entry (id bigint, opened_in bigint, size integer, reverses_id bigint)")
        run("INSERT INTO ledger_entry VALUES (%s, pg_current_xact_id()::text::bigint, 9, NULL)", [NO])
    with says_no("no line joins it"):
        lines(NO, (expense(), 5))


def test_one_deferred_trigger_checks_an_entry_and_none_its_lines() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tginitdeferred"
            " AND tgrelid IN ('ledger_entry'::regclass, 'ledger_line'::regclass)"
        )
        assert cursor.fetchall() == [("ledger_entry",)]
