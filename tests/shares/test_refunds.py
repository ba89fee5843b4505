"""The queue of refunds, over the years."""

from datetime import date
from decimal import Decimal

import pytest

from coop.common.errors import NotAllowed
from coop.ledger.domain import balances
from coop.members.errors import WrongMatter
from coop.members.models import Member
from coop.shares import errors
from coop.shares.domain import refunds
from coop.shares.domain.position import NOTHING, capital_on, position_of
from coop.shares.models import RefundPayment, RefundYear
from coop.statute.models import Matter
from tests.shares.sharing import NOW, TODAY, Drawer, resolution

pytestmark = pytest.mark.django_db
YEAR = 10_000_000  # what one whole subscription of 100 shares is worth


@pytest.fixture
def capital(drawer: Drawer, members: list[Member]) -> Drawer:
    """Seven with 100 shares each, paid in during 2025; now it is 2026."""
    then = drawer.on(date(2025, 6, 2))
    for one in members:
        then.whole(one)
    return drawer


def test_leaving_turns_capital_into_a_debt_with_a_place_in_the_queue(capital: Drawer, member):
    capital.leaves(member)
    asked = capital.ask(member)
    assert (asked.paid_cents, asked.lost_cents, asked.cents) == (YEAR, 0, YEAR)
    assert balances(["3.3.4", "2.4.4"]) == {"3.3.4": 0, "2.4.4": -YEAR}
    assert position_of(member.pk) == NOTHING
    assert [(one.pk, left) for one, left in refunds.waiting()] == [(asked.pk, YEAR)]
    member.refresh_from_db()
    assert (member.shares_subscribed, member.shares_paid_in) == (0, 0)


def test_a_year_pays_back_a_twentieth_of_what_was_paid_in_when_it_began(capital: Drawer, members):
    first, second = (capital.leaves(members[index]) for index in (3, 4))
    one, two = capital.ask(first), capital.ask(second)
    year = refunds.year_of(TODAY)
    assert (year.capital, year.cap, year.room) == (7 * YEAR, 3_500_000, 3_500_000)
    assert refunds.payable(TODAY) == {one.pk: 3_500_000}
    capital.refund(one, 3_500_000)
    assert refunds.payable(TODAY) == {}
    with pytest.raises(errors.OverTheCap):
        capital.refund(one, 1)
    with pytest.raises(errors.NotTheFirst):
        capital.refund(two, 1)


def test_three_years_of_a_queue(capital: Drawer, members):
    """70 million in 2026, 50 of it left for 2027 and 2028: 5% a year, first come, first served."""
    one = capital.ask(capital.leaves(members[3]))
    two = capital.later(days=1).ask(capital.leaves(members[4]))
    capital.later(days=2).refund(one, 3_500_000)
    next_year = capital.on(date(2027, 3, 10))
    assert refunds.year_of(next_year.today).cap == 2_500_000
    next_year.refund(one, 2_500_000)
    third = capital.on(date(2028, 3, 10))
    third.refund(one, 2_500_000)
    with pytest.raises(errors.OverTheCap):
        third.refund(one, 1)
    fourth = capital.on(date(2029, 3, 10))
    fourth.refund(one, 1_500_000)
    fourth.refund(two, 1_000_000)
    assert [(asked.pk, left) for asked, left in refunds.waiting()] == [(two.pk, YEAR - 1_000_000)]
    assert balances(["2.4.4", "2.4.5"]) == {"2.4.4": 0, "2.4.5": 1_000_000 - YEAR}
    assert list(RefundYear.objects.order_by("year").values_list("year", "cap")) == [
        *((2026, 3_500_000), (2027, 2_500_000), (2028, 2_500_000), (2029, 2_500_000))
    ]


def test_what_is_paid_in_later_does_not_change_a_years_cap(capital: Drawer, members):
    asked = capital.ask(capital.leaves(members[3]))
    capital.refund(asked, 1)
    capital.subscribe(members[4], 100, instalments=0)
    capital.pay(members[4], YEAR)
    assert refunds.year_of(TODAY).cap == 3_500_000


def test_the_order_is_of_the_day_one_asked_and_then_of_coming(capital: Drawer, members):
    late = capital.ask(capital.leaves(members[3], date(2026, 3, 1)), date(2026, 3, 9))
    early = capital.ask(capital.leaves(members[4], date(2026, 3, 1)), date(2026, 3, 2))
    same = capital.ask(capital.leaves(members[5], date(2026, 3, 1)), date(2026, 3, 9))
    assert [one.pk for one, _left in refunds.waiting()] == [early.pk, late.pk, same.pk]


@pytest.mark.parametrize(
    ("cents", "receipt", "error"),
    [
        (0, "9", errors.NothingPaid),
        (1, "", errors.ReceiptMissing),
        (1, "r-7", errors.ReceiptTaken),
        (YEAR, "9", errors.MoreThanIsOwed),
        (3_500_000, "9", errors.OverTheCap),
    ],
)
def test_a_refund_that_cannot_be_is_refused(capital: Drawer, member, cents, receipt, error):
    asked = capital.ask(capital.leaves(member))
    capital.refund(asked, 1, "R-7")
    with pytest.raises(error) as refused:
        refunds.pay_refund(
            request_id=asked.pk, cents=cents, receipt=receipt, day=TODAY, by=capital.treasurer.actor, at=NOW
        )
    assert str(refused.value)
    assert RefundPayment.objects.count() == 1


def test_nobody_asks_before_leaving_or_twice_or_for_nothing(capital: Drawer, member, members):
    with pytest.raises(errors.HasNotLeft):
        capital.ask(member)
    capital.leaves(member)
    with pytest.raises(errors.NotThatDay):
        capital.ask(member, date(2026, 3, 9))
    with pytest.raises(errors.NotThatDay):
        capital.ask(member, date(2026, 3, 11))
    capital.ask(member)
    with pytest.raises(errors.NothingToRefund):
        capital.ask(member)


def test_only_who_keeps_the_accounts_writes_refunds(capital: Drawer, member, secretary):
    capital.leaves(member)
    with pytest.raises(NotAllowed):
        refunds.request_refund(member_id=member.pk, asked_on=TODAY, by=secretary.actor, at=NOW)


def test_losses_that_an_assembly_resolved_come_off_the_nominal_value(capital: Drawer, members, secretary):
    with pytest.raises(WrongMatter, match="decisión de trabajo"):
        refunds.set_loss(
            resolution_id=resolution(secretary).pk,
            millionths=1,
            holds_from=TODAY,
            by=capital.treasurer.actor,
            at=NOW,
        )
    decided = resolution(secretary, "Pérdida de 2025", matter=Matter.ANNUAL_REPORT)
    refunds.set_loss(
        resolution_id=decided.pk,
        millionths=82_500,
        holds_from=date(2026, 3, 5),
        by=capital.treasurer.actor,
        at=NOW,
    )
    before = capital.ask(capital.leaves(members[3], date(2026, 3, 4)))
    after = capital.ask(capital.leaves(members[4], date(2026, 3, 5)))
    assert (before.lost_cents, after.lost_cents, after.cents) == (0, 825_000, 9_175_000)
    assert balances(["3.8", "2.4.5", "3.3.5"]) == {"3.8": -825_000, "2.4.5": -9_175_000, "3.3.5": 0}
    assert after.loss.resolution == decided
    with pytest.raises(errors.LossAlreadySet):
        refunds.set_loss(
            resolution_id=decided.pk, millionths=1, holds_from=TODAY, by=capital.treasurer.actor, at=NOW
        )


def test_who_left_before_these_books_asks_too(drawer: Drawer, member):
    Member.objects.filter(pk=member.pk).update(shares_subscribed=100, shares_paid_in=Decimal("75"))
    drawer.leaves(member, date(2020, 5, 5))
    asked = drawer.ask(member)
    assert asked.cents == 7_500_000
    assert capital_on(date(2026, 1, 1)) == 7_500_000
    assert capital_on(date(2026, 3, 11)) == 0


def test_who_comes_back_subscribes_anew_and_keeps_the_place_in_the_queue(capital: Drawer, member):
    asked = capital.ask(capital.leaves(member))
    Member.objects.filter(pk=member.pk).update(left_on=None, leaving_reason="")
    back = capital.later(days=3)
    back.subscribe(member, 10, instalments=0)
    back.pay(member, 400_000)
    held = position_of(member.pk)
    assert (held.shares, held.paid, held.left) == (10, 400_000, 600_000)
    assert [one.pk for one, _left in refunds.waiting()] == [asked.pk]


def test_nobody_is_put_before_who_waits_by_a_day_of_long_ago(capital: Drawer, members):
    capital.ask(capital.leaves(members[3], date(2026, 3, 1)), date(2026, 3, 9))
    gone = capital.leaves(members[4], date(2026, 1, 5))
    with pytest.raises(errors.WouldOvertake):
        capital.ask(gone, date(2026, 1, 6))
    assert capital.ask(gone, date(2026, 2, 20)).asked_on == date(2026, 2, 20)
