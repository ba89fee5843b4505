"""Pages of shares and accounts: what is typed is done, or given back, and rows cost nothing more."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from coop.members.models import Member
from coop.shares.domain import bank, subscribing
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Way
from coop.shares.models import BankChange, Payment
from tests.shares.sharing import CBU, Drawer
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.mark.parametrize("name", ["mine", "everybody", "person", "refunds", "bank", "bank_changes"])
@pytest.mark.parametrize("more", [1, 3])
def test_a_page_costs_the_same_however_many_rows(
    treasurer: Member,
    members: list[Member],
    member: Member,
    now: datetime,
    django_assert_max_num_queries: Callable[[int], object],
    name: str,
    more: int,
) -> None:
    drawer = Drawer(treasurer, now)
    today = timezone.localdate(now)
    for index in range(more):
        drawer.subscribe(treasurer, 10, day=today)
        drawer.subscribe(member, 10, day=today)
        drawer.pay(member, 1_000, day=today)
        other = members[4 + index]
        bank.ask(member_id=other.pk, account=CBU, by=other.actor, at=now)
        drawer.subscribe(other, 10, day=today)
        drawer.pay(other, 1_000, day=today)
        drawer.ask(drawer.leaves(other, today), today)
    browser = people.client_of(treasurer)
    with django_assert_max_num_queries(12):
        args = [member.number] if name == "person" else []
        assert browser.get(reverse(f"shares:{name}", args=args)).status_code == 200


def test_subscribing_and_paying_in_the_browser(treasurer: Member, member: Member) -> None:
    desk = people.client_of(treasurer)
    today = timezone.localdate().isoformat()
    typed = {"shares": "100", "day": today, "basis": "admission", "way": "pay", "instalments": "12"}
    answer = desk.post(reverse("shares:subscribe", args=[4]), {**typed, "first": "1.000.000,00"})
    assert answer.status_code == 422
    assert "El primer pago va de" in answer.content.decode()
    assert 'value="100"' in answer.content.decode()
    assert desk.post(reverse("shares:subscribe", args=[4]), typed).status_code == 302
    paid = {"cents": "5.000,50", "day": today, "receipt": "0001-9"}
    assert desk.post(reverse("shares:pay", args=[4]), paid).status_code == 302
    again = desk.post(reverse("shares:pay", args=[4]), paid)
    assert again.status_code == 422
    assert "ya está asentado" in again.content.decode()
    assert Payment.objects.get().cents == 500_050
    page = people.client_of(member).get(reverse("shares:mine")).content.decode()
    assert "5.000,50" in page
    assert "se descuenta de la retribución" in page


def test_an_account_is_changed_by_two_in_the_browser(treasurer, secretary, member):
    mine, second = people.client_of(member), people.client_of(secretary)
    for wrong in ("alias.de.alguien", "285059094009041813520", "2850590940090418135202"):
        answer = mine.post(reverse("shares:ask_bank"), {"account": wrong})
        assert answer.status_code == 422
        assert f'value="{wrong}"' in answer.content.decode()
    assert mine.post(reverse("shares:ask_bank"), {"account": "28505909 40090418135201"}).status_code == 302
    change = BankChange.objects.get()
    assert change.own_at is not None
    assert second.post(reverse("shares:confirm_second", args=[change.pk])).status_code == 302
    member.refresh_from_db()
    assert member.bank_account == CBU


def test_opening_in_the_browser_asks_first_and_is_done_once(treasurer, members):
    Member.objects.filter(number=4).update(shares_subscribed=100, shares_paid_in=25)
    desk = people.client_of(treasurer)
    assert "Pasarlas a las cuentas" in desk.get(reverse("shares:everybody")).content.decode()
    assert desk.post(reverse("shares:open_balances"), {"way": "pay"}).status_code == 302
    assert "Pasarlas a las cuentas" not in desk.get(reverse("shares:everybody")).content.decode()
    assert desk.post(reverse("shares:open_balances"), {"way": "pay"}).status_code == 422


def test_only_a_members_own_way_is_theirs_to_choose(treasurer, members, member, now):
    one = subscribing.subscribe(
        member_id=members[4].pk, wanted=Wanted(1, timezone.localdate()), by=treasurer.actor, at=now
    )
    url = reverse("shares:choose_way", args=[one.pk])
    assert people.client_of(member).post(url, {"way": Way.PAY}).status_code == 403
    assert one.ways.count() == 1


def test_a_year_that_paid_all_it_may_says_when_the_queue_goes_on(treasurer, members, now):
    long_ago = Drawer(treasurer, now.replace(year=now.year - 1, month=3, day=2))
    for one in members:
        long_ago.whole(one)
    desk = Drawer(treasurer, now, long_ago.receipts)
    asked = desk.ask(desk.leaves(members[5]))
    reader = people.client_of(treasurer)
    before = reader.get(reverse("shares:refunds"))
    assert "ya pagó lo que puede" not in before.content.decode()
    desk.refund(asked, before.context["year"].room)
    after = reader.get(reverse("shares:refunds")).content.decode()
    assert "ya pagó lo que puede" in after
    assert "La cola sigue después del 31/12" in after
    assert "Pagar al primero de la cola" not in after
