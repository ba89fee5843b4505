"""The cooperative of this database, and the versions of its statute."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pgtrigger
from django.db import models
from django.db.models import Func, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from coop.common.grants import ALL
from coop.common.triggers import Protect
from coop.statute.rules import Rules


class Cooperative(models.Model):
    """The one cooperative of this database."""

    app_may_update = ALL

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, default="America/Argentina/Buenos_Aires")
    language = models.CharField(max_length=10, default="es-ar")

    class Meta:
        constraints = [models.CheckConstraint(name="cooperative_is_one", condition=models.Q(id=1))]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def day_of(at: datetime) -> Combinable:
    """The cooperative's day of `at`, worked out inside the statement that uses it."""
    zone = Subquery(Cooperative.objects.values("zone")[:1])
    instant = Value(at, output_field=models.DateTimeField())
    return Cast(Func(zone, instant, function="timezone"), models.DateField())


class StatuteVersionQuerySet(models.QuerySet["StatuteVersion"]):
    def in_force(self, day: date | Combinable) -> "StatuteVersion":
        """The version that holds on `day`; DoesNotExist before the first."""
        version = self.filter(holds_from__lte=day).order_by("-holds_from").first()
        if version is None:
            raise self.model.DoesNotExist(f"no statute version is in force on {day}")
        return version

    def in_force_at(self, at: datetime) -> "StatuteVersion":
        """The version that holds on the cooperative's day of `at`, in one statement."""
        return self.in_force(day_of(at))


class StatuteVersion(models.Model):
    """The rules from a day on. A version never changes; a reform is a new version."""

    holds_from = models.DateField(unique=True)
    title = models.CharField(max_length=120)
    document = models.JSONField()

    objects = StatuteVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-holds_from"]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Rules:
        return Rules.from_json(self.document)
