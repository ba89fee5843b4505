"""Every address of shares and accounts, tried by a stranger, a member, the treasurer and the secretary."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from coop.members.models import Member
from coop.shares.domain import bank
from coop.shares.models import BankChange, Loss, Payment, RefundPayment, Subscription
from coop.shares.urls import urlpatterns
from coop.statute.models import Matter
from tests.shares.sharing import CBU, OTHER, Drawer
from tests.shares.sharing import resolution as paper
from tests.support import people
from tests.support.database import Databases, cloned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("about")]

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


@pytest.fixture(scope="module")
def now() -> datetime:
    return timezone.now()


@pytest.fixture(scope="module")
def about(
    now: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[dict[str, list[object]]]:
    """Written once, in a database where each test is rolled back."""
    with django_db_blocker.unblock(), cloned(databases):
        made = written(now)
        connections["default"].close()
        yield made


def written(now: datetime) -> dict[str, list[object]]:
    """The member pays by instalments, somebody who left waits, the treasurer asked for another account."""
    members = people.make_house()
    treasurer, member = members[2:4]
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


# --- what is typed is done, or given back ---


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
