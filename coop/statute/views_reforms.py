"""Reforms: those on the council's desk, those that were presented, those that were adopted."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.powers import Power, may
from coop.statute import proposals
from coop.statute.models import StatuteDraft, StatuteReform, StatuteVersion
from coop.statute.models.reforms import KIND
from coop.statute.views import Asked


@never_cache
@require_safe
def reforms(request: Asked) -> HttpResponse:
    """The drafts are the council's; a reform that was presented is everybody's."""
    drafts = may(request.actor, Power.DRAFT_STATUTE, timezone.now())
    presented = StatuteReform.objects.defer("facts").select_related("version__resolution")
    context = {
        "room": "books",
        "may_draft": drafts,
        "drafts": StatuteDraft.objects.defer("document") if drafts else (),
        "reforms": presented,
    }
    return render(request, "statute/reforms.html", context)


@never_cache
@require_safe
def reform(request: Asked, reform_id: int) -> HttpResponse:
    held = get_object_or_404(StatuteReform.objects.select_related("base"), pk=reform_id)
    version = StatuteVersion.objects.select_related("resolution").filter(reform=held).first()
    last = StatuteVersion.objects.defer("document").last()
    context = {
        "room": "books",
        "reform": held,
        "version": version,
        "stale": version is None and last is not None and last.pk != held.base_id,
        "last": last,
        "standing": proposals.standing(KIND, held.pk, request.actor.member_id, timezone.now()),
    }
    return render(request, "statute/reform.html", context)
