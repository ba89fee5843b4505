from typing import Any

from django import template
from django.utils import timezone

from assemblies.domain.mandates_reading import read, told
from assemblies.models import Mandate
from coop.powers import Power, may

register = template.Library()


@register.inclusion_tag("assemblies/parts/mandates_of.html", takes_context=True)
def mandates_of(context: dict[str, Any], resolution_id: int | None) -> dict[str, Any]:
    """The mandates that came out of a resolution, and the way to give one for whoever keeps them."""
    request = context["request"]
    now = timezone.now()
    found = read(Mandate.objects.filter(resolution_id=resolution_id)) if resolution_id else []
    return {
        "resolution_id": resolution_id,
        "lines": told(found, timezone.localdate(now)),
        "may_keep": bool(resolution_id) and may(request.actor, Power.KEEP_MANDATES, now),
    }
