"""`manage.py open_shares`: the register's shares into the books, answered for by who keeps the accounts."""

import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from coop.members.models import Member
from coop.shares.enums import Way
from coop.shares.models import Subscription
from tests.shares.sharing import Drawer

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("open_shares", *map(str, arguments), stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def held(drawer: Drawer, members: list[Member]) -> list[Member]:
    """Two of them had shares before there were books."""
    Member.objects.filter(number=4).update(shares_subscribed=100, shares_paid_in=Decimal("25.50"))
    Member.objects.filter(number=5).update(shares_subscribed=10, shares_paid_in=10)
    return members


def test_it_takes_in_what_the_register_says_and_tells_how_much(held: list[Member], drawer: Drawer) -> None:
    told = json.loads(run("--by", drawer.treasurer.number, "--from-pay", "--json"))
    assert told == {"members": 2, "shares": 110, "cents": 3_550_000}
    assert {one.ways.get().way for one in Subscription.objects.filter(ways__isnull=False)} <= {Way.PAY}


def test_a_dry_run_counts_and_opens_nothing(held: list[Member]) -> None:
    assert run("--dry-run") == "members 2, shares 110"
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("by", [[], ["--by", "999"]])
def test_somebody_must_answer_for_it(held: list[Member], by: list[str]) -> None:
    with pytest.raises(CommandError, match="who keeps the accounts today"):
        run(*by)
    assert Subscription.objects.count() == 0


def test_whoever_does_not_keep_the_accounts_is_refused(held: list[Member], member: Member) -> None:
    with pytest.raises(CommandError):
        run("--by", member.number)
    assert Subscription.objects.count() == 0


def test_a_second_time_there_is_nothing_to_open(held: list[Member], drawer: Drawer) -> None:
    run("--by", drawer.treasurer.number)
    with pytest.raises(CommandError):
        run("--by", drawer.treasurer.number)
    assert Subscription.objects.count() == 2
