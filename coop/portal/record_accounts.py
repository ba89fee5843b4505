"""The acts about money as sentences, told from their facts alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.money import money

Facts = Mapping[str, Any]


def _month(period: str) -> str:
    """`2026-10` as the reader says it."""
    year, month = period.split("-")
    return str(date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT"))


def prepared(facts: Facts) -> str:
    told = {"period": _month(facts["period"]), "n": facts["payslips"], "net": money(facts["net"])}
    sentence = ngettext(
        "Preparó la liquidación de %(period)s: %(n)d recibo, %(net)s a pagar.",
        "Preparó la liquidación de %(period)s: %(n)d recibos, %(net)s a pagar.",
        facts["payslips"],
    )
    return sentence % told


def withdrawn(facts: Facts) -> str:
    return _("Retiró la liquidación de %(period)s.") % {"period": _month(facts["period"])}


def approved(facts: Facts) -> str:
    told = {"period": _month(facts["period"]), "net": money(facts["net"])}
    return _("Aprobó la liquidación de %(period)s: %(net)s a pagar.") % told


def pay_unit_set(facts: Facts) -> str:
    told = {
        "unit": money(facts["cents"]),
        "since": date_format(date.fromisoformat(facts["holds_from"]), "SHORT_DATE_FORMAT"),
        "resolution": facts["resolution"],
    }
    return _("La hora vale %(unit)s desde el %(since)s, por la resolución %(resolution)s.") % told


def surplus_proposed(facts: Facts) -> str:
    told = {"year": facts["year"], "title": facts["title"], "code": facts["sha256"][:12]}
    return _("Propuso cómo repartir el excedente de %(year)s: «%(title)s», código %(code)s.") % told


def surplus_distributed(facts: Facts) -> str:
    told = {"year": facts["year"], "total": money(facts["total"]), "resolution": facts["resolution"]}
    return _("Se repartió el excedente de %(year)s, %(total)s, por la resolución %(resolution)s.") % told


def entry_reversed(facts: Facts) -> str:
    told = {"entry": facts["entry"], "reason": facts["reason"]}
    return _("Anuló el asiento %(entry)s: %(reason)s.") % told
