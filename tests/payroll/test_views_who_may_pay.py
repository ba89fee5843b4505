"""Every address of pay, tried by a stranger, a member, the treasurer and a second person of the council."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.members.models import Member
from payroll.domain import receipts
from payroll.models import PayRun
from payroll.periods import Period
from payroll.urls_pay import urlpatterns
from tests.payroll.paying import PayDesk, same_hours
from tests.support import people

pytestmark = pytest.mark.django_db
KEY = UUID(int=7)

# name, what the address is about, stranger's status, member's, treasurer's, second person's
PAGES = [
    ("accounts", "", 302, 200, 200, 200),
    ("import_hours", "", 302, 403, 200, 403),
    ("hours_form", "", 302, 403, 200, 403),
    ("hours", "sheet", 302, 403, 200, 200),
    ("runs", "", 302, 200, 200, 200),
    ("run", "run", 302, 200, 200, 200),
    ("payments", "run", 302, 403, 200, 403),
    ("receipts", "", 302, 200, 200, 200),
    ("receipt", "slip", 302, 200, 404, 404),
    ("unit", "", 302, 200, 200, 200),
    ("draft_unit", "", 302, 403, 200, 403),
    ("unit_proposal", "proposal", 302, 200, 200, 200),
]
# What one may not do is 403; what nobody may do at that moment is 422.
ACTS = [
    ("confirm_hours", "key", 302, 403, 302, 403),
    ("answer", "waiting_sheet", 302, 403, 422, 403),
    ("prepare", "waiting_sheet", 302, 403, 422, 403),
    ("approve", "waiting", 302, 403, 403, 422),
    ("withdraw", "waiting", 302, 403, 302, 403),
    ("print_receipts", "waiting", 302, 403, 422, 422),
    ("see_receipt", "slip", 302, 302, 404, 404),
    ("object_to_receipt", "slip", 302, 422, 404, 404),
    ("print_receipt", "slip", 302, 302, 404, 404),
    ("put_unit", "proposal", 302, 403, 422, 403),
]


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    """Of the months before this one: pages use the real clock."""
    now = timezone.now()
    return PayDesk(treasurer, secretary, Period.of(timezone.localdate(now)).before, now)


@pytest.fixture
def about(pay: PayDesk, members: list[Member], member: Member) -> dict[str, list[object]]:
    """The month before last is paid, the last one waits."""
    unit = pay.set_unit()
    paid = pay.paid(same_hours(members), pay.period.before)
    sheet = pay.bring(same_hours(members))
    waiting = pay.prepare(sheet)
    return {
        "": [],
        "key": [KEY],
        "sheet": [paid.sheet_id],
        "waiting_sheet": [sheet.pk],
        "run": [paid.pk],
        "waiting": [waiting.pk],
        "slip": [paid.slips.get(member=member).pk],
        "proposal": [unit.resolution.proposal_id],
    }


@pytest.fixture
def readers(member: Member, treasurer: Member, secretary: Member) -> tuple[Client, ...]:
    return Client(), *map(people.client_of, (member, treasurer, secretary))


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "treasurers", "seconds"), PAGES)
def test_pages_answer_each_reader(
    about: dict[str, list[object]],
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    plain: int,
    treasurers: int,
    seconds: int,
) -> None:
    url = reverse(f"payroll:{name}", args=about[what])
    statuses = [reader.get(url).status_code for reader in readers]
    assert statuses == [stranger, plain, treasurers, seconds]


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "treasurers", "seconds"), ACTS)
def test_acts_answer_each_reader_and_are_never_a_get(
    about: dict[str, list[object]],
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    plain: int,
    treasurers: int,
    seconds: int,
) -> None:
    url = reverse(f"payroll:{name}", args=about[what])
    assert [reader.get(url).status_code for reader in readers[1:]] == [405] * 3
    for reader, status in zip(readers, (stranger, plain, treasurers, seconds), strict=True):
        assert reader.post(url).status_code == status


def test_no_address_is_missing_from_these_lists() -> None:
    assert {pattern.name for pattern in urlpatterns} == {name for name, *_ in [*PAGES, *ACTS]}


@pytest.mark.parametrize("name", [name for name, what, *_ in [*PAGES, *ACTS] if what not in ("", "key")])
def test_what_does_not_exist_is_not_found(
    about: dict[str, list[object]], readers: tuple[Client, ...], name: str
) -> None:
    url = reverse(f"payroll:{name}", args=[999_999])
    is_page = name in {page for page, *_ in PAGES}
    # The treasurer may not approve anything of their own; whether it is there is the second person's to ask.
    reader = readers[3] if name == "approve" else readers[2]
    answer = reader.get(url) if is_page else reader.post(url)
    assert answer.status_code == 404


def test_an_act_without_a_csrf_token_is_refused(about: dict[str, list[object]], treasurer: Member) -> None:
    browser = people.client_of(treasurer, enforce_csrf_checks=True)
    for name, what, *_ in ACTS:
        assert browser.post(reverse(f"payroll:{name}", args=about[what])).status_code == 403


def test_a_receipt_is_its_owners_and_nobody_elses(
    about: dict[str, list[object]], members: list[Member], president: Member
) -> None:
    run = PayRun.objects.get(pk=about["run"][0])
    for slip in run.slips.all():
        for person in members:
            status = people.client_of(person).get(reverse("payroll:receipt", args=[slip.pk])).status_code
            assert status == (200 if person.pk == slip.member_id else 404)


def test_a_receipt_of_a_run_that_waits_is_nobodys(about: dict[str, list[object]], member: Member) -> None:
    slip = PayRun.objects.get(pk=about["waiting"][0]).slips.get(member=member)
    assert people.client_of(member).get(reverse("payroll:receipt", args=[slip.pk])).status_code == 404


def test_a_receipts_document_is_read_by_its_owner_and_who_keeps_the_accounts(
    about: dict[str, list[object]],
    member: Member,
    members: list[Member],
    treasurer: Member,
    secretary: Member,
) -> None:
    from coop.documents.kinds import may_read

    now = timezone.now()
    one = receipts.freeze_receipt(payslip_id=about["slip"][0], by=member.actor, at=now)
    every = receipts.freeze_receipts(run_id=about["run"][0], by=secretary.actor, at=now)
    assert [may_read(one, who.pk, now) for who in (member, treasurer, secretary, members[5])] == [
        True,
        True,
        False,
        False,
    ]
    assert [may_read(every, who.pk, now) for who in (member, treasurer, secretary, members[5])] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("name", ["accounts", "runs", "run", "receipts", "receipt", "unit", "hours"])
@pytest.mark.parametrize("more", [0, 60])
def test_a_page_costs_the_same_however_many_members(
    pay: PayDesk,
    treasurer: Member,
    members: list[Member],
    django_assert_max_num_queries: Callable[[int], object],
    name: str,
    more: int,
) -> None:
    Member.objects.bulk_create(
        people.new_member(number, f"Pérez {number}", "Juana") for number in range(100, 100 + more)
    )
    pay.set_unit()
    everybody = list(Member.objects.all())
    pay.paid(same_hours(everybody), pay.period.before)
    run = pay.paid(same_hours(everybody, "168,00"))
    args = {
        "run": [run.pk],
        "hours": [run.sheet_id],
        "receipt": [run.slips.get(member=treasurer).pk],
    }
    browser = people.client_of(treasurer)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"payroll:{name}", args=args.get(name, []))).status_code == 200


def test_the_home_page_stays_within_its_queries(
    about: dict[str, list[object]],
    treasurer: Member,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    browser = people.client_of(treasurer)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse("portal:home")).status_code == 200
