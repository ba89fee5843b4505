"""The rules that the cooperative gave itself, version after version."""

from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Func, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from coop.common.triggers import Protect, Trigger
from coop.statute.models.house import Cooperative
from coop.statute.models.reforms import StatuteReform
from coop.statute.models.resolutions import Resolution
from coop.statute.reading import rules_of
from coop.statute.rules import Rules, seal_of


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

    def last(self) -> "StatuteVersion | None":
        """The latest, though it may not hold yet: the next reform is drafted from it."""
        return self.order_by("-holds_from").first()


class StatuteVersion(models.Model):
    """The rules from a day on. A version never changes; a reform is a new version.

    `sha256` is `seal_of(document)`. The first version rests on nothing; each later one on the `resolution`
    that adopted its `reform`.
    """

    holds_from = models.DateField(unique=True)
    title = models.CharField(max_length=120)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64, editable=False)
    resolution = models.OneToOneField(
        Resolution, on_delete=models.PROTECT, null=True, related_name="statute_version"
    )
    reform = models.OneToOneField(StatuteReform, on_delete=models.PROTECT, null=True, related_name="version")

    objects = StatuteVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-holds_from"]
        constraints = [
            models.CheckConstraint(name="statute_is_sealed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="statute_reform_has_its_resolution",
                condition=Q(resolution__isnull=True, reform__isnull=True)
                | Q(resolution__isnull=False, reform__isnull=False),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="rests_on_its_resolution",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last_day", "date"), ("zone_here", "text")],
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.statute'));
                    SELECT max(holds_from) INTO last_day FROM statute_statuteversion;
                    IF last_day IS NULL THEN
                        IF NEW.resolution_id IS NOT NULL THEN
                            RAISE EXCEPTION 'the first statute rests on no resolution';
                        END IF;
                        RETURN NEW;
                    END IF;
                    SELECT zone INTO zone_here FROM statute_cooperative;
                    IF NOT EXISTS (
                        SELECT FROM statute_resolution r
                          JOIN statute_statutereform f
                            ON r.proposal_kind = 'statute_reform' AND r.proposal_id = f.id
                           AND r.proposal_sha256 = f.sha256
                         WHERE r.id = NEW.resolution_id AND r.matter = 'statute_reform'
                           AND f.id = NEW.reform_id
                           AND f.facts->'document' = NEW.document
                           AND f.facts->>'document_sha256' = NEW.sha256
                           AND f.title = NEW.title
                           AND NEW.holds_from > (r.adopted_at AT TIME ZONE zone_here)::date
                           AND NEW.holds_from >= COALESCE(f.holds_from, NEW.holds_from)
                           -- Nor before a resolution of the paper book was confirmed here.
                           AND NOT EXISTS (
                               SELECT FROM statute_bookline l WHERE l.id = r.paper_id
                                  AND NEW.holds_from <= (l.decided_at AT TIME ZONE zone_here)::date
                           )
                           AND NEW.holds_from > last_day
                    ) THEN
                        RAISE EXCEPTION 'a statute after the first rests on a resolution that adopted it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        self.sha256 = self.sha256 or seal_of(self.document)
        super().save(*args, **options)

    @property
    def rules(self) -> Rules:
        return rules_of(self.document)

    @property
    def code(self) -> str:
        """The first twelve characters of the control code."""
        return self.sha256[:12]
