"""SQL as the application's role against the books: each trick of a transaction."""

import pytest
from django.db import DatabaseError, connection, transaction

from coop.ledger.models import Account, Entry, Line
from coop.statute.models import Cooperative
from tests.ledger.books import bought
from tests.support.raw import refused, run

pytestmark = pytest.mark.usefixtures("real_database")
ENTRY = (
    "INSERT INTO ledger_entry (id, key, at, day, memo, by_name, size, opened_in)"
    " VALUES (900, 'k', {at}, {day}, '', 'x', 2, 0)"
)
LINES = "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo) VALUES "


@pytest.fixture
def accounts(cooperative: Cooperative) -> list[int]:
    bought()
    return list(Account.objects.order_by("pk").values_list("pk", flat=True))


def begun(at: str = "now()", day: str = "current_date") -> None:
    run(ENTRY.format(at=at, day=day))


def pair(accounts: list[int], cents: int = 5) -> str:
    one, other = accounts
    return f"{LINES} (900, 1, {one}, {cents}, ''), (900, 2, {other}, {-cents}, '')"


@transaction.atomic
def lines_taken_back_after_the_check(accounts: list[int]) -> None:
    begun()
    run("SAVEPOINT before")
    run(pair(accounts))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ROLLBACK TO SAVEPOINT before")


@transaction.atomic
def a_check_that_never_comes(accounts: list[int]) -> None:
    run("SET CONSTRAINTS ALL DEFERRED")
    begun()
    run(f"{LINES} (900, 1, {accounts[0]}, 5, '')")


@transaction.atomic
def one_sum_for_the_check_and_another_after_it(accounts: list[int]) -> None:
    begun()
    run(pair(accounts))
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run(f"{LINES} (900, 3, {accounts[0]}, 5, '')")


@transaction.atomic
def lines_of_a_table_of_ones_own(accounts: list[int]) -> None:
    run("CREATE TEMPORARY TABLE ledger_line (LIKE public.ledger_line)")
    begun()
    run(pair(accounts))


@transaction.atomic
def lines_by_copy(accounts: list[int]) -> None:
    begun()
    with connection.cursor() as cursor:
        cursor.connection.execute("SELECT 1")
        copy = "COPY ledger_line (entry_id, position, account_id, cents, memo) FROM STDIN"
        with cursor.cursor.copy(copy) as out:  # type: ignore[attr-defined]
            out.write(f"900\t1\t{accounts[0]}\t5\t\n900\t2\t{accounts[1]}\t-6\t\n")


TRICKS = [
    lines_taken_back_after_the_check,
    a_check_that_never_comes,
    one_sum_for_the_check_and_another_after_it,
    lines_of_a_table_of_ones_own,
    lines_by_copy,
]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_no_trick_of_a_transaction_leaves_an_entry_that_is_not_whole(
    accounts: list[int], trick: object
) -> None:
    with pytest.raises(DatabaseError):
        trick(accounts)  # type: ignore[operator]
    assert (Entry.objects.count(), Line.objects.count()) == (1, 2)


@pytest.mark.parametrize("day", ["'infinity'", "'-infinity'", "'0044-03-15 BC'", "'9999-12-31'"])
def test_an_entry_is_of_a_day_that_a_page_can_show(accounts: list[int], day: str) -> None:
    refused(ENTRY.format(at="now()", day=day), match="entry_is_of_a_day")
    refused(ENTRY.format(at=day, day="current_date"), match="entry_is_of_a_day")


def test_no_setting_lets_a_posted_line_change(accounts: list[int]) -> None:
    refused("SET session_replication_role = replica", match="permission denied")
    run("SET pgtrigger.ignore = '{ledger_line:append_only}'")
    refused("UPDATE ledger_line SET cents = 1", match="permission denied")
    refused("DELETE FROM ledger_line", match="permission denied")
