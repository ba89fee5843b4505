"""The cooperative of this database: its names, its numbers, its days."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from coop.common.grants import ALL
from coop.statute.fiscal import FiscalYear, fiscal_year
from coop.statute.logo_file import LOGO_KINDS, LOGO_MOST_BYTES

# Enough for every month; the last day of February ends a fiscal year as the 28th, leap years too.
DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _day_is_in_its_month() -> Q:
    known = Q()
    for month, days in enumerate(DAYS_OF_MONTH, start=1):
        known |= Q(fiscal_month=month, fiscal_day__gte=1, fiscal_day__lte=days)
    return known


class Cooperative(models.Model):
    """The one cooperative of this database.

    `name` is the short one that pages show; `legal_name` the one of its papers, blank when it is the same.
    `tax_number` (CUIT) holds eleven digits or nothing. Its fiscal year ends on `fiscal_day`/`fiscal_month`.
    """

    app_may_update = ALL

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200, blank=True)
    tax_number = models.CharField(max_length=11, blank=True)
    registry_number = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField(null=True)
    fiscal_day = models.PositiveSmallIntegerField(default=31)
    fiscal_month = models.PositiveSmallIntegerField(default=12)
    currency = models.CharField(max_length=3, default="ARS")
    zone = models.CharField(max_length=60, default="America/Argentina/Buenos_Aires")
    language = models.CharField(max_length=10, default="es-ar")
    # The mark of the logo's file, blank without one: pages ask for the file by it.
    logo_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cooperative_is_one", condition=Q(id=1)),
            models.CheckConstraint(name="cooperative_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="cooperative_tax_number_is_whole",
                condition=Q(tax_number="") | Q(tax_number__regex=r"^[0-9]{11}$"),
            ),
            models.CheckConstraint(name="cooperative_fiscal_year_ends", condition=_day_is_in_its_month()),
            models.CheckConstraint(
                name="cooperative_currency_is_a_code", condition=Q(currency__regex=r"^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def full_name(self) -> str:
        """What papers say."""
        return self.legal_name or self.name

    @property
    def tax_number_shown(self) -> str:
        digits = self.tax_number
        return f"{digits[:2]}-{digits[2:10]}-{digits[10:]}" if digits else ""

    def fiscal_year(self, day: date) -> FiscalYear:
        """The fiscal year that `day` falls in."""
        return fiscal_year(day, month=self.fiscal_month, last=self.fiscal_day)

    @cached_property
    def logo_mark(self) -> str:
        """The first twelve characters of the logo's mark, "" without a logo."""
        return self.logo_sha256[:12]


class Logo(models.Model):
    """The one logo, apart from the cooperative so that no page reads it. A small PNG or JPEG."""

    app_may_update = ALL
    app_may_delete = True

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    content = models.BinaryField()
    kind = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(name="logo_is_one", condition=Q(id=1)),
            models.CheckConstraint(name="logo_is_a_picture", condition=Q(kind__in=LOGO_KINDS)),
            models.CheckConstraint(
                name="logo_is_small",
                condition=Q(
                    models.lookups.LessThanOrEqual(
                        models.Func("content", function="octet_length", output_field=models.IntegerField()),
                        LOGO_MOST_BYTES,
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"
