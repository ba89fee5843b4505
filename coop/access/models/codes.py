"""What is asked of a phone or an address once, and answered once."""

import uuid

import pgtrigger
from django.db import models

from coop.common.triggers import Protect
from coop.members.models import Member


class Challenge(models.Model):
    """The random bytes that a passkey signs: deleted with the answer, forgotten within the hour."""

    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.BinaryField()
    # Null: whoever answers will say who they are.
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.key)


class MailCode(models.Model):
    """A code sent by e-mail. It follows from `key` and the server's secret key, and is nowhere written."""

    app_may_update = ("used_at",)
    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["member", "made_at"], name="mail_code_of_member")]
        triggers = [
            Protect(
                name="stays_used",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.made_at}"


class MailAddress(models.Model):
    """Since when an e-mail address opens a member's account: since a code sent to it first did."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "email"], name="mail_address_begins_once")]
        triggers = [Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.member_id} {self.email}"
