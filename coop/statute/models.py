"""The cooperative, the rules it gave itself, and the decisions it adopted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pgtrigger
from django.db import models
from django.db.models import Func, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from coop.common.grants import ALL
from coop.common.triggers import Protect, Trigger
from coop.statute.rules import Rules


class Matter(models.TextChoices):
    """What a motion is about: the matter decides which majority carries it."""

    ORDINARY_DECISION = "ordinary_decision", _("decisión de trabajo")
    PAY_UNIT = "pay_unit", _("valor de la hora")
    SURPLUS_DISTRIBUTION = "surplus_distribution", _("reparto del excedente")
    STATUTE_REFORM = "statute_reform", _("reforma del estatuto")
    MEMBERSHIP = "membership", _("ingresos, sanciones y bajas de asociados/as")
    EXCLUSION_APPEAL = "exclusion_appeal", _("apelación de una sanción")
    ELECTION = "election", _("elección de autoridades")
    RECALL = "recall", _("revocación del mandato")
    ANNUAL_REPORT = "annual_report", _("memoria y balance")
    COUNCIL_PAY = "council_pay", _("retribución del consejo")
    OBJECT_CHANGE = "object_change", _("cambio del objeto social")
    MERGER = "merger", _("fusión o incorporación")
    DISSOLUTION = "dissolution", _("disolución")


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


class Resolution(models.Model):
    """An adopted decision, numbered without gaps within its year, with the proposal it adopted, if any."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    adopted_at = models.DateTimeField()
    matter = models.CharField(max_length=40, choices=Matter)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    adopted_by = models.CharField(max_length=200)
    tally = models.JSONField()
    proposal_kind = models.CharField(max_length=40, blank=True)
    proposal_id = models.PositiveBigIntegerField(null=True)
    proposal_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="resolution_numbered_once"),
            models.CheckConstraint(
                name="resolution_names_its_proposal_whole",
                condition=models.Q(proposal_kind="", proposal_id__isnull=True, proposal_sha256="")
                | models.Q(proposal_id__isnull=False, proposal_sha256__regex=r"^[0-9a-f]{64}$")
                & ~models.Q(proposal_kind=""),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="numbered_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "integer")],
                func="""
                    SELECT max(number) INTO last FROM statute_resolution WHERE year = NEW.year;
                    IF NEW.number <> COALESCE(last, 0) + 1 THEN
                        RAISE EXCEPTION 'resolution %/% does not follow', NEW.number, NEW.year;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class PayUnitQuerySet(models.QuerySet["PayUnit"]):
    def in_force(self, day: date) -> "PayUnit":
        """The unit that holds on `day`; of two from one day the later adopted. DoesNotExist before any."""
        unit = self.filter(holds_from__lte=day).order_by("-holds_from", "-pk").first()
        if unit is None:
            raise self.model.DoesNotExist(f"no pay unit is in force on {day}")
        return unit


class PayUnit(models.Model):
    """What an hour is worth from a day on, in cents, and the resolution that says so."""

    holds_from = models.DateField()
    cents_per_hour = models.PositiveBigIntegerField()
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="pay_unit")

    objects = PayUnitQuerySet.as_manager()

    class Meta:
        ordering = ["-holds_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="pay_unit_is_worth_something", condition=models.Q(cents_per_hour__gte=1)
            )
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="adopted_as_such",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM statute_resolution r
                         WHERE r.id = NEW.resolution_id AND r.matter = 'pay_unit'
                    ) THEN
                        RAISE EXCEPTION 'a pay unit rests on a resolution that sets it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents_per_hour} from {self.holds_from}"
