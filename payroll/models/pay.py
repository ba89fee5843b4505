"""A month's pay: prepared by one, approved by another, posted once."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from coop.common.triggers import Protect, Trigger
from coop.ledger.models import Entry
from coop.members.models import Member
from coop.statute.models import PayUnit
from payroll.enums import RunState
from payroll.models.hours import PERIOD, HoursSheet


class PayRun(models.Model):
    """The pay of one month, frozen when it was prepared; a second person approves it, and then it is posted.

    Hours are hundredths, money is cents. `rules` holds what the payslips rest on: cooperative, label, the
    unit's day and resolution, which kinds of hours are paid and where that is written. `sha256` seals all of
    it together with every payslip (`payroll.domain.seals`).
    """

    app_may_update = ("state", "approved_at", "approved_by_id", "entry_id", "withdrawn_at", "withdrawn_by_id")

    period = models.CharField(max_length=7)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PREPARED)
    sheet = models.ForeignKey(HoursSheet, on_delete=models.PROTECT, related_name="runs")
    unit = models.ForeignKey(PayUnit, on_delete=models.PROTECT, related_name="+")
    unit_cents = models.PositiveBigIntegerField()
    rules = models.JSONField()
    payslips = models.PositiveIntegerField()
    hours = models.PositiveBigIntegerField()
    gross = models.PositiveBigIntegerField()
    taken = models.PositiveBigIntegerField()
    deducted = models.PositiveBigIntegerField()
    net = models.PositiveBigIntegerField()
    owed = models.PositiveBigIntegerField()
    # Of `deducted`, what went to the members' own shares; of `net`, what goes to banks (null: from before).
    withheld = models.PositiveBigIntegerField(default=0)
    to_bank = models.PositiveBigIntegerField(null=True)
    # Never shown: without it the seal, which all may read, would tell whether a guess at an advance is right.
    salt = models.CharField(max_length=32, blank=True, default="")
    sha256 = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    imported_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, null=True, related_name="pay_run")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # The transaction that prepared it, set by the database: payslips are written in that one or never.
    prepared_in = models.BigIntegerField(editable=False, default=0)

    class Meta:
        ordering = ["-period", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=Q(state__in=[RunState.PREPARED, RunState.APPROVED]),
                name="pay_run_one_for_each_month",
            ),
            models.CheckConstraint(name="pay_run_is_of_a_month", condition=Q(period__regex=PERIOD)),
            models.CheckConstraint(
                name="pay_run_is_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=F("prepared_by")) & ~Q(approved_by=F("imported_by")),
            ),
            models.CheckConstraint(
                name="pay_run_pays_what_is_left",
                condition=Q(gross=F("net") + F("deducted"), payslips__gte=1, gross__gte=1),
            ),
            models.CheckConstraint(
                name="pay_run_is_sealed",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$", salt__regex=r"^([0-9a-f]{32})?$"),
            ),
            models.CheckConstraint(
                name="pay_run_state_is_whole",
                condition=Q(
                    state=RunState.PREPARED,
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                    entry__isnull=True,
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                )
                | Q(
                    state=RunState.APPROVED,
                    approved_at__isnull=False,
                    approved_by__isnull=False,
                    entry__isnull=False,
                    withdrawn_at__isnull=True,
                    withdrawn_by__isnull=True,
                )
                | Q(
                    state=RunState.WITHDRAWN,
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                    entry__isnull=True,
                    withdrawn_at__isnull=False,
                    withdrawn_by__isnull=False,
                ),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["approved", "withdrawn"]),
            ),
            Trigger(
                name="figures_never_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("decides", "text[]")],
                func="""
                    decides := ARRAY['state', 'approved_at', 'approved_by_id', 'entry_id', 'withdrawn_at',
                                     'withdrawn_by_id'];
                    IF to_jsonb(NEW) - decides IS DISTINCT FROM to_jsonb(OLD) - decides THEN
                        RAISE EXCEPTION 'pay run %: its figures never change', OLD.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="begins_prepared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'prepared' THEN
                        RAISE EXCEPTION 'a pay run begins prepared';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM payroll_hourssheet s
                         WHERE s.id = NEW.sheet_id AND s.period = NEW.period AND s.by_id = NEW.imported_by_id
                           AND NOT EXISTS (
                               SELECT FROM payroll_hourssheet o
                                WHERE o.period = s.period AND o.version > s.version)
                    ) THEN
                        RAISE EXCEPTION 'a pay run rests on the last hours of its month';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM statute_payunit u
                         WHERE u.id = NEW.unit_id AND u.cents_per_hour = NEW.unit_cents
                    ) THEN
                        RAISE EXCEPTION 'a pay run takes the unit that a resolution set';
                    END IF;
                    NEW.prepared_in := pg_current_xact_id()::text::bigint;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="payslips_add_up",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("sums", "numeric[]")],
                func="""
                    SELECT ARRAY[count(*), sum(p.paid), sum(p.gross), sum(p.taken), sum(p.deducted),
                                 sum(p.net), sum(p.owed), sum(p.withheld), sum(p.to_bank)]
                      INTO sums FROM payroll_payslip p WHERE p.run_id = NEW.id;
                    IF sums IS DISTINCT FROM ARRAY[NEW.payslips, NEW.hours, NEW.gross, NEW.taken,
                                                   NEW.deducted, NEW.net, NEW.owed, NEW.withheld,
                                                   NEW.to_bank]::numeric[]
                       OR NEW.gross <> round(NEW.hours::numeric * NEW.unit_cents / 100)
                    THEN
                        RAISE EXCEPTION 'pay run %: its payslips do not add up', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT FROM payroll_payslip p
                         WHERE p.run_id = NEW.id
                           AND abs(p.gross - p.paid::numeric * NEW.unit_cents / 100) > 1.5
                    ) THEN
                        RAISE EXCEPTION 'pay run %: every hour is of equal value', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            Trigger(
                name="approved_and_posted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="approved"),
                func="""
                    IF EXISTS (
                        SELECT FROM payroll_hoursanswer a
                         WHERE a.sheet_id = NEW.sheet_id AND a.by_id = NEW.approved_by_id
                    ) THEN
                        RAISE EXCEPTION 'pay run %: a second person approves', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM ledger_entry e
                         WHERE e.id = NEW.entry_id AND e.key = 'pay:' || NEW.period
                    ) OR NEW.gross IS DISTINCT FROM (
                        SELECT sum(l.cents) FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                         WHERE l.entry_id = NEW.entry_id AND a.code = '5.1'
                    ) OR NEW.net IS DISTINCT FROM (
                        SELECT -COALESCE(sum(l.cents), 0)
                          FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                         WHERE l.entry_id = NEW.entry_id AND starts_with(a.code, '2.1.')
                    ) OR NEW.withheld IS DISTINCT FROM (
                        SELECT -COALESCE(sum(l.cents), 0)
                          FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                         WHERE l.entry_id = NEW.entry_id AND starts_with(a.code, '3.3.')
                    ) THEN
                        RAISE EXCEPTION 'pay run %: its entry does not post it', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.state}"

    @property
    def repaid(self) -> int:
        """Cents of debts and advances that the pay took back."""
        return self.deducted - self.withheld

    @property
    def in_cash(self) -> int:
        """Cents; what of it nobody wrote down on older runs counts as cash."""
        return self.net - (self.to_bank or 0)
