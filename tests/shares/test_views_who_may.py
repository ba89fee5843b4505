"""Every address of shares and accounts, tried by a stranger, a member, the treasurer and the secretary."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.members.models import Member
from coop.shares.domain import bank, subscribing
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Way
from coop.shares.models import BankChange, Loss, Payment, RefundPayment, Subscription
from coop.shares.urls import urlpatterns
from coop.statute.models import Matter
from tests.shares.sharing import CBU, OTHER, Drawer
from tests.shares.sharing import resolution as paper
from tests.support import people

pytestmark = pytest.mark.django_db

# name, what the address is about, stranger's status, member's, treasurer's, secretary's
PAGES = [
    ("mine", "", 302, 200, 200, 200),
    ("everybody", "", 302, 403, 200, 200),
    ("person", "number", 302, 403, 200, 200),
    ("refunds", "", 302, 200, 200, 200),
    ("bank", "", 302, 200, 200, 200),
    ("bank_changes", "", 302, 403, 200, 200),
]
# What one may not do is 403; what nobody may do at that moment, or with nothing typed, is 422.
ACTS = [
    ("choose_way", "subscription", 302, 302, 302, 302),
    ("certificate", "", 302, 302, 422, 422),
    ("open_balances", "", 302, 403, 422, 403),
    ("subscribe", "number", 302, 403, 422, 422),
    ("pay", "number", 302, 403, 422, 403),
    ("take_back", "payment", 302, 403, 422, 403),
    ("ask_refund", "", 302, 403, 422, 403),
    ("loss", "", 302, 403, 422, 403),
    ("pay_refund", "request", 302, 403, 422, 403),
    ("ask_bank", "", 302, 422, 422, 422),
    ("method", "", 302, 422, 422, 422),
    ("confirm_own", "change", 302, 302, 404, 404),
    ("ask_bank_for", "", 302, 403, 422, 422),
    ("confirm_second", "change", 302, 403, 422, 302),
    ("drop_bank", "change", 302, 422, 422, 422),
]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def about(treasurer: Member, members: list[Member], member: Member, now: datetime) -> dict[str, list[object]]:
    """The member pays by instalments, somebody who left waits, the treasurer asked for another account."""
    then = Drawer(treasurer, now - timedelta(days=400))
    for one in members[4:]:
        then.whole(one)
    drawer = Drawer(treasurer, now)
    one = drawer.subscribe(member, day=timezone.localdate(now))
    paid = drawer.pay(member, 1_000, "B-1", timezone.localdate(now))
    drawer.leaves(members[6], timezone.localdate(now))
    asked = drawer.ask(members[6], timezone.localdate(now))
    change = bank.ask(member_id=member.pk, account=CBU, by=treasurer.actor, at=now)
    return {
        "": [],
        "number": [member.number],
        "subscription": [one.pk],
        "payment": [paid.pk],
        "request": [asked.pk],
        "change": [change.pk],
    }


@pytest.fixture
def readers(member: Member, treasurer: Member, secretary: Member) -> tuple[Client, ...]:
    return Client(), *map(people.client_of, (member, treasurer, secretary))


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "treasurers", "seconds"), PAGES)
def test_pages_answer_each_reader(about, readers, name, what, stranger, plain, treasurers, seconds):
    url = reverse(f"shares:{name}", args=about[what])
    statuses = [reader.get(url).status_code for reader in readers]
    assert statuses == [stranger, plain, treasurers, seconds]


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "treasurers", "seconds"), ACTS)
@pytest.mark.parametrize("who", range(4))
def test_acts_answer_each_reader_and_are_never_a_get(
    about, readers, name, what, stranger, plain, treasurers, seconds, who
):
    url = reverse(f"shares:{name}", args=about[what])
    if who:
        assert readers[who].get(url).status_code == 405
    assert readers[who].post(url).status_code == (stranger, plain, treasurers, seconds)[who]


def test_no_address_is_missing_from_these_lists():
    assert {pattern.name for pattern in urlpatterns} == {name for name, *_ in [*PAGES, *ACTS]}


@pytest.mark.parametrize("name", [name for name, what, *_ in [*PAGES, *ACTS] if what])
def test_what_does_not_exist_is_not_found(about, readers, name):
    url = reverse(f"shares:{name}", args=[999_999])
    answer = readers[2].get(url) if name == "person" else readers[2].post(url)
    assert answer.status_code == 404


def test_a_member_does_not_see_who_waits_nor_what_others_have(about, readers, members):
    page = readers[1].get(reverse("shares:refunds")).content.decode()
    assert members[6].listed_name not in page
    assert members[6].name not in page
    assert members[6].listed_name in readers[2].get(reverse("shares:refunds")).content.decode()


def test_no_page_shows_a_whole_account(about, readers, member, members):
    Member.objects.update(bank_account=OTHER)
    pages = [
        reader.get(reverse(f"shares:{name}")).content.decode()
        for reader in readers[1:]
        for name in ("bank", "bank_changes")
    ]
    for page in pages:
        assert CBU not in page
        assert OTHER not in page
    assert "…5201" in pages[0]
    assert "Banco Macro" in pages[0]


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


# --- what is typed is done, or given back ---


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


def test_a_refund_in_the_browser(about, readers):
    desk = readers[2]
    today = timezone.localdate().isoformat()
    page = desk.get(reverse("shares:refunds")).content.decode()
    assert "15.000,00" in page  # a twentieth of three hundred thousand
    url = reverse("shares:pay_refund", args=about["request"])
    over = desk.post(url, {"cents": "15.000,01", "day": today, "receipt": "9"})
    assert over.status_code == 422
    assert "le quedan" in over.content.decode()
    assert desk.post(url, {"cents": "15000", "day": today, "receipt": "9"}).status_code == 302
    assert RefundPayment.objects.get().cents == 1_500_000


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


def test_money_and_accounts_are_not_moved_without_proving_again_who_one_is(about, member, treasurer):
    from tests.support.people import signed_in

    browser = people.client_of(signed_in(treasurer))
    browser.confirms = False
    today = timezone.localdate().isoformat()
    typed = {"cents": "1", "day": today, "receipt": "9", "reason": "x"}
    resolution = paper(treasurer, matter=Matter.ANNUAL_REPORT)
    typed |= {"resolution_id": resolution.pk, "millionths": "5", "holds_from": today}
    typed |= {"number": "7", "asked_on": today, "account": OTHER, "way": "pay"}
    for name, what in (
        *(("pay_refund", "request"), ("take_back", "payment"), ("loss", ""), ("ask_refund", "")),
        *(("open_balances", ""), ("ask_bank", "")),
    ):
        answer = browser.post(reverse(f"shares:{name}", args=about[what] if what else []), typed)
        assert (answer.status_code, b"data-confirm-form" in answer.content) == (403, True), name
    assert not RefundPayment.objects.exists()
    assert not Loss.objects.exists()


def test_money_at_the_desk_asks_who_has_not_proved_it_lately(about, member, treasurer, now):
    browser = people.client_of(people.signed_in(treasurer, now - timedelta(minutes=31)), confirms=False)
    typed = {"cents": "1", "day": timezone.localdate().isoformat(), "receipt": "9"}
    typed |= {"number": "5", "account": OTHER, "shares": "1", "basis": "admission", "way": "desk"}
    before = (Payment.objects.count(), BankChange.objects.count(), Subscription.objects.count())
    for name, args in (("pay", [4]), ("subscribe", [1]), ("ask_bank_for", [])):
        answer = browser.post(reverse(f"shares:{name}", args=args), typed)
        assert (answer.status_code, b"data-confirm-form" in answer.content) == (403, True), name
    assert before == (Payment.objects.count(), BankChange.objects.count(), Subscription.objects.count())


def test_a_figure_that_cannot_be_is_refused_before_anybody_proves_who_they_are(about, member, treasurer, now):
    browser = people.client_of(people.signed_in(treasurer, now - timedelta(minutes=31)), confirms=False)
    for name, args in (("ask_bank", []), ("ask_bank_for", []), ("pay", [4]), ("loss", [])):
        typed = {"account": "2850590940090418135202", "number": "5", "cents": "poco"}
        answer = browser.post(reverse(f"shares:{name}", args=args), typed)
        assert (answer.status_code, b"data-confirm-form" in answer.content) == (422, False), name


def test_the_home_page_tells_of_a_change_that_waits(about, readers, django_assert_max_num_queries):
    assert "¿Es tuya la cuenta" in readers[1].get(reverse("portal:home")).content.decode()
    assert "espera a una segunda persona" in readers[3].get(reverse("portal:home")).content.decode()
    assert "espera a una segunda persona" not in readers[2].get(reverse("portal:home")).content.decode()


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
