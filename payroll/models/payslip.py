"""The payslips of a run, and what each member said of theirs."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from payroll.enums import HourKind, MarkKind
from payroll.models.pay import PayRun


class Payslip(models.Model):
    """One member's pay, with their data as it was. Nothing on it is read again from anywhere.

    Hours are hundredths: `paid` are those the rules pay. Cents: `gross` for them, `before` owed from earlier
    months, `taken` as advances in this one, `shares_due` for instalments of shares; `deducted` of all three,
    `withheld` of it for the shares; `owed` the debts and advances that did not fit into the pay. Of `net`,
    `to_bank` goes to `account`, the rest is cash; null on payslips from before that was written down.
    Payslips fill the places 1 to `run.payslips`: a run that was found whole in the middle of its transaction
    (SET CONSTRAINTS … IMMEDIATE) has no place left for one more.
    """

    run = models.ForeignKey(PayRun, on_delete=models.PROTECT, related_name="slips")
    position = models.PositiveIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payslips")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200, db_collation="C")
    tax_number = models.CharField(max_length=11)
    worked = models.PositiveIntegerField()
    sick = models.PositiveIntegerField()
    holiday = models.PositiveIntegerField()
    paid = models.PositiveIntegerField()
    gross = models.PositiveBigIntegerField()
    before = models.PositiveBigIntegerField()
    taken = models.PositiveBigIntegerField()
    deductions = models.JSONField()
    deducted = models.PositiveBigIntegerField()
    net = models.PositiveBigIntegerField()
    owed = models.PositiveBigIntegerField()
    shares_due = models.PositiveBigIntegerField(default=0)
    withheld = models.PositiveBigIntegerField(default=0)
    account = models.CharField(max_length=22, blank=True, default="")
    to_bank = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["sort_name", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="payslip_has_a_place_of_its_own"),
            models.UniqueConstraint(fields=["run", "member"], name="payslip_one_for_each_member"),
            models.UniqueConstraint(fields=["run", "number"], name="payslip_one_for_each_number"),
            models.CheckConstraint(
                name="payslip_pays_what_is_left",
                condition=Q(gross=F("net") + F("deducted"))
                & Q(owed=F("before") + F("taken") + F("withheld") - F("deducted")),
            ),
            models.CheckConstraint(
                name="payslip_withholds_what_is_due",
                condition=Q(withheld__lte=F("shares_due")) & Q(withheld__lte=F("deducted")),
            ),
            models.CheckConstraint(
                name="payslip_goes_to_an_account_or_is_cash",
                condition=Q(to_bank__isnull=True, account="")
                | Q(to_bank=0, account="")
                | Q(to_bank__gte=1, to_bank__lte=F("net"), account__regex=r"^[0-9]{22}$"),
            ),
            models.CheckConstraint(
                name="payslip_pays_hours_there_are",
                condition=Q(paid__lte=F("worked") + F("sick") + F("holiday")),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="written_with_its_run",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM payroll_payrun r
                         WHERE r.id = NEW.run_id AND r.prepared_in = pg_current_xact_id()::text::bigint
                           AND NEW.position BETWEEN 1 AND r.payslips
                    ) THEN
                        RAISE EXCEPTION 'the payslips of pay run % are frozen', NEW.run_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} in {self.run_id}"

    def hours_of(self, kind: HourKind) -> int:
        """Hundredths of an hour."""
        return {HourKind.WORKED: self.worked, HourKind.SICK: self.sick, HourKind.HOLIDAY: self.holiday}[kind]


class ReceiptMark(models.Model):
    """What its owner said of a receipt: that they saw it, or what they object to. Each once."""

    payslip = models.ForeignKey(Payslip, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=MarkKind)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["payslip", "kind"], name="receipt_mark_once"),
            models.CheckConstraint(
                name="receipt_objection_says_what",
                condition=Q(kind=MarkKind.SEEN, text="") | Q(kind=MarkKind.OBJECTED) & ~Q(text=""),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="of_an_approved_run",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM payroll_payslip p JOIN payroll_payrun r ON r.id = p.run_id
                         WHERE p.id = NEW.payslip_id AND r.state = 'approved'
                    ) THEN
                        RAISE EXCEPTION 'a receipt is there once its run is approved';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payslip_id}: {self.kind}"
