"""What a pay run says of accounts that changed, and the list for the bank."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coop.members.models import Look, Member
from coop.shares.domain import bank
from payroll.domain.accounts_changed import flags
from payroll.models import PayRun
from payroll.periods import Period
from tests.payroll.paying import PayDesk, same_hours
from tests.shares.sharing import CBU, OTHER
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    now = timezone.now()
    desk = PayDesk(treasurer, secretary, Period.of(timezone.localdate(now)).before, now)
    desk.set_unit()
    return desk


@pytest.fixture
def before(pay: PayDesk, members: list[Member]) -> PayRun:
    Member.objects.filter(number__in=(4, 5)).update(bank_account=CBU)
    return pay.paid(same_hours(members), pay.period.before)


def test_a_run_flags_what_two_confirmed_and_what_nobody_did(pay, before, members, president, treasurer):
    asked = bank.ask(member_id=members[3].pk, account=OTHER, by=members[3].actor, at=pay.at)
    bank.confirm_second(change_id=asked.pk, by=president.actor, at=pay.at)
    Member.objects.filter(number=5).update(bank_account=OTHER)  # as a register file would
    run = pay.prepare(pay.bring(same_hours(members)))
    found = {flag.number: flag for flag in flags(run, before)}
    assert found.keys() == {4, 5}
    assert (found[4].old, found[4].new) == (
        "Banco Macro …5201",
        "Banco de la Nación Argentina …5579",
    )
    assert found[4].change.second_by == president
    assert found[5].change is None
    page = people.client_of(treasurer).get(reverse("payroll:run", args=[run.pk])).content.decode()
    assert "Cambió la cuenta de 2 personas" in page
    assert "Nadie la confirmó" in page
    assert OTHER not in page
    plain = people.client_of(members[5]).get(reverse("payroll:run", args=[run.pk])).content.decode()
    assert "Cambió la cuenta" not in plain


def test_the_same_accounts_flag_nothing(pay, before, members):
    assert flags(pay.prepare(pay.bring(same_hours(members))), before) == []


def test_the_list_for_the_bank_says_who_where_and_how_much_and_is_noted(before, members, treasurer):
    Member.objects.filter(number=1).update(family_name="=1+1")
    answer = people.client_of(treasurer).get(reverse("payroll:payments", args=[before.pk]))
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 8
    omar = next(line for line in lines if line.startswith("4;"))
    assert "28505909 40090418135201;Banco Macro;14432" in omar
    assert omar.endswith(";0,00")
    assert not any(cell.startswith("=") for line in lines for cell in line.split(";"))
    assert Look.objects.filter(who=treasurer, whose=None).count() == 1
