"""Instalments of shares out of the pay, and where the pay goes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.ledger.domain import balances
from coop.members.models import Member
from coop.shares.domain import bank
from coop.shares.domain.position import position_of
from coop.shares.enums import Method, Way
from payroll.domain.arithmetic import Worked, pay
from payroll.domain.proofs import prove_pay
from payroll.errors_pay import RunIsStale
from payroll.models import Payslip
from tests.payroll.paying import PAY_DAY, PayDesk, same_hours
from tests.shares.sharing import CBU, OTHER, Drawer
from tests.support.raw import refused, refused_rows

MONEY = st.integers(0, 10**10)


@given(gross_hours=st.integers(0, 30_000), taken=MONEY, before=MONEY, shares=MONEY)
def test_debts_then_advances_then_shares_and_never_more_than_the_pay(gross_hours, taken, before, shares):
    (slip,) = pay(
        [Worked(1, gross_hours, 0, 0, taken, before, shares)], unit=820_000, paid={"worked"}, period="2026-10"
    )
    assert slip.net >= 0
    assert slip.net + slip.deducted == slip.gross
    assert slip.withheld == min(shares, max(0, slip.gross - before - taken))
    assert slip.owed == max(0, before + taken - slip.gross)
    assert [one.kind for one in slip.deductions] == [
        kind for kind, asked in (("owed", before), ("advance", taken), ("shares", shares)) if asked
    ]


@pytest.fixture
def drawer(treasurer: Member) -> Drawer:
    return Drawer(treasurer).on(date(2026, 9, 20))


@pytest.fixture
def desk(treasurer: Member, secretary: Member) -> PayDesk:
    pay_desk = PayDesk(treasurer, secretary)
    pay_desk.set_unit(cents=100_000)
    return pay_desk


def slip_of(run, member) -> Payslip:
    return run.slips.get(member=member)


@pytest.mark.django_db
def test_an_instalment_comes_off_the_pay_and_becomes_capital(desk: PayDesk, drawer: Drawer, members, member):
    drawer.subscribe(member, 12, Way.PAY, instalments=11, first=100_000)
    run = desk.paid(same_hours(members, "10,00"))
    slip = slip_of(run, member)
    # 100,000 that fell due on 20 September, and a hundred thousand more on 20 October.
    assert (slip.gross, slip.shares_due, slip.withheld, slip.net) == (1_000_000, 200_000, 200_000, 800_000)
    assert (run.deducted, run.withheld, run.owed) == (200_000, 200_000, 0)
    assert balances(["3.3.4", "2.1.4", "1.3.4"]) == {"3.3.4": -200_000, "2.1.4": -800_000, "1.3.4": 0}
    held = position_of(member.pk)
    assert (held.paid, held.to_withhold(date(2026, 10, 31))) == (200_000, 0)
    assert prove_pay().broken is None


@pytest.mark.django_db
def test_what_does_not_fit_comes_off_next_month_after_debts(desk: PayDesk, drawer: Drawer, members, member):
    drawer.subscribe(member, 12, Way.PAY, instalments=0)
    others = [one for one in members if one != member]
    sheet = desk.bring([(4, "10,00", "0,00", "0,00", "8.000,00"), *same_hours(others, "10,00")])
    run = desk.approve(desk.prepare(sheet))
    slip = slip_of(run, member)
    assert (slip.withheld, slip.net, slip.owed) == (200_000, 0, 0)
    november = run.period.replace("10", "11")
    desk.period = type(desk.period)(2026, 11)
    desk.at = PAY_DAY.replace(month=12)
    nxt = slip_of(desk.paid(same_hours(members, "10,00")), member)
    assert (november, nxt.shares_due, nxt.withheld, nxt.net) == ("2026-11", 1_000_000, 1_000_000, 0)
    assert position_of(member.pk).left == 0
    assert prove_pay().broken is None


@pytest.mark.django_db
def test_a_run_is_stale_once_the_instalment_was_paid_at_the_desk(
    desk: PayDesk, drawer: Drawer, members, member
):
    drawer.subscribe(member, 12, Way.PAY, instalments=11, first=100_000)
    run = desk.prepare(desk.bring(same_hours(members, "10,00")))
    drawer.later(days=30).pay(member, 50_000)
    with pytest.raises(RunIsStale):
        desk.approve(run)
    assert position_of(member.pk).paid == 50_000


@pytest.mark.django_db
def test_who_pays_at_the_desk_gets_the_whole_pay(desk: PayDesk, drawer: Drawer, members, member):
    drawer.subscribe(member, 12, Way.DESK, instalments=11)
    assert slip_of(desk.paid(same_hours(members, "10,00")), member).withheld == 0


@pytest.mark.django_db
def test_a_payslip_freezes_the_account_and_what_goes_there(desk: PayDesk, members, secretary):
    Member.objects.filter(number__in=(4, 5)).update(bank_account=CBU)
    bank.choose_method(
        member_id=members[4].pk, method=Method.SPLIT, percent=25, by=members[4].actor, at=PAY_DAY
    )
    run = desk.paid(same_hours(members, "10,00"))
    told = {slip.number: (slip.account, slip.to_bank) for slip in run.slips.all()}
    assert told[4] == (CBU, 1_000_000)
    assert told[5] == (CBU, 250_000)
    assert told[6] == ("", 0)
    assert run.to_bank == 1_250_000
    Member.objects.filter(number=4).update(bank_account=OTHER)
    assert slip_of(run, members[3]).account == CBU
    assert prove_pay().broken is None


@pytest.mark.django_db
def test_a_run_is_stale_once_an_account_changed(desk: PayDesk, members, member, secretary, president):
    Member.objects.filter(number=4).update(bank_account=CBU)
    run = desk.prepare(desk.bring(same_hours(members, "10,00")))
    change = bank.ask(member_id=member.pk, account=OTHER, by=member.actor, at=PAY_DAY)
    bank.confirm_second(change_id=change.pk, by=president.actor, at=PAY_DAY)
    with pytest.raises(RunIsStale):
        desk.approve(run)


@pytest.mark.django_db
def test_the_seal_holds_the_account(desk: PayDesk, members):
    from payroll.domain.seals import sealed

    Member.objects.filter(number=4).update(bank_account=CBU)
    run = desk.paid(same_hours(members, "10,00"))
    slips = list(run.slips.all())
    assert sealed(run, slips) == run.sha256
    next(slip for slip in slips if slip.number == 4).account = OTHER
    assert sealed(run, slips) != run.sha256


@pytest.mark.django_db
def test_database_refuses_a_run_whose_entry_keeps_the_shares(desk: PayDesk, drawer: Drawer, members, member):
    drawer.subscribe(member, 12, Way.PAY, instalments=11)
    run = desk.prepare(desk.bring(same_hours(members, "10,00")))
    assert run.withheld
    refused("UPDATE payroll_payrun SET withheld = 0", match="denied")
    refused("UPDATE payroll_payslip SET withheld = 0", match="denied")
    one = slip_of(run, member)
    one.pk = None
    one.position, one.number = 99, 99
    one.withheld = one.shares_due + 1
    refused_rows(one, match=r"frozen|payslip_withholds")


@pytest.mark.django_db
def test_a_question_of_an_advance_does_not_ask_about_shares(desk: PayDesk, drawer: Drawer, members, member):
    drawer.subscribe(member, 100, Way.PAY, instalments=0)
    sheet = desk.bring(same_hours(members, "10,00"))
    from payroll.domain.month import Month

    assert [one.question for one in Month(sheet).open_questions] == []
