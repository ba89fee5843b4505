"""Preparing, withdrawing and approving a month's pay."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from coop.common.errors import NotAllowed
from coop.council.models import SeatCode
from coop.ledger.domain import balance, balances, reverse
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.statute.rules import MODEL_STATUTE, Paid
from payroll.domain import withdrawing
from payroll.domain.proofs import prove_pay
from payroll.enums import Answer, Question, RunState
from payroll.errors_pay import (
    MonthIsPaid,
    NewerHours,
    NoPayUnit,
    NotASecondPerson,
    NothingToPay,
    NotWhatWasSeen,
    QuestionsOpen,
    RunIsStale,
    RunNotWaiting,
    RunStands,
)
from payroll.models import HoursSheet, PayRun, Payslip
from payroll.periods import Period
from tests.payroll.paying import OCTOBER, PAY_DAY, UNIT, PayDesk, same_hours
from tests.support import people
from tests.support.reform import reform
from tests.support.together import at_once, failed, others_than, succeeded

SEPTEMBER = Period(2026, 9)


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    return PayDesk(treasurer, secretary)


def slip(run: PayRun, number: int) -> Payslip:
    return Payslip.objects.get(run=run, number=number)


@pytest.mark.django_db
class TestPreparing:
    def test_every_hour_is_of_equal_value(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        run = pay.prepare(pay.bring(same_hours(members)))
        assert {one.gross for one in run.slips.all()} == {176 * UNIT}
        assert (run.payslips, run.hours, run.gross) == (7, 7 * 17600, 7 * 176 * UNIT)
        connection.check_constraints()

    def test_sick_and_holiday_hours_are_paid_as_the_statute_says(
        self, pay: PayDesk, members: list[Member]
    ) -> None:
        unpaid = dataclasses.replace(
            MODEL_STATUTE.pay, hours={**MODEL_STATUTE.pay.hours, "sick": Paid(False, "art. 9")}
        )
        rules = dataclasses.replace(MODEL_STATUTE, pay=unpaid)
        reform(date(2026, 10, 1), rules.to_json())
        pay.set_unit()
        rows = same_hours(members[1:])
        run = pay.prepare(pay.bring([(1, "100,00", "8,00", "40,00", ""), *rows]))
        assert (slip(run, 1).paid, slip(run, 1).gross) == (14000, 140 * UNIT)
        assert run.rules["hours"]["sick"] == {"paid": False, "source": "art. 9"}

    def test_the_advance_comes_off_and_what_does_not_fit_stays_owed(
        self, pay: PayDesk, members: list[Member]
    ) -> None:
        pay.set_unit()
        rows = [(1, "1,00", "", "", "10.000,00"), (2, "176,00", "", "", "10.000,00")]
        sheet = pay.bring([*rows, *same_hours(members[2:])])
        pay.answer(sheet, 1, Question.ADVANCE, Answer.AS_IS)
        run = pay.approve(pay.prepare(sheet))
        assert (slip(run, 1).net, slip(run, 1).deducted, slip(run, 1).owed) == (0, UNIT, 1_000_000 - UNIT)
        assert (slip(run, 2).net, slip(run, 2).owed) == (176 * UNIT - 1_000_000, 0)
        assert balances(["1.3.1", "1.3.2", "2.1.2", "5.1", "1.1"]) == {
            "1.3.1": 1_000_000 - UNIT,
            "1.3.2": 0,
            "2.1.2": -(176 * UNIT - 1_000_000),
            "5.1": run.gross,
            "1.1": -2_000_000,
        }
        connection.check_constraints()

    def test_what_stayed_owed_comes_off_the_next_month(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring([(1, "176,00", "", "", "2.000.000,00"), *same_hours(members[1:])], SEPTEMBER)
        pay.answer(sheet, 1, Question.ADVANCE, Answer.AS_IS)
        first = pay.approve(pay.prepare(sheet))
        owed = slip(first, 1).owed
        assert owed == 200_000_000 - 176 * UNIT
        run = pay.paid([(1, "176,00", "", "", "100,00"), *same_hours(members[1:])])
        line = slip(run, 1)
        assert (line.before, line.taken, line.deducted, line.owed) == (owed, 10_000, owed + 10_000, 0)
        assert [one["kind"] for one in line.deductions] == ["owed", "advance"]
        assert balance("1.3.1") == 0

    def test_nothing_is_prepared_while_a_question_is_open(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring(same_hours(members[1:]))
        with pytest.raises(QuestionsOpen, match="1 pregunta"):
            pay.prepare(sheet)
        pay.answer(sheet, 1, Question.MISSING, Answer.NONE, "licencia sin goce")
        assert pay.prepare(sheet).payslips == 6

    def test_without_a_unit_it_says_how_to_get_one(self, pay: PayDesk, members: list[Member]) -> None:
        with pytest.raises(NoPayUnit, match="asamblea"):
            pay.prepare(pay.bring(same_hours(members)))

    def test_the_unit_is_that_of_the_months_last_day(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit(100_000)
        pay.set_unit(200_000, date(2026, 10, 31))
        pay.set_unit(300_000, date(2026, 11, 1))
        assert pay.prepare(pay.bring(same_hours(members))).unit_cents == 200_000

    def test_a_month_without_a_paid_hour_is_no_run(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring([(1, "0,00", "", "", "")])
        for member in members:
            pay.answer(sheet, member, Question.MISSING, Answer.NONE, "parada general")
        with pytest.raises(NothingToPay):
            pay.prepare(sheet)

    def test_only_who_keeps_the_accounts_prepares(
        self, pay: PayDesk, members: list[Member], president: Member
    ) -> None:
        sheet = pay.bring(same_hours(members))
        for somebody in (members[5], president):
            other = PayDesk(somebody, pay.second)
            with pytest.raises(NotAllowed):
                other.prepare(sheet)

    def test_a_month_has_one_run(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring(same_hours(members))
        pay.prepare(sheet)
        with pytest.raises(RunStands):
            pay.prepare(sheet)

    def test_a_corrected_file_takes_the_waiting_run_back_and_keeps_its_history(
        self, pay: PayDesk, members: list[Member]
    ) -> None:
        pay.set_unit()
        first = pay.bring(same_hours(members))
        run = pay.prepare(first)
        second = pay.bring(same_hours(members, "168,00"))
        run.refresh_from_db()
        assert (run.state, second.version) == (RunState.WITHDRAWN, 2)
        with pytest.raises(NewerHours):
            pay.prepare(first)
        assert pay.prepare(second).hours == 7 * 16800
        assert [entry.act for entry in Entry.objects.order_by("-position")[:3]] == [
            Act.PAY_RUN_PREPARED,
            Act.PAY_RUN_WITHDRAWN,
            Act.PAY_RUN_PREPARED,
        ]

    def test_the_same_file_again_changes_nothing(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring(same_hours(members))
        run = pay.prepare(sheet)
        assert pay.bring(same_hours(members)) == sheet
        run.refresh_from_db()
        assert run.state == RunState.PREPARED

    def test_the_payslip_keeps_the_member_as_they_were(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        run = pay.paid(same_hours(members))
        Member.objects.filter(number=1).update(family_name="Otra", tax_number="20999999991")
        assert slip(run, 1).name == "Élida Quiroga"
        assert slip(run, 1).tax_number == members[0].tax_number


@pytest.mark.django_db
class TestApproving:
    def test_a_second_person_approves_and_it_is_posted_once(
        self, pay: PayDesk, members: list[Member]
    ) -> None:
        pay.set_unit()
        run = pay.paid(same_hours(members))
        assert (run.state, run.entry.key, run.entry.day) == ("approved", "pay:2026-10", OCTOBER.last_day)
        assert sum(run.entry.lines.values_list("cents", flat=True)) == 0
        facts = Entry.objects.get(act=Act.PAY_RUN_APPROVED).facts
        assert {name: facts[name] for name in ("period", "payslips", "net", "entry")} == {
            "period": "2026-10",
            "payslips": 7,
            "net": run.net,
            "entry": run.entry.pk,
        }
        with pytest.raises(RunNotWaiting):
            pay.approve(run)
        connection.check_constraints()

    def test_the_preparer_does_not_approve(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        run = pay.prepare(pay.bring(same_hours(members)))
        with pytest.raises(NotASecondPerson):
            pay.approve(run, by=pay.treasurer)

    def test_who_brought_the_hours_or_answered_for_them_does_not_approve(
        self, members: list[Member], secretary: Member
    ) -> None:
        """The seat passes from one to the other between the file, the answers and the run."""
        brought, answered, prepared = members[2], members[3], members[4]
        start = datetime(2024, 5, 1, 3, tzinfo=UTC)
        ends = [PAY_DAY + timedelta(hours=hours) for hours in (1, 2, 3)]
        for person, first, end in zip((brought, answered, prepared), (start, *ends), ends, strict=False):
            people.give_seat(person, SeatCode.TREASURER, first, end)
        for person, seat in ((brought, SeatCode.MEMBER_1), (answered, SeatCode.MEMBER_2)):
            people.give_seat(person, seat, ends[2])
        PayDesk(brought, secretary).set_unit()
        sheet = PayDesk(brought, secretary).bring(same_hours(members[1:]))
        PayDesk(answered, secretary, at=ends[0]).answer(sheet, 1, Question.MISSING, Answer.NONE, "viaje")
        run = PayDesk(prepared, secretary, at=ends[1]).prepare(sheet)
        for person in (brought, answered):
            with pytest.raises(NotASecondPerson):
                PayDesk(prepared, person, at=ends[2]).approve(run)
        assert PayDesk(prepared, secretary, at=ends[2]).approve(run).state == "approved"

    def test_without_the_power_nobody_approves(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        run = pay.prepare(pay.bring(same_hours(members)))
        with pytest.raises(NotAllowed):
            pay.approve(run, by=members[5])

    def test_what_was_looked_at_is_what_is_approved(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        first = pay.prepare(pay.bring(same_hours(members)))
        run = pay.prepare(pay.bring(same_hours(members, "168,00")))
        with pytest.raises(RunNotWaiting):
            pay.approve(first)
        with pytest.raises(NotWhatWasSeen):
            pay.approve(run, sha256=first.sha256)
        assert PayRun.objects.get(pk=run.pk).entry is None

    def test_a_unit_that_changed_meanwhile_stops_it(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        run = pay.prepare(pay.bring(same_hours(members)))
        pay.set_unit(900_000, date(2026, 10, 1))
        with pytest.raises(RunIsStale):
            pay.approve(run)

    def test_a_debt_that_changed_meanwhile_stops_it(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring([(1, "1,00", "", "", "90.000,00"), *same_hours(members[1:])], SEPTEMBER)
        pay.answer(sheet, 1, Question.ADVANCE, Answer.AS_IS)
        before = pay.approve(pay.prepare(sheet))
        sheet = pay.bring(same_hours(members))
        pay.answer(sheet, 1, Question.FAR, Answer.AS_IS)
        run = pay.prepare(sheet)
        reverse(entry_id=before.entry.pk, reason="prueba", by=pay.treasurer.actor, at=PAY_DAY)
        with pytest.raises(RunIsStale):
            pay.approve(run)

    def test_a_paid_month_takes_no_other_hours(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        pay.paid(same_hours(members))
        with pytest.raises(MonthIsPaid):
            pay.bring(same_hours(members, "168,00"))

    def test_a_withdrawn_run_is_prepared_anew(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        sheet = pay.bring(same_hours(members))
        first = pay.prepare(sheet)
        withdrawing.withdraw(run_id=first.pk, by=pay.treasurer.actor, at=PAY_DAY)
        again = pay.prepare(sheet)
        assert (again.net, again.pk != first.pk, again.sha256 != first.sha256) == (first.net, True, True)

    def test_the_proof_finds_every_run_whole(self, pay: PayDesk, members: list[Member]) -> None:
        pay.set_unit()
        pay.paid(same_hours(members), SEPTEMBER)
        pay.paid([(1, "170,33", "", "", "1.000,00"), *same_hours(members[1:])])
        assert (prove_pay().rows, prove_pay().broken) == (14, None)


def test_the_proof_names_the_payslip_that_was_changed(
    real_database: object, pay: PayDesk, members: list[Member], owner: object
) -> None:
    pay.set_unit()
    pay.paid(same_hours(members))
    owner.execute("ALTER TABLE payroll_payslip DISABLE TRIGGER USER")
    owner.execute("UPDATE payroll_payslip SET net = net + 1, gross = gross + 1 WHERE number = 4")
    broken = prove_pay().broken
    assert broken is not None
    assert "N.º 4" in broken.row


def test_two_treasurers_at_once_leave_one_run(
    real_database: object, pay: PayDesk, members: list[Member]
) -> None:
    pay.set_unit()
    sheet = pay.bring(same_hours(members))
    outcomes = at_once([lambda: pay.prepare(sheet)] * 4)
    assert len(succeeded(outcomes)) == 1
    assert others_than(RunStands, outcomes) == []
    assert PayRun.objects.exclude(state=RunState.WITHDRAWN).count() == 1
    assert Payslip.objects.count() == 7


def test_two_files_at_once_are_two_versions(
    real_database: object, pay: PayDesk, members: list[Member]
) -> None:
    pay.set_unit()
    outcomes = at_once(
        [lambda h=h: pay.bring(same_hours(members, h)) for h in ("176,00", "168,00", "160,00")]
    )
    assert failed(outcomes) == []
    assert sorted(HoursSheet.objects.values_list("version", flat=True)) == [1, 2, 3]


def test_two_approvers_at_once_post_once(
    real_database: object, pay: PayDesk, members: list[Member], president: Member
) -> None:
    pay.set_unit()
    run = pay.prepare(pay.bring(same_hours(members)))
    outcomes = at_once([lambda by=by: pay.approve(run, by=by) for by in (president, pay.second)])
    assert len(succeeded(outcomes)) == 1
    assert others_than(RunNotWaiting, outcomes) == []
    assert balance("5.1") == run.gross


def test_approving_and_withdrawing_at_once_leave_one_of_the_two(
    real_database: object, pay: PayDesk, members: list[Member]
) -> None:
    pay.set_unit()
    run = pay.prepare(pay.bring(same_hours(members)))
    outcomes = at_once(
        [
            lambda: pay.approve(run),
            lambda: withdrawing.withdraw(run_id=run.pk, by=pay.treasurer.actor, at=PAY_DAY),
            lambda: pay.bring(same_hours(members, "160,00")),
        ]
    )
    assert others_than([RunNotWaiting, MonthIsPaid], outcomes) == []
    run.refresh_from_db()
    assert (run.state == "approved") == (balance("5.1") == run.gross)
