"""What rests on a resolution out of rooms that the portal knows and that do not say it themselves."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.common.money import money
from coop.ledger.models import Entry
from coop.statute.models import PayUnit
from coop.statute.resting import rests_on
from payroll.models import SurplusDistribution

Found = Mapping[int, Sequence[tuple[str, str]]]


def wire() -> None:
    rests_on(gettext_lazy("Valor de la hora"), _units, _cited(PayUnit))
    rests_on(gettext_lazy("Reparto del excedente"), _surplus, _cited(SurplusDistribution))
    rests_on(gettext_lazy("Contabilidad"), _entries, _cited(Entry))


def _cited(model: Any) -> Any:
    return lambda keys: model.objects.filter(resolution_id__in=keys).values_list("resolution_id")


def _units(keys: Collection[int]) -> Found:
    found = defaultdict(list)
    for unit in PayUnit.objects.filter(resolution_id__in=keys):
        since = date_format(unit.holds_from, "SHORT_DATE_FORMAT")
        sentence = _("La hora vale %(unit)s desde el %(since)s") % {
            "unit": money(unit.cents_per_hour),
            "since": since,
        }
        found[unit.resolution_id].append((sentence, reverse("payroll:unit")))
    return found


def _surplus(keys: Collection[int]) -> Found:
    found = defaultdict(list)
    for held in SurplusDistribution.objects.filter(resolution_id__in=keys).select_related("proposal"):
        sentence = _("El reparto del excedente de %(year)s") % {"year": held.year}
        page = reverse("payroll:surplus_proposal", args=[held.proposal_id])
        found[held.resolution_id].append((sentence, page))
    return found


def _entries(keys: Collection[int]) -> Found:
    found = defaultdict(list)
    for entry in Entry.objects.filter(resolution_id__in=keys).order_by("pk"):
        cited = entry.resolution_id or 0
        told = {"n": entry.pk, "memo": entry.memo}
        found[cited].append((_("Asiento %(n)s: %(memo)s") % told, reverse("ledger:entry", args=[entry.pk])))
    return found
