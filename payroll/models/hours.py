"""Hours of a month as a file gave them, and what was answered about the odd ones."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from payroll.enums import Answer, CameBy, Question

PERIOD = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class HoursSheet(models.Model):
    """One file of hours for a month ("2026-10"). A corrected file is a new sheet: the last version holds."""

    period = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    came_by = models.CharField(max_length=10, choices=CameBy)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    # The transaction that took the file in, set by the database: its lines are written in that one or never.
    taken_in = models.BigIntegerField(editable=False, default=0)

    class Meta:
        ordering = ["-period", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["period", "version"], name="hours_sheet_version_once"),
            models.CheckConstraint(name="hours_sheet_is_of_a_month", condition=Q(period__regex=PERIOD)),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="before_the_month_is_paid",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM payroll_payrun r
                         WHERE r.period = NEW.period AND r.state IN ('prepared', 'approved')
                    ) THEN
                        RAISE EXCEPTION 'the hours of % are in a pay run', NEW.period;
                    END IF;
                    NEW.taken_in := pg_current_xact_id()::text::bigint;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} v{self.version}"


class HoursLine(models.Model):
    """One member's line of the file: hours in hundredths, the advance taken in cents."""

    sheet = models.ForeignKey(HoursSheet, on_delete=models.PROTECT, related_name="lines")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    worked = models.PositiveIntegerField()
    sick = models.PositiveIntegerField()
    holiday = models.PositiveIntegerField()
    advance = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "member"], name="hours_line_lists_a_member_once")
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="comes_with_its_file",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM payroll_hourssheet s
                         WHERE s.id = NEW.sheet_id AND s.taken_in = pg_current_xact_id()::text::bigint
                    ) THEN
                        RAISE EXCEPTION 'the lines of hours sheet % came with its file', NEW.sheet_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.sheet_id}"


class HoursAnswer(models.Model):
    """What was answered about one member; of two answers to one question the later holds.

    `hours` gives the hundredths itself (worked, sick, holiday), the others leave them null.
    """

    sheet = models.ForeignKey(HoursSheet, on_delete=models.PROTECT, related_name="answers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, choices=Question)
    answer = models.CharField(max_length=10, choices=Answer)
    worked = models.PositiveIntegerField(null=True)
    sick = models.PositiveIntegerField(null=True)
    holiday = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="hours_answer_gives_hours_or_none",
                condition=Q(answer=Answer.HOURS, worked__isnull=False, sick__isnull=False)
                & Q(holiday__isnull=False)
                | Q(answer__in=[Answer.AS_IS, Answer.NONE], worked__isnull=True, sick__isnull=True)
                & Q(holiday__isnull=True),
            ),
            models.CheckConstraint(
                name="hours_answer_question_is_known", condition=Q(question__in=Question.values)
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="before_a_run_is_prepared",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM payroll_payrun r
                         WHERE r.sheet_id = NEW.sheet_id AND r.state IN ('prepared', 'approved')
                    ) THEN
                        RAISE EXCEPTION 'the hours of sheet % are in a pay run', NEW.sheet_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.answer}"

    @property
    def hours(self) -> tuple[int, int, int] | None:
        """Hundredths: worked, sick, holiday."""
        if self.worked is None or self.sick is None or self.holiday is None:
            return None
        return self.worked, self.sick, self.holiday


class HoursUpload(models.Model):
    """A file of hours between its preview and its confirmation; forgotten after a day."""

    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    period = models.CharField(max_length=7)
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
