"""The statute for everybody to read: the version in force, and every version there was."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.common.time import local_day
from coop.powers import Actor, Power, may
from coop.statute.domain import cooperative
from coop.statute.drafting import matter_labels
from coop.statute.meanings import Change, changes, chapters
from coop.statute.models import StatuteVersion


class Asked(HttpRequest):
    """A request as the views get it: somebody signed in."""

    actor: Actor


@require_safe
def statute(request: Asked) -> HttpResponse:
    """The version in force today; one that does not hold yet is announced above it."""
    now = timezone.now()
    try:
        held = StatuteVersion.objects.in_force_at(now)
    except StatuteVersion.DoesNotExist:
        found = StatuteVersion.objects.last()
        if found is None:
            raise Http404 from None
        held = found
    return _page(request, held)


@require_safe
def version(request: Asked, version_id: int) -> HttpResponse:
    return _page(request, get_object_or_404(StatuteVersion, pk=version_id))


@require_safe
def version_data(request: Asked, version_id: int) -> HttpResponse:
    """The document itself: with it anybody works out the control code again."""
    held = get_object_or_404(StatuteVersion, pk=version_id)
    text = json.dumps(held.document, ensure_ascii=False, indent=1, sort_keys=True)
    name = f"estatuto-{held.holds_from}-{held.code}.json"
    return HttpResponse(
        f"{text}\n",
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _page(request: Asked, held: StatuteVersion) -> HttpResponse:
    now = timezone.now()
    today = local_day(now, cooperative().tz)
    versions = list(StatuteVersion.objects.defer("document").select_related("resolution"))
    in_force = next((one for one in versions if one.holds_from <= today), None)
    before = next((one for one in versions if one.holds_from < held.holds_from), None)
    context: dict[str, Any] = {
        "room": "books",
        "version": held,
        "chapters": chapters(held.rules, matter_labels()),
        "versions": versions,
        "in_force": in_force,
        "is_in_force": in_force is not None and in_force.pk == held.pk,
        "coming": [one for one in versions if one.holds_from > today],
        "before": before,
        "changes": _since(before, held) if "cambios" in request.GET and before else None,
        "may_draft": may(request.actor, Power.DRAFT_STATUTE, now),
    }
    return render(request, "statute/statute.html", context)


def _since(before: StatuteVersion, held: StatuteVersion) -> tuple[Change, ...]:
    return changes(before.rules, held.rules, matter_labels())
