"""Work areas: a section keeps its key when it is renamed; who worked where is dated."""

import pgtrigger
from django.db import models

from coop.common.triggers import Protect
from coop.members.models.register import Member


class Section(models.Model):
    """`name` is today's; `folded` keeps two spellings of one section apart from two sections."""

    app_may_update = ("name", "folded", "closed_on")

    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=120, unique=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["folded"]
        triggers = [Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class SectionName(models.Model):
    """What a section was called from a day on. Append-only."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=60)
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["section", "-since", "-pk"]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """In which section a member works from a day on (none: in no section). Of one day the last holds."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="postings")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="postings")
    since = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["member", "-since", "-pk"]
        indexes = [models.Index(fields=["member", "-since", "-id"], name="posting_latest")]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.section_id}"
