"""Who asks to join. An applicant is no member: no number, no vote, no sign-in."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect
from coop.members.enums import Answer
from coop.members.models.register import Member
from coop.statute.models import Resolution


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(answer__isnull=True)


class Application(models.Model):
    """As it was handed in, in writing (ET 10). Never changed: what became of it is its answer."""

    family_name = models.CharField(max_length=60)
    given_names = models.CharField(max_length=60)
    document = models.CharField(max_length=8)
    tax_number = models.CharField(max_length=11)
    born_on = models.DateField()
    section = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)
    applied_on = models.DateField()
    salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-applied_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="application_after_birth", condition=Q(applied_on__gt=models.F("born_on"))
            )
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"

    @property
    def listed_name(self) -> str:
        return f"{self.family_name}, {self.given_names}"


class ApplicationAnswer(models.Model):
    """What the council said, once. `reason` is for who rejected, or why it was withdrawn."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="answer"
    )
    answer = models.CharField(max_length=12, choices=Answer)
    member = models.OneToOneField(Member, on_delete=models.PROTECT, null=True, related_name="joined_by")
    reason = models.TextField(blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_is_whole",
                condition=Q(answer=Answer.ADMITTED, member__isnull=False, resolution__isnull=False)
                | Q(answer=Answer.REJECTED, member__isnull=True, resolution__isnull=False) & ~Q(reason="")
                | Q(answer=Answer.WITHDRAWN, member__isnull=True),
            )
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.answer}"
