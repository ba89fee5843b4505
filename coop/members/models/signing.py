"""How a member signs in: a password, and each signed-in device as a row that can be ended."""

import uuid
from datetime import datetime
from typing import ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.common.grants import ALL
from coop.common.triggers import Protect
from coop.members.models.register import Member


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(member__number=int(username or 0))


class Account(AbstractBaseUser):
    """A member's password, for whoever wants one: most sign in with an enrolled device (coop.access)."""

    app_may_update = ALL

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="account")
    # Since when this password, or the card it was set with, opens the account; null: from before that was
    # written down.
    enrolled_at = models.DateTimeField(null=True, blank=True)

    objects = AccountManager()

    USERNAME_FIELD = "member"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return str(self.member)


class Way(models.TextChoices):
    """By what a device was signed in."""

    PASSWORD = "password", _("con clave")
    PIN = "pin", _("con PIN")
    PASSKEY = "passkey", _("con la llave del teléfono")
    EMAIL = "email", _("con un código por correo")
    KIOSK = "kiosk", _("en el kiosco de la asamblea")


class SignInQuerySet(models.QuerySet["SignIn"]):
    def alive(self, at: datetime) -> "SignInQuerySet":
        return self.filter(ended_at__isnull=True, expires_at__gt=at)


class SignIn(models.Model):
    """One signed-in device. The cookie holds its key; ending the row ends the session at the next request.

    `enrolled_at`: since when what opened it (password, PIN, passkey) belongs to the member; null: from before
    that was written down. `confirmed_at`: when the person last proved again that it is them.
    `opened_with`: the key of the enrolled device (coop.access) that opened it.
    """

    app_may_update = ("ended_at", "seen_at", "confirmed_at")
    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sign_ins")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way, default=Way.PASSWORD)
    enrolled_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    opened_with = models.UUIDField(null=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        triggers = [
            Protect(
                name="stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__ended_at__isnull=False, old__ended_at__df=pgtrigger.F("new__ended_at")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.device}"


class FailedSignIn(models.Model):
    """A refused sign-in, kept for the throttle only and forgotten after a day."""

    app_may_delete = True

    at = models.DateTimeField(db_index=True)
    identifier = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["identifier", "address", "at"], name="failed_who_where"),
            models.Index(fields=["address", "at"], name="failed_where"),
        ]

    def __str__(self) -> str:
        return f"{self.identifier} {self.at}"
