"""What of the council rests on a resolution, for its page."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from coop.council.models import Term


def begun(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Terms that rest on these resolutions: sentence and address."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for term in Term.objects.filter(resolution__in=keys).select_related("seat", "member").order_by("pk"):
        sentence = _("%(seat)s: %(name)s") % {"seat": term.seat, "name": term.member.name}
        found[term.resolution_id or 0].append((sentence, reverse("council:term", args=[term.pk])))
    return found


def begun_rows(keys: Collection[int]) -> Any:
    return Term.objects.filter(resolution__in=keys).values_list("resolution_id")


def ended(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Terms that these resolutions ended."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    held = Term.objects.filter(ended_resolution__in=keys).select_related("seat", "member").order_by("pk")
    for term in held:
        told = {"seat": term.seat, "name": term.member.name, "how": term.get_how_ended_display()}
        sentence = _("%(seat)s: %(name)s (%(how)s)") % told
        found[term.ended_resolution_id or 0].append((sentence, reverse("council:term", args=[term.pk])))
    return found


def ended_rows(keys: Collection[int]) -> Any:
    return Term.objects.filter(ended_resolution__in=keys).values_list("ended_resolution_id")
