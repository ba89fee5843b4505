"""Kiosks: devices in the hall at which members without a phone vote, while the assembly is open."""

import uuid
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q

from assemblies.enums import AssemblyState
from assemblies.models.meeting import Assembly
from coop.common.triggers import Protect, Trigger
from coop.members.models import Member

LONGEST_NAME = 40


class KioskQuerySet(models.QuerySet["Kiosk"]):
    def alive(self) -> "KioskQuerySet":
        """Not closed, in an assembly that is open: with the assembly they close by themselves."""
        return self.filter(closed_at__isnull=True, assembly__state=AssemblyState.OPEN)


class Kiosk(models.Model):
    """One device of the hall. Its cookie holds the key, signed; between two acts nobody is signed in."""

    app_may_update = ("closed_at", "closed_by_id")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="kiosks")
    name = models.CharField(max_length=LONGEST_NAME)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = KioskQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "name"],
                condition=Q(closed_at__isnull=True),
                name="kiosk_named_once",
            ),
            models.CheckConstraint(
                name="kiosk_closed_by_somebody",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False, closed_at__gte=F("opened_at")),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="closed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            Trigger(
                name="only_in_an_open_assembly",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.closed_at IS NOT NULL OR NOT EXISTS (
                        SELECT FROM assemblies_assembly a
                         WHERE a.id = NEW.assembly_id AND a.state = 'open' FOR SHARE
                    ) THEN
                        RAISE EXCEPTION 'assembly %: a kiosk opens while it is open', NEW.assembly_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def over_at(self) -> datetime | None:
        """When it stopped answering: closed by somebody, or with its assembly."""
        return self.closed_at or self.assembly.closed_at
