"""The statute's own acts as sentences, from their facts alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.record.models import Act
from coop.record.telling import Tell

Facts = Mapping[str, Any]

FIELD_NAMES: Mapping[str, str | Promise] = {
    "name": gettext_lazy("nombre corto"),
    "legal_name": gettext_lazy("nombre legal"),
    "tax_number": gettext_lazy("CUIT"),
    "registry_number": gettext_lazy("matrícula"),
    "address": gettext_lazy("domicilio"),
    "founded_on": gettext_lazy("fecha de fundación"),
    "fiscal_day": gettext_lazy("día de cierre del ejercicio"),
    "fiscal_month": gettext_lazy("mes de cierre del ejercicio"),
    "currency": gettext_lazy("moneda"),
    "zone": gettext_lazy("huso horario"),
    "language": gettext_lazy("idioma de los papeles"),
    "logo": gettext_lazy("logo"),
}


def cooperative_changed(facts: Facts) -> str:
    told = {"fields": ", ".join(str(FIELD_NAMES.get(one, one)) for one in facts["fields"])}
    return _("Cambió datos de la cooperativa: %(fields)s.") % told


def statute_proposed(facts: Facts) -> str:
    told = {"title": facts["title"], "n": facts["changes"], "code": facts["sha256"][:12]}
    return (
        ngettext(
            "Presentó la reforma del estatuto «%(title)s»: cambia %(n)d regla (código %(code)s).",
            "Presentó la reforma del estatuto «%(title)s»: cambia %(n)d reglas (código %(code)s).",
            facts["changes"],
        )
        % told
    )


def statute_reformed(facts: Facts) -> str:
    since = date_format(date.fromisoformat(facts["holds_from"]), "SHORT_DATE_FORMAT")
    told = {"title": facts["title"], "resolution": facts["resolution"], "since": since}
    return _("El estatuto «%(title)s» vale desde el %(since)s, por la resolución %(resolution)s.") % told


TOLD: Mapping[Act, Tell] = {
    Act.COOPERATIVE_CHANGED: cooperative_changed,
    Act.STATUTE_PROPOSED: statute_proposed,
    Act.STATUTE_REFORMED: statute_reformed,
}
