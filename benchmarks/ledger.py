"""Posting a balanced entry of 2, 1,000 and 10,000 lines to accounts that are open, its commit included.

Besides: what the one deferred trigger takes of it, run by itself before the commit.
"""

import statistics
import time
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from coop.ledger import chart
from coop.ledger.domain import Posting, post
from coop.powers import system
from tests.support import people
from tests.support.database import RealDatabase

SIZES = {2: 100, 1_000: 10, 10_000: 5}


def run(database: RealDatabase) -> None:
    people.make_cooperative()
    print("ledger, one balanced entry posted and committed")
    trigger = deferred_trigger()
    for size, times in SIZES.items():
        post_one(size, "open the accounts", trigger)
        taken = [post_one(size, str(turn), trigger) for turn in range(times)]
        whole = statistics.median(both for both, _ in taken)
        check = statistics.median(check for _, check in taken)
        print(f"  {size:6} lines   median {whole:7.1f} ms   the deferred trigger {check:5.1f} ms of it")


def post_one(size: int, key: str, trigger: str) -> tuple[float, float]:
    """Milliseconds: the whole, and the trigger's part."""
    due = [Posting(chart.pay_due(number, "Juana Pérez"), -100) for number in range(1, size)]
    postings = [Posting(chart.pay_expense(), 100 * (size - 1)), *due]
    begun = time.perf_counter()
    with transaction.atomic():
        post(
            key=f"{size} {key}",
            day=date(2026, 10, 31),
            memo="Liquidación",
            postings=postings,
            by=system(),
            at=timezone.now(),
        )
        check = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {trigger} IMMEDIATE")
        checked = time.perf_counter() - check
    return (time.perf_counter() - begun) * 1000, checked * 1000


def deferred_trigger() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'ledger_entry'::regclass AND tginitdeferred"
            " AND NOT tgisinternal"
        )
        return str(cursor.fetchone()[0])
