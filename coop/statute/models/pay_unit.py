"""What an hour is worth."""

from datetime import date

import pgtrigger
from django.db import models

from coop.common.triggers import Protect, Trigger
from coop.statute.models.resolutions import Resolution


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
