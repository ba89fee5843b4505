"""Seats of the council and the audit, and the dated terms that fill them."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect


class SeatCode(models.TextChoices):
    PRESIDENT = "president", _("Presidencia")
    SECRETARY = "secretary", _("Secretaría")
    TREASURER = "treasurer", _("Tesorería")
    MEMBER_1 = "member_1", _("Vocalía 1")
    MEMBER_2 = "member_2", _("Vocalía 2")
    ALTERNATE_1 = "alternate_1", _("Suplencia 1")
    ALTERNATE_2 = "alternate_2", _("Suplencia 2")
    AUDITOR = "auditor", _("Sindicatura titular")
    ALTERNATE_AUDITOR = "alternate_auditor", _("Sindicatura suplente")


def same(column: str) -> Func:
    """Equality as a range, so that an exclusion constraint needs no extension."""
    return Func(column, column, Value("[]"), function="int8range")


class Seat(models.Model):
    code = models.CharField(max_length=30, unique=True, choices=SeatCode)
    position = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.get_code_display())


class TermQuerySet(models.QuerySet["Term"]):
    def at(self, instant: datetime) -> "TermQuerySet":
        return self.filter(during__contains=instant)


class Term(models.Model):
    """A member holds a seat from one instant to another, the end not included."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    member = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="terms")
    during = DateTimeRangeField()
    elected_by = models.CharField(max_length=200)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="term_one_holder_per_seat",
                expressions=[(same("seat_id"), RangeOperators.OVERLAPS), ("during", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="term_one_seat_per_member",
                expressions=[
                    (same("member_id"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="term_has_both_ends",
                condition=models.Q(during__isempty=False, during__lower_inf=False, during__upper_inf=False),
            ),
        ]
        triggers = [Protect(name="history", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.seat} {self.member}"
