"""Who can do what. Append-only: of a member and a task the last row holds."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from coop.common.triggers import Protect, Trigger
from coop.jobs.enums import Level
from coop.jobs.models.tasks import Task
from coop.members.models import Member


class Skill(models.Model):
    """What a member says of themselves. Counts for turns once somebody else confirmed it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="skills")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="skills")
    level = models.CharField(max_length=10, choices=Level)
    teacher = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["task", "member", "-pk"]
        indexes = [models.Index(fields=["task", "member", "-id"], name="skill_latest")]
        constraints = [
            models.CheckConstraint(name="skill_level_is_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(
                name="skill_is_learnt_from_somebody_else",
                condition=Q(teacher__isnull=True) | Q(level=Level.LEARNING) & ~Q(teacher=F("member")),
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.level} {self.task_id} ({self.member_id})"


class Confirmation(models.Model):
    """Somebody who teaches it, or coordinates the section, says that it is so."""

    skill = models.OneToOneField(Skill, on_delete=models.PROTECT, related_name="confirmation")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="by_somebody_else",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT FROM jobs_skill s WHERE s.id = NEW.skill_id
                               AND (s.member_id = NEW.by_id OR s.level NOT IN ('can', 'teaches'))) THEN
                        RAISE EXCEPTION 'what somebody can do is confirmed by somebody else';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}"
