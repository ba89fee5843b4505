"""The acts about mandates as sentences of the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.council.models import seat_name


def given(facts: Mapping[str, Any]) -> str:
    who = ", ".join(facts["who"]) or facts.get("seat_name") or seat_name(facts["seat"])
    day = date_format(date.fromisoformat(facts["due_on"]), "SHORT_DATE_FORMAT")
    told = {"who": who, "what": facts["what"], "day": day, "resolution": facts["resolution"]}
    if facts["resolution"]:
        return _(
            "Anotó un encargo de la resolución %(resolution)s para %(who)s, hasta el %(day)s: %(what)s."
        ) % (told)
    return _("Anotó un encargo para %(who)s, hasta el %(day)s: %(what)s.") % told


def closed(facts: Mapping[str, Any]) -> str:
    told = {"what": facts["what"]}
    if facts["how"] == "done":
        return _("Informó que está hecho el encargo «%(what)s».") % told
    if facts["how"] == "given_back":
        return _("Devolvió a la asamblea el encargo «%(what)s».") % told
    return _("Dejó sin efecto el encargo «%(what)s».") % told
