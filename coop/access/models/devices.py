"""Enrolment cards, and the devices that were enrolled with them."""

import uuid
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from coop.access.enums import Opens
from coop.common.triggers import Protect, Trigger
from coop.members.models import Member


class CardQuerySet(models.QuerySet["Card"]):
    def usable(self, at: datetime) -> "CardQuerySet":
        return self.filter(used_at__isnull=True, voided_at__isnull=True, expires_at__gt=at)


class Card(models.Model):
    """A printed card: whoever brings it enrols one device of `member`, once, until `expires_at`.

    The code itself is nowhere: `code_hmac` is its HMAC under the server's secret key, so that neither the
    database nor a backup gives it.
    """

    app_may_update = ("used_at", "voided_at")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cards")
    # Null: the server's command line, or the beginning of the cooperative.
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_hmac = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                name="card_one_waits_for_each_member",
                condition=Q(used_at__isnull=True, voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="card_is_used_or_voided",
                condition=Q(used_at__isnull=True) | Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="card_is_used_while_it_holds",
                condition=Q(used_at__isnull=True)
                | Q(used_at__gte=F("given_at"), used_at__lt=F("expires_at")),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="stays_spent",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_at__isnull=False) | pgtrigger.Q(old__voided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.given_at}"


class DeviceQuerySet(models.QuerySet["Device"]):
    def living(self) -> "DeviceQuerySet":
        """Those that open: enrolled, and not voided."""
        return self.filter(enrolled_at__isnull=False, voided_at__isnull=True)

    def waiting(self) -> "DeviceQuerySet":
        """Those that wait for a witness."""
        return self.filter(enrolled_at__isnull=True, voided_at__isnull=True)


class Device(models.Model):
    """A member's own device. From `enrolled_at` on it opens their account, until it is voided.

    By PIN: `phone_hash` is the SHA-256 of the long random key in the device's cookie, `pin` the Argon2 of PIN
    and key together, so that the database alone gives neither. By passkey: only public things are here.
    `card` is null for a device that the member added themself, signed in on it.
    """

    app_may_update = ("enrolled_at", "witness_id", "voided_at", "voided_by_id", "sign_count", "seen_at")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="devices")
    card = models.OneToOneField(Card, on_delete=models.PROTECT, null=True, related_name="device")
    name = models.CharField(max_length=80)
    opens = models.CharField(max_length=10, choices=Opens)
    asked_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True)
    # What the member had before stops working when this one begins.
    replaces = models.BooleanField(default=False)
    needs_witness = models.BooleanField(default=False)
    witness = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    phone_hash = models.CharField(max_length=64, blank=True)
    pin = models.CharField(max_length=128, blank=True)
    credential_id = models.BinaryField(null=True, unique=True)
    credential = models.BinaryField(null=True)
    sign_count = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = DeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["phone_hash"], name="device_of_phone"),
            models.Index(fields=["enrolled_at"], name="device_enrolled"),
        ]
        constraints = [
            models.CheckConstraint(
                name="device_opens_by_pin_or_passkey",
                condition=(
                    Q(opens=Opens.PIN, credential_id__isnull=True, credential__isnull=True)
                    & ~Q(pin="")
                    & ~Q(phone_hash="")
                )
                | Q(opens=Opens.PASSKEY, pin="", credential_id__isnull=False, credential__isnull=False),
            ),
            models.CheckConstraint(
                name="device_has_the_witness_it_needs",
                condition=Q(needs_witness=False) | Q(enrolled_at__isnull=True) | Q(witness__isnull=False),
            ),
            models.CheckConstraint(
                name="device_witness_is_somebody_else",
                condition=Q(witness__isnull=True) | ~Q(witness=F("member")),
            ),
            models.CheckConstraint(
                name="device_is_enrolled_after_it_was_asked_for",
                condition=Q(enrolled_at__isnull=True) | Q(enrolled_at__gte=F("asked_at")),
            ),
            models.UniqueConstraint(
                fields=["member", "phone_hash"],
                name="device_one_pin_for_each_member_and_phone",
                condition=Q(opens=Opens.PIN, voided_at__isnull=True),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="enrolled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__enrolled_at__isnull=False)
                & (
                    pgtrigger.Q(old__enrolled_at__df=pgtrigger.F("new__enrolled_at"))
                    | pgtrigger.Q(old__witness__df=pgtrigger.F("new__witness"))
                ),
            ),
            Protect(
                name="stays_voided",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__voided_at__isnull=False),
            ),
            Trigger(
                name="rests_on_its_card",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__card__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT FROM access_card card WHERE card.key = NEW.card_id
                           AND card.member_id = NEW.member_id AND card.used_at = NEW.asked_at
                    ) THEN
                        RAISE EXCEPTION 'a device rests on a card of its member, used for it';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="witness_did_not_give_the_card",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__witness__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT FROM access_card card
                         WHERE card.key = NEW.card_id AND card.given_by_id = NEW.witness_id
                    ) THEN
                        RAISE EXCEPTION 'whoever gave the card is no witness to its use';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.name}"
