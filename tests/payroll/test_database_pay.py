"""What the database refuses about pay, going round Python with the application's rights."""

import pytest
from django.db import DatabaseError, connection, transaction

from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.postings import Posting
from coop.members.models import Member
from payroll.enums import Answer, Question
from payroll.models import HoursAnswer, HoursLine, HoursSheet, PayRun, Payslip, ReceiptMark
from tests.payroll.paying import OCTOBER, PAY_DAY, UNIT, PayDesk, same_hours
from tests.support.raw import refused, refused_rows, run, try_to_ignore_triggers

SQL_APPROVE = (
    "UPDATE payroll_payrun SET state = 'approved', approved_at = now(), approved_by_id = %s, entry_id = %s"
    " WHERE id = %s"
)


@pytest.fixture
def pay(treasurer: Member, secretary: Member) -> PayDesk:
    return PayDesk(treasurer, secretary)


@pytest.fixture
def waiting(pay: PayDesk, members: list[Member]) -> PayRun:
    pay.set_unit()
    return pay.prepare(pay.bring(same_hours(members)))


@pytest.fixture
def approved(pay: PayDesk, waiting: PayRun) -> PayRun:
    return pay.approve(waiting)


@pytest.fixture
def committed(real_database: object, waiting: PayRun) -> PayRun:
    """Prepared in another transaction than the one that attacks it."""
    return waiting


def entry_of(run_: PayRun, gross: int | None = None, key: str = "") -> int:
    """An entry posted by whoever attacks."""
    amount = run_.gross if gross is None else gross
    lines = [Posting(chart.pay_expense(), amount), Posting(chart.pay_due(1, "Élida Quiroga"), -amount)]
    return post(
        key=key or f"pay:{run_.period}",
        day=OCTOBER.last_day,
        memo="x",
        postings=lines,
        by=Member.objects.get(number=7).actor,
        at=PAY_DAY,
    ).pk


def clone(run_: PayRun, **values: object) -> PayRun:
    """Another row like it, not saved."""
    held = {field.attname: getattr(run_, field.attname) for field in PayRun._meta.concrete_fields}
    return PayRun(**{**held, "id": None, **values})


def slip_like(slip: Payslip, **values: object) -> Payslip:
    held = {field.attname: getattr(slip, field.attname) for field in Payslip._meta.concrete_fields}
    return Payslip(**{**held, "id": None, **values})


@transaction.atomic
def insert(born: PayRun, slips: list[Payslip]) -> None:
    """A run with payslips of its own, checked at once."""
    born.save(force_insert=True)
    Payslip.objects.bulk_create(slip_like(one, run_id=born.pk) for one in slips)
    connection.check_constraints()


@pytest.mark.django_db
class TestApproval:
    def test_nobody_approves_their_own_run(self, waiting: PayRun, treasurer: Member) -> None:
        entry = entry_of(waiting)
        refused(SQL_APPROVE, [treasurer.pk, entry, waiting.pk], match="approved_by_a_second_person")

    def test_who_answered_for_the_hours_does_not_approve(
        self, pay: PayDesk, members: list[Member], member: Member
    ) -> None:
        pay.set_unit()
        sheet = pay.bring(same_hours(members[1:]))
        HoursAnswer.objects.create(
            sheet=sheet,
            member=members[0],
            question=Question.MISSING,
            answer=Answer.NONE,
            reason="x",
            by=member,
            at=PAY_DAY,
        )
        made = pay.prepare(sheet)
        refused(SQL_APPROVE, [member.pk, entry_of(made), made.pk], match="a second person approves")

    def test_an_approval_has_an_approver_and_an_entry(self, waiting: PayRun, secretary: Member) -> None:
        refused("UPDATE payroll_payrun SET state = 'approved'", match="does not post it|state_is_whole")
        refused(
            "UPDATE payroll_payrun SET approved_by_id = %s", [secretary.pk], match="pay_run_state_is_whole"
        )

    def test_the_entry_posts_what_the_run_says(self, waiting: PayRun, secretary: Member) -> None:
        less = entry_of(waiting, waiting.gross - 1)
        refused(SQL_APPROVE, [secretary.pk, less, waiting.pk], match="does not post it")

    def test_the_entry_is_the_months_own(self, waiting: PayRun, secretary: Member) -> None:
        other = entry_of(waiting, key="pay:2026-09")
        refused(SQL_APPROVE, [secretary.pk, other, waiting.pk], match="does not post it")

    def test_an_honest_approval_goes_through(self, waiting: PayRun, secretary: Member) -> None:
        assert run(SQL_APPROVE, [secretary.pk, entry_of(waiting), waiting.pk]) == 1

    def test_an_approved_run_never_changes(self, approved: PayRun) -> None:
        for change in ("state = 'withdrawn'", "approved_at = now()", "entry_id = NULL"):
            refused(f"UPDATE payroll_payrun SET {change}", match="Cannot update|does not post it")

    def test_a_withdrawn_run_does_not_come_back(self, waiting: PayRun, treasurer: Member) -> None:
        run(
            "UPDATE payroll_payrun SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = %s",
            [treasurer.pk],
        )
        refused(
            "UPDATE payroll_payrun SET state = 'prepared', withdrawn_at = NULL, withdrawn_by_id = NULL",
            match="Cannot update",
        )

    def test_a_setting_does_not_switch_the_triggers_off(self, approved: PayRun) -> None:
        try_to_ignore_triggers("payroll_payrun", "payroll_payslip", "payroll_receiptmark")
        refused("UPDATE payroll_payrun SET approved_at = now()", match="Cannot update")


@pytest.mark.django_db
class TestRuns:
    def test_a_month_has_one_live_run(self, waiting: PayRun) -> None:
        refused_rows(clone(waiting), match="pay_run_one_for_each_month")

    def test_a_run_begins_prepared(self, waiting: PayRun, secretary: Member) -> None:
        born = clone(waiting, period="2026-11", state="approved", approved_by_id=secretary.pk)
        refused_rows(born, match="begins prepared")

    def test_a_run_rests_on_the_last_hours_of_its_own_month(
        self, pay: PayDesk, members: list[Member], waiting: PayRun
    ) -> None:
        refused_rows(clone(waiting, period="2026-09"), match="the last hours of its month")
        run(
            "UPDATE payroll_payrun SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = %s",
            [pay.treasurer.pk],
        )
        pay.bring(same_hours(members, "160,00"))
        refused_rows(clone(waiting), match="the last hours of its month")

    def test_who_brought_the_hours_is_named_truly(self, waiting: PayRun, member: Member) -> None:
        refused_rows(clone(waiting, imported_by_id=member.pk), match="the last hours of its month")

    def test_the_unit_is_one_that_a_resolution_set(self, waiting: PayRun) -> None:
        refused_rows(clone(waiting, unit_cents=UNIT + 1), match="the unit that a resolution set")

    def test_payslips_that_do_not_add_up_are_no_run(self, waiting: PayRun, treasurer: Member) -> None:
        slips = list(waiting.slips.all())
        run(
            "UPDATE payroll_payrun SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = %s",
            [treasurer.pk],
        )
        for wrong in (slips[1:], [slip_like(slips[0], gross=1, net=1), *slips[1:]]):
            with pytest.raises(DatabaseError, match="do not add up"):
                insert(clone(waiting), wrong)

    def test_unequal_hours_are_no_run(self, waiting: PayRun, treasurer: Member) -> None:
        """Sums and count are right; one gets another's pesos."""
        slips = list(waiting.slips.all())
        run(
            "UPDATE payroll_payrun SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = %s",
            [treasurer.pk],
        )
        moved = [
            slip_like(slips[0], gross=slips[0].gross + 1000, net=slips[0].net + 1000),
            slip_like(slips[1], gross=slips[1].gross - 1000, net=slips[1].net - 1000),
            *slips[2:],
        ]
        with pytest.raises(DatabaseError, match="equal value"):
            insert(clone(waiting), moved)

    def test_a_run_found_whole_has_no_place_for_one_more_payslip(
        self, waiting: PayRun, treasurer: Member
    ) -> None:
        """`SET CONSTRAINTS ALL IMMEDIATE` sums early; what joins afterwards would never be summed."""
        slips = list(waiting.slips.all())
        run(
            "UPDATE payroll_payrun SET state = 'withdrawn', withdrawn_at = now(), withdrawn_by_id = %s",
            [treasurer.pk],
        )
        born = clone(waiting, payslips=6, hours=6 * 17600, gross=6 * 176 * UNIT, net=6 * 176 * UNIT)
        born.save(force_insert=True)
        Payslip.objects.bulk_create(slip_like(one, run_id=born.pk) for one in slips if one.position != 7)
        run("SET CONSTRAINTS ALL IMMEDIATE")
        last = next(one for one in slips if one.position == 7)
        refused_rows(slip_like(last, run_id=born.pk), match="are frozen")
        refused_rows(slip_like(last, run_id=born.pk, position=6), match="payslip_has_a_place")

    @pytest.mark.parametrize("column", ["gross = 1", "sha256 = ''", "prepared_by_id = 1", "rules = '{}'"])
    def test_a_runs_figures_are_not_for_the_application_to_change(self, waiting: PayRun, column: str) -> None:
        refused(f"UPDATE payroll_payrun SET {column}", match="denied")

    @pytest.mark.parametrize(
        "table",
        ["payrun", "payslip", "receiptmark", "hourssheet", "hoursline", "hoursanswer", "payunitproposal"],
    )
    def test_nothing_is_deleted(self, approved: PayRun, table: str) -> None:
        refused(f"DELETE FROM payroll_{table}", match="denied")
        refused(f"TRUNCATE payroll_{table} CASCADE", match="denied")


@pytest.mark.django_db
class TestPayslips:
    def test_a_payslip_never_changes(self, approved: PayRun) -> None:
        for column in ("net = 1", "name = 'x'", "gross = gross + 1"):
            refused(f"UPDATE payroll_payslip SET {column}", match="denied")

    def test_a_payslip_pays_what_is_left(self, waiting: PayRun) -> None:
        slip = waiting.slips.first()
        for values in ({"net": slip.net + 1}, {"owed": 5}, {"paid": slip.paid + 1}):
            refused_rows(slip_like(slip, **values), match="payslip_")

    def test_a_receipt_is_marked_once_its_run_is_approved(self, waiting: PayRun) -> None:
        slip = waiting.slips.first()
        refused_rows(ReceiptMark(payslip=slip, kind="seen", at=PAY_DAY), match="once its run is approved")

    def test_a_receipt_is_marked_once(self, approved: PayRun) -> None:
        slip = approved.slips.first()
        ReceiptMark.objects.create(payslip=slip, kind="seen", at=PAY_DAY)
        refused_rows(ReceiptMark(payslip=slip, kind="seen", at=PAY_DAY), match="receipt_mark_once")
        refused_rows(ReceiptMark(payslip=slip, kind="objected", at=PAY_DAY), match="says_what")


@pytest.mark.django_db
class TestHours:
    def test_the_hours_of_a_run_stay(self, waiting: PayRun, treasurer: Member) -> None:
        again = HoursSheet(
            period="2026-10",
            version=2,
            at=PAY_DAY,
            by=treasurer,
            came_by="browser",
            file_name="x",
            file_sha256="y",
        )
        refused_rows(again, match="are in a pay run")
        late = HoursAnswer(
            sheet=waiting.sheet,
            member=treasurer,
            question="far",
            answer="as_is",
            reason="",
            by=treasurer,
            at=PAY_DAY,
        )
        refused_rows(late, match="are in a pay run")

    def test_hours_are_of_a_month(self, treasurer: Member) -> None:
        for period in ("2026-13", "octubre", "26-10"):
            refused_rows(
                HoursSheet(
                    period=period,
                    version=1,
                    at=PAY_DAY,
                    by=treasurer,
                    came_by="browser",
                    file_name="x",
                    file_sha256="y",
                ),
                match="hours_sheet_is_of_a_month",
            )


def test_a_payslip_does_not_join_a_run_that_is_there(committed: PayRun, members: list[Member]) -> None:
    extra = slip_like(committed.slips.first(), number=99)
    refused_rows(extra, match="are frozen")


def test_a_line_does_not_join_hours_that_came_in(committed: PayRun, members: list[Member]) -> None:
    line = HoursLine(sheet=committed.sheet, member=members[0], worked=1, sick=0, holiday=0, advance=0)
    refused_rows(line, match="came with its file")


def test_not_even_the_owner_changes_a_payslip_or_a_run(
    committed: PayRun, pay: PayDesk, owner: object
) -> None:
    pay.approve(committed)
    for table in ("payslip", "payrun", "hourssheet", "hoursline", "payunitproposal"):
        with pytest.raises(Exception, match=r"Cannot (update or )?delete"):
            owner.execute(f"DELETE FROM payroll_{table}")
    with pytest.raises(Exception, match="Cannot update"):
        owner.execute("UPDATE payroll_payslip SET net = 1")


def test_not_even_the_owner_changes_a_waiting_runs_figures(committed: PayRun, owner: object) -> None:
    with pytest.raises(Exception, match="figures never change"):
        owner.execute("UPDATE payroll_payrun SET sha256 = repeat('a', 64)")
