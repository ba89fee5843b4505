"""The acts about mandates as sentences of the record, and the mandates that rest on a resolution."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assemblies.models import Mandate
from coop.council.models import SeatCode


def given(facts: Mapping[str, Any]) -> str:
    who = ", ".join(facts["who"]) or str(SeatCode(facts["seat"]).label)
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


def resting(keys: Collection[int]) -> Mapping[int, Sequence[tuple[str, str]]]:
    found = defaultdict(list)
    for mandate in Mandate.objects.filter(resolution_id__in=keys):
        day = date_format(mandate.due_on, "SHORT_DATE_FORMAT")
        sentence = _("Encargo para el %(day)s: %(what)s") % {"day": day, "what": mandate.what}
        found[mandate.resolution_id].append((sentence, reverse("assemblies:mandate", args=[mandate.pk])))
    return found


def rows(keys: Collection[int]) -> Any:
    return Mandate.objects.filter(resolution_id__in=keys).values_list("resolution_id")
