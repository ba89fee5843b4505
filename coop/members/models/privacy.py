"""How to reach a member and who may see it; and who looked at what."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect
from coop.members.enums import Seen, Sight
from coop.members.models.register import Member


class Contact(models.Model):
    """What a member keeps alone, and who sees each part. Mail and mobile themselves stay on the register."""

    app_may_update = (
        *("address", "emergency_name", "emergency_phone"),
        *("email_seen", "mobile_seen", "address_seen", "emergency_seen"),
    )

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="contact")
    address = models.CharField(max_length=160, blank=True)
    emergency_name = models.CharField(max_length=120, blank=True)
    emergency_phone = models.CharField(max_length=40, blank=True)
    email_seen = models.CharField(max_length=8, choices=Seen, default=Seen.COUNCIL)
    mobile_seen = models.CharField(max_length=8, choices=Seen, default=Seen.COUNCIL)
    address_seen = models.CharField(max_length=8, choices=Seen, default=Seen.COUNCIL)
    emergency_seen = models.CharField(max_length=8, choices=Seen, default=Seen.COUNCIL)

    class Meta:
        triggers = [Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"contact of {self.member_id}"


class ContactChange(models.Model):
    """That a field changed, when and by whom; not what it said. `by` null: the spreadsheet."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="contact_changes")
    field = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["member", "field", "-at"], name="contact_change_latest")]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.field} of {self.member_id}"


class Look(models.Model):
    """An officer was shown somebody's private data. Without `whose`: the whole register's. Append-only."""

    who = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="looks_taken")
    whose = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="looks_received")
    what = models.CharField(max_length=16, choices=Sight)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["whose", "-at"], name="look_at_whom")]
        constraints = [
            models.CheckConstraint(name="look_is_known", condition=Q(what__in=Sight.values)),
            models.CheckConstraint(
                name="look_at_somebody_else", condition=Q(whose__isnull=True) | ~Q(whose=models.F("who"))
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.who_id} saw {self.what} of {self.whose_id}"
