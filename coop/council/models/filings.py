"""What each renewal of the council has to be told to: bank, registry. And what was said of terms that end."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.council.enums_handover import CLOSES, REMINDS, FilingKind, StepKind
from coop.council.models.terms import Term
from coop.members.models import Member

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class FilingRule(models.Model):
    """How many days there are to file; the latest row of a kind holds. `source`: what says so."""

    kind = models.CharField(max_length=10, choices=FilingKind)
    days = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="filing_rule_is_whole",
                condition=Q(kind__in=[FilingKind.BANK, FilingKind.REGISTRY], days__gte=1, days__lte=365)
                & ~Q(source=""),
            )
        ]
        triggers = [Protect(name="append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.kind} {self.days}"


class Filing(models.Model):
    """`changed_on` is the day on which the council changed; `opened_by` nobody where that opened it."""

    kind = models.CharField(max_length=10, choices=FilingKind)
    title = models.CharField(max_length=200)
    changed_on = models.DateField(null=True)
    due_on = models.DateField()
    source = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "changed_on"],
                condition=Q(changed_on__isnull=False),
                name="filing_once_a_renewal",
            ),
            models.CheckConstraint(
                name="filing_is_whole",
                condition=~Q(title="")
                & (
                    Q(kind=FilingKind.OTHER, changed_on__isnull=True, opened_by__isnull=False)
                    | Q(
                        kind__in=[FilingKind.BANK, FilingKind.REGISTRY],
                        changed_on__isnull=False,
                        opened_by__isnull=True,
                    )
                ),
            ),
        ]
        triggers = [Protect(name="append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return self.title


class FilingStep(models.Model):
    """What happened with a filing. The one that closes it is the last.

    `who`: in whose charge it is from then on; `due_on`: the new day; `number`: of the proceeding, or of the
    bank's receipt; `day`: when it was done.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    who = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="filings_taken")
    due_on = models.DateField(null=True)
    day = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(kind__in=CLOSES), name="filing_closes_once"
            ),
            models.CheckConstraint(
                name="filing_step_is_whole",
                condition=Q(
                    kind=StepKind.TAKEN, who__isnull=False, due_on__isnull=True, day__isnull=True, number=""
                )
                | Q(
                    kind=StepKind.PUT_OFF, who__isnull=True, due_on__isnull=False, day__isnull=True, number=""
                )
                & ~Q(note="")
                | Q(
                    kind__in=[StepKind.NOTE, StepKind.DROPPED],
                    who__isnull=True,
                    due_on__isnull=True,
                    day__isnull=True,
                    number="",
                )
                & ~Q(note="")
                | Q(kind=StepKind.DONE, who__isnull=True, due_on__isnull=True, day__isnull=False)
                & ~Q(number=""),
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=APPEND_ONLY),
            Trigger(
                name="while_it_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM pg_advisory_xact_lock(
                        hashtext(current_schema() || '.council.filing/' || NEW.filing_id::text));
                    IF EXISTS (
                        SELECT FROM council_filingstep
                         WHERE filing_id = NEW.filing_id AND kind IN ('done', 'dropped')
                    ) THEN
                        RAISE EXCEPTION 'a filing that is closed does not change';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing} {self.kind}"


class TermReminder(models.Model):
    """That a term ends was told, so many days before; `mailed_at`: to those who have e-mail, too."""

    app_may_update = ("mailed_at",)

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    ends_at = models.DateTimeField()
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "days"], name="term_reminder_once"),
            models.CheckConstraint(name="term_reminder_on_its_day", condition=Q(days__in=REMINDS)),
        ]
        triggers = [
            Protect(name="history", operation=pgtrigger.Delete),
            Trigger(
                name="mailed_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.mailed_at IS NOT NULL OR NEW.mailed_at IS NULL OR
                       (NEW.id, NEW.term_id, NEW.days, NEW.ends_at, NEW.at)
                       IS DISTINCT FROM (OLD.id, OLD.term_id, OLD.days, OLD.ends_at, OLD.at) THEN
                        RAISE EXCEPTION 'a reminder is sent once, and never changes';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.days}"
