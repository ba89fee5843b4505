"""Posting in real transactions: one after the other, and several at once."""

import pytest
from django.db import DatabaseError, connection, transaction

from coop.ledger import chart
from coop.ledger.domain import Posting, balance, post, reverse
from coop.ledger.errors import AlreadyReversed, KeyTaken
from coop.ledger.models import Account, Entry, Line
from coop.members.models import Member
from coop.powers import system
from coop.statute.models import Cooperative
from tests.ledger.books import AT, DAY, account, bought, moves
from tests.support.database import RealDatabase
from tests.support.raw import refused, run
from tests.support.together import at_once, failed, succeeded

pytestmark = pytest.mark.usefixtures("real_database")


def test_database_refuses_a_line_in_an_entry_that_was_committed(cooperative: Cooperative) -> None:
    entry = bought()
    cash = account(chart.cash()).pk
    refused(
        "INSERT INTO ledger_line (entry_id, position, account_id, cents, memo) VALUES (%s, 3, %s, 5, '')",
        [entry.pk, cash],
        match="is posted: no line joins it",
    )


def test_a_transaction_that_the_client_claims_is_not_believed(cooperative: Cooperative) -> None:
    """The number of the next transaction, written ahead, would let lines in later."""
    bought()
    one, other = Account.objects.values_list("pk", flat=True)
    with transaction.atomic():
        run(
            "INSERT INTO ledger_entry (id, key, at, day, memo, by_name, size, opened_in) VALUES"
            " (900, 'k', now(), now(), '', 'x', 2, pg_current_xact_id()::text::bigint + 1)"
        )
        Line.objects.bulk_create(
            [
                Line(entry_id=900, position=1, account_id=one, cents=5),
                Line(entry_id=900, position=2, account_id=other, cents=-5),
            ]
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            mine = cursor.fetchone()[0]
    assert Entry.objects.get(pk=900).opened_in == mine


def test_an_entry_that_does_not_balance_is_refused_at_the_commit(cooperative: Cooperative) -> None:
    bought()
    one, other = Account.objects.values_list("pk", flat=True)

    @transaction.atomic
    def by_hand() -> None:
        entry = Entry.objects.create(key="k", at=AT, day=DAY, memo="", by_name="x", size=2)
        Line.objects.create(entry=entry, position=1, account_id=one, cents=5)
        Line.objects.create(entry=entry, position=2, account_id=other, cents=-6)

    with pytest.raises(DatabaseError, match="does not balance"):
        by_hand()
    assert Entry.objects.count() == 1


def test_the_same_key_in_four_hands_leaves_one_entry(
    cooperative: Cooperative, real_database: RealDatabase
) -> None:
    outcomes = at_once([lambda: bought("once")] * 4)
    assert failed(outcomes) == []
    assert len({entry.pk for entry in succeeded(outcomes)}) == 1
    assert (Entry.objects.count(), Line.objects.count(), Account.objects.count()) == (1, 2, 2)


def test_one_key_for_two_different_entries_at_once_leaves_one(cooperative: Cooperative) -> None:
    outcomes = at_once([lambda: bought("once", 100), lambda: bought("once", 200)])
    assert failed(outcomes) == [KeyTaken]
    assert Entry.objects.count() == 1


def test_accounts_opened_by_many_at_once_are_opened_once(cooperative: Cooperative) -> None:
    """In different orders, so that nobody waits for somebody who waits for them."""
    people = [(number, f"Persona {number}") for number in range(1, 20)]

    def posting(turn: int) -> Entry:
        order = people[turn:] + people[:turn]
        due = [(chart.pay_due(*person), -10) for person in order]
        postings = moves((chart.pay_expense(), 190), *due)
        return post(key=f"run {turn}", day=DAY, memo="m", postings=postings, by=system(), at=AT)

    outcomes = at_once([lambda turn=turn: posting(turn * 4) for turn in range(4)])
    assert failed(outcomes) == []
    assert Account.objects.count() == 20
    assert [balance("5.1"), balance("2.1.7")] == [760, -40]


def test_accounts_wait_for_one_that_another_transaction_opens_by_hand(cooperative: Cooperative) -> None:
    def by_hand() -> None:
        with transaction.atomic():
            Account.objects.create(code="1.1", kind="asset", name="Caja")
            run("SELECT pg_sleep(0.3)")

    def by_verb() -> Entry:
        run("SELECT pg_sleep(0.1)")
        return bought()

    assert failed(at_once([by_hand, by_verb])) == []
    assert Account.objects.filter(code="1.1").count() == 1


def test_two_who_reverse_at_once_leave_one_reversal(cooperative: Cooperative, treasurer: Member) -> None:
    entry = bought()

    def back() -> Entry:
        return reverse(entry_id=entry.pk, reason="Mal cargado", by=treasurer.actor, at=AT)

    outcomes = at_once([back, back])
    assert failed(outcomes) == [AlreadyReversed]
    assert (Entry.objects.count(), balance("1.1")) == (2, 0)


def test_ten_thousand_lines_are_one_entry(cooperative: Cooperative) -> None:
    people = [Posting(chart.pay_due(number, "Juana"), -1) for number in range(1, 10_000)]
    entry = post(
        key="big",
        day=DAY,
        memo="m",
        postings=[Posting(chart.pay_expense(), 9_999), *people],
        by=system(),
        at=AT,
    )
    assert (entry.lines.count(), balance("5.1")) == (10_000, 9_999)
