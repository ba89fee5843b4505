"""Sanction files: opened, told to the person, defended, decided, appealed."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.members.enums import Measure, Outcome, StepKind
from coop.members.models.register import Member
from coop.statute.models import Resolution


class SanctionFile(models.Model):
    """What a member is said to have done. Never changed: what follows is a step.

    `salt` goes into the seals that the record keeps of file and steps; without one: opened before there were.
    """

    number = models.PositiveIntegerField(unique=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sanction_files")
    charge = models.TextField()
    opened_on = models.DateField()
    salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(name="sanction_says_what_happened", condition=~Q(charge="")),
            models.CheckConstraint(
                name="sanction_is_opened_by_somebody_else", condition=~Q(member=models.F("by"))
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}"


class SanctionStep(models.Model):
    """One step, append-only. `due`: by when the person answers (defence, or appeal). `days` and `starts_on`
    of a suspension. `by` is the person themself for a defence or an appeal that they wrote.
    """

    file = models.ForeignKey(SanctionFile, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=StepKind)
    day = models.DateField()
    due = models.DateField(null=True)
    text = models.TextField(blank=True)
    measure = models.CharField(max_length=12, choices=Measure, blank=True)
    days = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["file", "position"]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="step_has_a_place_of_its_own"),
            models.CheckConstraint(name="step_kind_is_known", condition=Q(kind__in=StepKind.values)),
            models.CheckConstraint(
                name="step_decision_says_what",
                condition=Q(kind=StepKind.DECIDED, resolution__isnull=False, measure__in=Measure.values)
                | ~Q(kind=StepKind.DECIDED) & Q(measure=""),
            ),
            models.CheckConstraint(
                name="step_suspension_has_its_days",
                condition=Q(measure=Measure.SUSPENSION, days__gte=1, starts_on__isnull=False)
                | ~Q(measure=Measure.SUSPENSION) & Q(days__isnull=True, starts_on__isnull=True),
            ),
            models.CheckConstraint(
                name="step_appeal_has_an_outcome",
                condition=Q(
                    kind=StepKind.APPEAL_DECIDED, resolution__isnull=False, outcome__in=Outcome.values
                )
                | ~Q(kind=StepKind.APPEAL_DECIDED) & Q(outcome=""),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("before_it", "text[]"), ("needs", "text[]")],
                func="""
                    SELECT COALESCE(array_agg(p.kind::text ORDER BY p.position), '{}') INTO before_it
                      FROM members_sanctionstep p WHERE p.file_id = NEW.file_id;
                    IF NEW.position <> cardinality(before_it) + 1 OR NEW.kind = ANY (before_it) THEN
                        RAISE EXCEPTION 'step % of file % does not follow', NEW.kind, NEW.file_id;
                    END IF;
                    needs := CASE NEW.kind
                        WHEN 'defence' THEN '{notified}'
                        WHEN 'no_defence' THEN '{notified}'
                        WHEN 'appealed' THEN '{decided}'
                        WHEN 'appeal_decided' THEN '{appealed}'
                        ELSE '{}' END;
                    IF NOT needs <@ before_it
                       OR 'decided' = ANY (before_it) AND NEW.kind IN ('notified', 'defence', 'no_defence')
                       OR NEW.kind IN ('defence', 'no_defence') AND '{defence,no_defence}' && before_it
                    THEN
                        RAISE EXCEPTION 'step % of file % does not follow', NEW.kind, NEW.file_id;
                    END IF;
                    IF NEW.measure IN ('suspension', 'exclusion')
                       AND NOT '{defence,no_defence}' && before_it THEN
                        RAISE EXCEPTION 'nobody is suspended or excluded undefended (file %)', NEW.file_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.kind}"
