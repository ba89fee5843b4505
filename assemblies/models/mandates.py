"""Mandates: what an assembly charged somebody with, by when, and what they reported."""

from collections.abc import Collection
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import Combinable

from assemblies.enums import ReportKind
from assemblies.models.meeting import Motion
from coop.common.triggers import Protect, Trigger
from coop.council.models import Seat
from coop.members.models import Member
from coop.statute.models import Resolution

CLOSING = (ReportKind.DONE, ReportKind.CANCELLED)


def _is_settled() -> Q:
    closing = MandateReport.objects.filter(mandate=OuterRef("pk"), kind__in=CLOSING)
    return Q(Exists(closing)) | Q(Exists(Mandate.objects.filter(follows=OuterRef("pk"))))


def _is_handed_back() -> Q:
    back = MandateReport.objects.filter(mandate=OuterRef("pk"), kind=ReportKind.GIVEN_BACK)
    return Q(Exists(back))


class MandateQuerySet(models.QuerySet["Mandate"]):
    def standing(self) -> "MandateQuerySet":
        """With `settled` (done, dropped or given anew) and `handed_back`, in the same statement."""
        columns = {"settled": _is_settled(), "handed_back": _is_handed_back()}
        return self.annotate(
            **{name: ExpressionWrapper(held, models.BooleanField()) for name, held in columns.items()}
        )

    def unsettled(self) -> "MandateQuerySet":
        """The first to be due comes first."""
        return self.filter(~_is_settled()).order_by("due_on", "pk")

    def settled(self) -> "MandateQuerySet":
        """The last to be due comes first."""
        return self.filter(_is_settled()).order_by("-due_on", "-pk")

    def held(self) -> "MandateQuerySet":
        """Not given back."""
        return self.filter(~_is_handed_back())

    def overdue(self, day: date | Combinable) -> "MandateQuerySet":
        """What the next assembly has to look at: late on that day, or given back. The oldest first."""
        return self.unsettled().filter(Q(due_on__lt=day) | _is_handed_back())

    def of(self, member_id: int, seats: "Collection[int] | models.QuerySet[Seat]") -> "MandateQuerySet":
        """Named to that member, or to a seat they hold (their keys, or the seats as a question)."""
        named = MandateHolder.objects.filter(mandate=OuterRef("pk"), member_id=member_id)
        return self.filter(Exists(named) | Q(seat__in=seats))


class Mandate(models.Model):
    """Given to so many `people` by name, or to a seat: then to whoever holds it. It never changes.

    What happens to it is in its reports. A longer term or another person is a new mandate that `follows`.
    """

    what = models.CharField(max_length=300)
    due_on = models.DateField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="mandates")
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, null=True, related_name="mandates")
    people = models.PositiveSmallIntegerField()
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    given_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    # When a reading has asked for them (`standing`).
    settled: bool
    handed_back: bool

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="mandate_was_given_by_an_assembly",
                condition=Q(resolution__isnull=False) | Q(motion__isnull=False),
            ),
            models.CheckConstraint(
                name="mandate_is_somebodys",
                condition=Q(seat__isnull=False, people=0) | Q(seat__isnull=True, people__gte=1),
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what


class MandateHolder(models.Model):
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="holders")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["member__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "member"], name="mandate_names_a_member_once")
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="named_when_it_is_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("places", "integer"), ("taken", "integer")],
                func="""
                    SELECT m.people INTO places FROM assemblies_mandate m
                     WHERE m.id = NEW.mandate_id;
                    SELECT count(*) INTO taken FROM assemblies_mandateholder h
                     WHERE h.mandate_id = NEW.mandate_id;
                    IF taken >= places THEN
                        RAISE EXCEPTION 'mandate % has its % people', NEW.mandate_id, places;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)


class MandateReport(models.Model):
    """Appended, never changed. Nothing after it was done or dropped; given back once."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=ReportKind)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(kind__in=CLOSING), name="mandate_is_closed_once"
            ),
            models.UniqueConstraint(
                fields=["mandate"], condition=Q(kind=ReportKind.GIVEN_BACK), name="mandate_is_given_back_once"
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="only_while_it_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM assemblies_mandatereport r
                         WHERE r.mandate_id = NEW.mandate_id AND r.kind IN ('done', 'cancelled')
                    ) OR EXISTS (
                        SELECT FROM assemblies_mandate m WHERE m.follows_id = NEW.mandate_id
                    ) THEN
                        RAISE EXCEPTION 'mandate % is settled', NEW.mandate_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.mandate_id}"
