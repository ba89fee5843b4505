"""Subscribing, paying in, opening what the register said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from coop.common.errors import NotAllowed
from coop.ledger.domain import balances
from coop.members.errors import WrongMatter
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.shares import errors
from coop.shares.domain import paying, subscribing
from coop.shares.domain.position import (
    arrears,
    capital_on,
    paid_in,
    position_of,
    withholding,
)
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Basis, Way
from coop.shares.models import Payment, Subscription
from coop.statute.models import Matter, StatuteVersion
from tests.shares.sharing import NOW, TODAY, VALUE, Drawer, resolution
from tests.support.reform import reform

pytestmark = pytest.mark.django_db


def test_a_subscription_takes_the_value_first_payment_and_years_of_the_statute(drawer: Drawer, member):
    made = drawer.subscribe(member, 100)
    assert (made.value, made.cents, made.first_cents, made.instalments) == (VALUE, 10_000_000, 500_000, 60)
    held = position_of(member.pk)
    assert (held.shares, held.subscribed, held.paid, held.left) == (100, 10_000_000, 0, 10_000_000)
    assert held.due_by(TODAY) == 500_000
    assert held.due_by(date(2026, 4, 10)) == 500_000 + 158_334
    member.refresh_from_db()
    assert member.shares_subscribed == 100
    assert Entry.objects.get(act=Act.SHARES_SUBSCRIBED).facts["shares"] == 100


def test_the_value_is_of_the_version_in_force_on_its_day(drawer: Drawer, member):
    document = StatuteVersion.objects.get().document
    dearer = {**document, "shares": {**document["shares"], "value": 250_000}}
    reform(date(2026, 3, 5), dearer)
    assert drawer.subscribe(member, 1, day=date(2026, 3, 4)).value == VALUE
    assert drawer.subscribe(member, 1, day=date(2026, 3, 5)).value == 250_000


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"shares": 0}, errors.SharesOutOfRange),
        ({"shares": 1_000_001}, errors.SharesOutOfRange),
        ({"day": TODAY + timedelta(days=1)}, errors.NotThatDay),
        ({"day": TODAY - timedelta(days=31)}, errors.NotThatDay),
        ({"instalments": 61}, errors.TooManyInstalments),
        ({"instalments": -1}, errors.TooManyInstalments),
        ({"first": 499_999}, errors.FirstPaymentOutOfRange),
        ({"first": 10_000_001}, errors.FirstPaymentOutOfRange),
        ({"basis": Basis.RESOLUTION}, errors.ResolutionMissing),
        ({"basis": Basis.RESOLUTION, "resolution_id": 99}, errors.ResolutionMissing),
    ],
)
def test_what_the_statute_does_not_give_is_refused_and_nothing_is_written(drawer, member, wanted, error):
    asked = Wanted(**{"shares": 100, "day": TODAY, **wanted})
    with pytest.raises(error) as refused:
        subscribing.subscribe(member_id=member.pk, wanted=asked, by=drawer.treasurer.actor, at=NOW)
    assert str(refused.value)
    assert not Subscription.objects.exists()


def test_who_is_not_on_the_register_subscribes_nothing(drawer: Drawer, member):
    drawer.leaves(member)
    with pytest.raises(errors.NotAMember):
        drawer.subscribe(member)


def test_only_register_and_accounts_subscribe_and_only_accounts_take_money(
    drawer: Drawer, member, members, secretary, president
):
    wanted = Wanted(10, TODAY)
    subscribing.subscribe(member_id=member.pk, wanted=wanted, by=secretary.actor, at=NOW)
    for nobody in (member, president):
        with pytest.raises(NotAllowed):
            subscribing.subscribe(member_id=member.pk, wanted=wanted, by=nobody.actor, at=NOW)
    for nobody in (member, president, secretary):
        with pytest.raises(NotAllowed):
            paying.pay_at_desk(member_id=member.pk, cents=1, receipt="1", day=TODAY, by=nobody.actor, at=NOW)


def test_a_subscription_by_resolution_cites_it(drawer: Drawer, member, secretary):
    decided = resolution(secretary)
    asked = Wanted(5, TODAY, Basis.RESOLUTION, resolution_id=decided.pk)
    made = subscribing.subscribe(member_id=member.pk, wanted=asked, by=drawer.treasurer.actor, at=NOW)
    assert made.resolution == decided
    assert list(decided.subscriptions.all()) == [made]
    other = resolution(secretary, matter=Matter.ELECTION)
    asked = Wanted(5, TODAY, Basis.RESOLUTION, resolution_id=other.pk)
    with pytest.raises(WrongMatter, match="elección"):
        subscribing.subscribe(member_id=member.pk, wanted=asked, by=drawer.treasurer.actor, at=NOW)


def test_a_payment_at_the_desk_moves_cash_to_the_members_capital(drawer: Drawer, member):
    drawer.subscribe(member)
    paid = drawer.pay(member, 750_000, "0001-33")
    assert balances(["1.1", "3.3.4"]) == {"1.1": 750_000, "3.3.4": -750_000}
    assert position_of(member.pk).paid == 750_000
    member.refresh_from_db()
    assert member.shares_paid_in == Decimal("7.50")
    # The record says neither whose nor how much.
    assert Entry.objects.get(act=Act.SHARES_PAID).facts == {"receipt": "0001-33", "entry": paid.entry_id}


@pytest.mark.parametrize(
    ("cents", "receipt", "day", "error"),
    [
        (0, "9", TODAY, errors.NothingPaid),
        (1, " \u200b", TODAY, errors.ReceiptMissing),
        (1, "a-7", TODAY, errors.ReceiptTaken),
        (1, "9", date(2026, 3, 11), errors.NotThatDay),
        (1, "9", date(2025, 12, 31), errors.NotThatDay),
        (9_000_001, "9", TODAY, errors.MoreThanIsLeft),
    ],
)
def test_a_payment_that_cannot_be_is_refused(drawer: Drawer, member, cents, receipt, day, error):
    drawer.subscribe(member)
    drawer.pay(member, 1_000_000, "A-7")
    with pytest.raises(error) as refused:
        drawer.pay(member, cents, receipt, day)
    assert str(refused.value)
    assert Payment.objects.count() == 1


def test_a_mistake_at_the_desk_is_taken_back_whole_and_once(drawer: Drawer, member):
    drawer.subscribe(member)
    wrong = drawer.pay(member, 5_000_000, "7")
    paying.take_back(payment_id=wrong.pk, reason="Un cero de más", by=drawer.treasurer.actor, at=NOW)
    assert position_of(member.pk).paid == 0
    assert balances(["1.1", "3.3.4"]) == {"1.1": 0, "3.3.4": 0}
    with pytest.raises(errors.CannotTakeBack):
        paying.take_back(payment_id=wrong.pk, reason="Otra vez", by=drawer.treasurer.actor, at=NOW)
    # Its receipt is a paper that somebody holds: it is not given to another payment.
    with pytest.raises(errors.ReceiptTaken):
        drawer.pay(member, 500_000, "7")
    drawer.pay(member, 500_000, "8")
    assert position_of(member.pk).paid == 500_000


def test_a_mistake_is_taken_back_with_its_reason_or_not_at_all(drawer: Drawer, member):
    drawer.subscribe(member)
    wrong = drawer.pay(member, 100)
    with pytest.raises(errors.ReasonMissing):
        paying.take_back(payment_id=wrong.pk, reason="  ", by=drawer.treasurer.actor, at=NOW)


def test_two_subscriptions_are_paid_by_the_oldest_due_first(drawer: Drawer, member):
    drawer.subscribe(member, 10, day=date(2026, 2, 10), instalments=2)
    drawer.subscribe(member, 10, instalments=0)
    drawer.pay(member, 1_000_000)
    left = [(due.on, due.left) for due in position_of(member.pk).dues if due.left]
    assert left == [(TODAY, 525_000), (date(2026, 4, 10), 475_000)]


def test_what_was_paid_in_is_known_for_any_day(drawer: Drawer, member):
    drawer.subscribe(member)
    drawer.pay(member, 500_000)
    drawer.later(days=30).pay(member, 200_000)
    assert [position_of(member.pk, TODAY + timedelta(days=days)).paid for days in (-1, 0, 29, 30)] == [
        *(0, 500_000, 500_000, 700_000)
    ]
    assert paid_in(TODAY) == {4: 500_000}
    assert capital_on(TODAY) == 0
    assert capital_on(TODAY + timedelta(days=1)) == 500_000


# --- arrears ---


def test_who_is_late_has_voice_and_no_vote_until_paying(drawer: Drawer, member, members):
    drawer.subscribe(member)
    drawer.subscribe(members[4])
    drawer.pay(members[4], 500_000)
    everyone = [one.pk for one in members]
    assert arrears(everyone, NOW + timedelta(days=50)) == {}
    then = NOW + timedelta(days=53)
    assert list(arrears(everyone, then)) == [member.pk]
    assert "voz y sin voto" in arrears(everyone, then)[member.pk]
    assert arrears([members[4].pk], then) == {}
    drawer.later(days=53).pay(member, 500_000)
    assert arrears(everyone, then) == {}


def test_arrears_hinder_nobody_where_the_statute_says_so(drawer: Drawer, member):
    drawer.subscribe(member)
    document = StatuteVersion.objects.get().document
    lenient = {**document, "shares": {**document["shares"], "arrears_block_vote": False}}
    reform(date(2026, 4, 1), lenient)
    assert arrears([member.pk], NOW + timedelta(days=90)) == {}


def test_arrears_take_the_same_statements_for_one_and_for_all(
    drawer: Drawer, members, django_assert_num_queries
):
    for one in members:
        drawer.subscribe(one)
    with django_assert_num_queries(4):
        arrears([members[0].pk], NOW + timedelta(days=90))
    with django_assert_num_queries(4):
        arrears([one.pk for one in members], NOW + timedelta(days=90))


def test_the_assembly_asks_the_shares_who_is_late(drawer: Drawer, member):
    from coop.members.voice import without_vote

    drawer.subscribe(member)
    assert member.pk in without_vote([member.pk], NOW + timedelta(days=90))


# --- how they are paid ---


def test_instalments_are_withheld_only_where_that_was_chosen(drawer: Drawer, member, members):
    drawer.subscribe(member, 12, Way.PAY, instalments=12, first=60_000)
    desk = drawer.subscribe(members[4], 12, Way.DESK, instalments=12)
    assert withholding(date(2026, 3, 31)) == {4: 60_000}
    assert withholding(date(2026, 4, 30)) == {4: 155_000}
    subscribing.choose_way(subscription_id=desk.pk, way=Way.PAY, by=members[4].actor, at=NOW)
    assert withholding(date(2026, 3, 31)) == {4: 60_000, 5: 60_000}
    drawer.leaves(members[4], date(2026, 3, 20))
    assert withholding(date(2026, 3, 31)) == {4: 60_000}


def test_how_instalments_are_paid_is_the_members_or_the_treasurers_to_choose(
    drawer: Drawer, member, secretary
):
    one = drawer.subscribe(member)
    with pytest.raises(errors.WrongWay):
        subscribing.choose_way(subscription_id=one.pk, way=Way.PAY, by=secretary.actor, at=NOW)
    subscribing.choose_way(subscription_id=one.pk, way=Way.PAY, by=drawer.treasurer.actor, at=NOW)
    subscribing.choose_way(subscription_id=one.pk, way=Way.PAY, by=member.actor, at=NOW)
    assert one.ways.count() == 2


# --- what there was before ---


def test_what_the_register_said_goes_into_the_books_once(drawer: Drawer, members):
    Member.objects.filter(number=4).update(shares_subscribed=100, shares_paid_in=Decimal("25.50"))
    Member.objects.filter(number=5).update(shares_subscribed=100, shares_paid_in=100)
    Member.objects.filter(number=6).update(shares_subscribed=100)
    made = subscribing.open_balances(by=drawer.treasurer.actor, at=NOW)
    assert {one.member.number: one.first_cents for one in made} == {4: 2_550_000, 5: 10_000_000, 6: 0}
    assert balances(["3.0", "3.3.4", "3.3.5"]) == {
        "3.0": 12_550_000,
        "3.3.4": -2_550_000,
        "3.3.5": -10_000_000,
    }
    with pytest.raises(errors.NothingToOpen):
        subscribing.open_balances(by=drawer.treasurer.actor, at=NOW)
    # Nobody is late by it: what is left falls due from now on, over the statute's years.
    assert arrears([one.pk for one in members], NOW + timedelta(days=50)) == {}
    assert position_of(members[3].pk).next_due().on == date(2026, 4, 10)
    assert position_of(members[4].pk).left == 0


def test_what_was_paid_before_counts_as_capital_from_the_day_of_joining(drawer: Drawer, members):
    Member.objects.filter(number=4).update(shares_subscribed=10, shares_paid_in=10)
    Member.objects.filter(number=5).update(
        shares_subscribed=10, shares_paid_in=10, joined_on=date(2026, 2, 1)
    )
    subscribing.open_balances(by=drawer.treasurer.actor, at=NOW)
    assert capital_on(date(2026, 1, 1)) == 1_000_000
    assert capital_on(date(2026, 3, 1)) == 2_000_000


def test_more_paid_in_than_subscribed_opens_with_enough_shares(drawer: Drawer, members):
    Member.objects.filter(number=4).update(shares_subscribed=3, shares_paid_in=Decimal("3.25"))
    (made,) = subscribing.open_balances(by=drawer.treasurer.actor, at=NOW)
    assert (made.shares, made.first_cents) == (4, 325_000)


def test_until_they_are_opened_paid_in_is_what_the_register_says_at_the_days_value(drawer: Drawer, members):
    Member.objects.filter(number=4).update(shares_subscribed=10, shares_paid_in=Decimal("2.50"))
    assert paid_in(TODAY) == {4: 250_000}
    subscribing.open_balances(by=drawer.treasurer.actor, at=NOW)
    assert paid_in(TODAY) == {4: 250_000}


def test_capital_is_nothing_that_the_cooperative_owes(drawer: Drawer, member):
    from django.urls import reverse

    from tests.support.people import client_of

    drawer.whole(member)
    page = client_of(member).get(reverse("ledger:mine")).content.decode()
    assert "es tu parte del capital" in page
    assert "No te deben ni debés nada" in page


def test_who_holds_shares_gets_more_by_a_resolution_alone(drawer: Drawer, member):
    """Or whoever keeps the register could put anybody into arrears, and out of the vote."""
    drawer.subscribe(member, 1)
    wanted = Wanted(1_000_000, TODAY)
    with pytest.raises(errors.HoldsSharesAlready):
        subscribing.subscribe(member_id=member.pk, wanted=wanted, by=drawer.treasurer.actor, at=NOW)
