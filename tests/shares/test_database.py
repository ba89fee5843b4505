"""What the database refuses about shares, with SQL of the application's role; and what the proofs find."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from coop.common.proof import proofs
from coop.members.models import Member
from coop.shares.domain import bank, refunds
from coop.shares.models import Loss, Payment, RefundPayment, Subscription
from coop.statute.models import Matter
from tests.shares.sharing import CBU, NOW, TODAY, Drawer, resolution
from tests.support import people
from tests.support.database import Databases, cloned
from tests.support.raw import refused, refused_rows

TABLES = (
    *("shares_subscription", "shares_payment", "shares_refundrequest", "shares_refundpayment"),
    *("shares_refundyear", "shares_bankchange", "shares_loss", "ledger_line", "statute_statuteversion"),
)


@pytest.fixture(scope="module")
def written_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[str]:
    with django_db_blocker.unblock(), cloned(databases) as kept:
        fill(people.make_house())
        assert broken() == {}
        yield kept.name


@pytest.fixture
def full(written_once: str, drawer: Drawer) -> Drawer:
    return drawer


def fill(members: list[Member]) -> None:
    """Paid in during 2025; two have left, the first has been paid a part."""
    drawer = Drawer(members[2])
    then = drawer.on(date(2025, 6, 2))
    for one in members[2:]:
        then.whole(one)
    first = drawer.ask(drawer.leaves(members[5]))
    drawer.ask(drawer.leaves(members[6]))
    drawer.refund(first, 1_000_000)
    refunds.set_loss(
        resolution_id=resolution(drawer.treasurer, matter=Matter.ANNUAL_REPORT).pk,
        millionths=100_000,
        holds_from=TODAY,
        by=drawer.treasurer.actor,
        at=NOW,
    )
    change = bank.ask(member_id=members[3].pk, account=CBU, by=members[3].actor, at=NOW)
    bank.confirm_second(change_id=change.pk, by=members[0].actor, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        *("subscription", "waychosen", "payment", "refundrequest", "refundyear", "refundpayment", "loss"),
        "paymentmethod",
    ],
)
def test_nothing_of_it_changes_or_goes(full: Drawer, table: str):
    refused(f"UPDATE shares_{table} SET at = now()", match="denied")
    refused(f"DELETE FROM shares_{table}", match="denied")


@pytest.mark.django_db
def test_a_payment_without_its_entry_is_refused(full: Drawer, members: list[Member]):
    old = Payment.objects.filter(member=members[2]).get()
    values = {"member": members[3], "came": "desk", "day": TODAY, "at": NOW, "by": full.treasurer}
    refused_rows(Payment(**values, cents=5, receipt="x", entry=old.entry), match="its entry posts")
    refused_rows(Payment(**values, cents=0, receipt="x", entry=old.entry), match="takes_back_another_or_pays")
    refused_rows(Payment(**values, cents=5, receipt="", entry=old.entry), match="says_how_it_came")
    values |= {"member": members[2], "cents": 10_000_000, "entry": old.entry}
    refused_rows(Payment(**values, receipt="x"), match="share_payment_once_in_an_entry")


@pytest.mark.django_db
def test_more_than_was_subscribed_is_not_paid_in(full: Drawer, members: list[Member]):
    from coop.ledger import chart
    from coop.ledger.domain import Posting, post

    who = members[3]
    lines = [Posting(chart.cash(), 5), Posting(chart.capital(who.number, who.name), -5)]
    entry = post(key="x", day=TODAY, memo="x", postings=lines, by=full.treasurer.actor, at=NOW)
    refused_rows(
        Payment(
            member=who, came="desk", day=TODAY, cents=5, receipt="x", entry=entry, at=NOW, by=full.treasurer
        ),
        match="paid in of",
    )


@pytest.mark.django_db
def test_shares_are_so_many_times_their_value(full: Drawer, members: list[Member]):
    values = {"member": members[0], "basis": "admission", "day": TODAY, "at": NOW, "by": full.treasurer}
    values |= {"shares": 2, "value": 100, "instalments": 0}
    refused_rows(Subscription(**values, cents=201, first_cents=201), match="shares_at_their_value")
    refused_rows(Subscription(**values, cents=200, first_cents=100), match="paid_by_its_plan")
    values |= {"basis": "resolution", "cents": 200, "first_cents": 200}
    refused_rows(Subscription(**values), match="cites_its_resolution")


@pytest.mark.django_db
def test_no_year_pays_over_its_cap_and_nobody_before_their_turn(full: Drawer):
    paid = RefundPayment.objects.get()
    second = paid.request.__class__.objects.exclude(pk=paid.request_id).get()
    values = {"year": paid.year, "day": TODAY, "at": NOW, "by": full.treasurer, "receipt": "z"}
    entry = second.entry
    refused_rows(
        RefundPayment(**values, request=paid.request, cents=1_500_001, entry=entry), match="does not pay that"
    )
    refused_rows(RefundPayment(**values, request=second, cents=1, entry=entry), match="first come")
    refused_rows(RefundPayment(**values, request=paid.request, cents=1, entry=entry), match="does not post")
    values |= {"day": date(2027, 1, 1)}
    refused_rows(
        RefundPayment(**values, request=paid.request, cents=1, entry=entry), match="does not pay that"
    )


@pytest.mark.django_db
def test_shares_and_losses_rest_on_a_resolution_of_the_right_matter(full: Drawer, members: list[Member]):
    values = {"member": members[2], "basis": "resolution", "day": TODAY, "at": NOW, "by": full.treasurer}
    values |= {"shares": 2, "value": 100, "instalments": 0, "cents": 200, "first_cents": 200}
    loss = {"holds_from": TODAY, "millionths": 5, "at": NOW, "by": full.treasurer}
    for matter in (Matter.ELECTION, Matter.STATUTE_REFORM, Matter.ANNUAL_REPORT):
        cited = resolution(full.treasurer, matter=matter)
        refused_rows(Subscription(**values, resolution=cited), match="by a resolution of that matter")
    for matter in (Matter.ELECTION, Matter.ORDINARY_DECISION, Matter.MEMBERSHIP):
        cited = resolution(full.treasurer, matter=matter)
        refused_rows(Loss(**loss, resolution=cited), match="by a resolution of that matter")


# --- what the owner falsifies ---


def broken() -> dict[str, str]:
    found = {
        proof.name: proof.run().broken for proof in proofs() if proof.name in ("shares", "refunds", "bank")
    }
    return {name: one.says for name, one in found.items() if one}


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE shares_subscription SET value = 1, cents = shares, first_cents = shares", "shares"),
        (
            "UPDATE shares_payment SET cents = cents + 1 WHERE id = (SELECT min(id) FROM shares_payment)",
            "shares",
        ),
        ("UPDATE ledger_line SET cents = cents * 2", "shares"),
        ("UPDATE shares_refundyear SET cap = cap + 1", "refunds"),
        ("UPDATE shares_refundyear SET capital = capital + 20", "refunds"),
        ("UPDATE shares_refundpayment SET cents = cents + 1", "refunds"),
        (
            "UPDATE shares_refundrequest SET asked_on = asked_on + 9 WHERE id = (SELECT min(id) FROM "
            "shares_refundrequest)",
            "refunds",
        ),
        (
            "UPDATE shares_subscription SET first_cents = first_cents - 5, instalments = 3 WHERE id = "
            "(SELECT min(id) FROM shares_subscription)",
            "shares",
        ),
        (
            "UPDATE shares_subscription SET day = day - 1 WHERE id = (SELECT max(id) FROM "
            "shares_subscription)",
            "shares",
        ),
        (
            "UPDATE shares_payment SET receipt = 'Z-9' WHERE id = (SELECT min(id) FROM shares_payment)",
            "shares",
        ),
        ("UPDATE shares_refundpayment SET receipt = 'Z-9'", "refunds"),
        ("UPDATE shares_loss SET millionths = 5", "refunds"),
        ("UPDATE shares_loss SET holds_from = holds_from - 1", "refunds"),
        ("UPDATE members_member SET bank_account = '0110599520000001235579' WHERE number = 4", "bank"),
        ("UPDATE shares_bankchange SET new = '0110599520000001235579'", "bank"),
        ("UPDATE shares_bankchange SET old = '0110599520000001235579'", "bank"),
    ],
)
def test_verify_names_what_was_falsified(
    real_database: object, full: Drawer, owner: psycopg.Connection, statement: str, name: str
):
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(statement).rowcount > 0
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert name in broken()
