"""Slates: proposed for a day, kept by the council, put to an assembly."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coop.access.confirm import desk
from coop.council.decisions import waits_to_be_seated
from coop.council.models import Slate
from coop.council.rotation import slates as planning
from coop.council.rotation.lapsing import lapses, spans_from
from coop.council.rotation.planned import about, facts_of
from coop.council.rotation.slates import KIND
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require
from coop.statute import proposals
from coop.statute.domain import cooperative, rules_at

KEPT = 20
AHEAD = 400


@require_safe
def slates(request: MemberRequest) -> HttpResponse:
    """What runs out, the days that can be planned, and for one of them up to three slates."""
    now, here = timezone.now(), request.cooperative or cooperative()
    spans, rules = spans_from(now), rules_at(now)
    days = planning.days_to_plan(now, here, spans, rules)
    asked = _day(request.GET.get("desde", ""))
    day = asked if asked in days else next(iter(days), None)
    found = []
    if day is not None:
        world, plans = planning.proposed(day, now, here)
        found = [
            (
                plan.view.value,
                about(plan.view),
                facts_of(world, plan, here),
                planning.sealed_in(world, plan, here),
            )
            for plan in plans
        ]
    context = {
        "room": "council",
        "lapses": lapses(now, AHEAD, spans=spans, rules=rules),
        "days": days,
        "day": day,
        "plans": found,
        "kept": Slate.objects.all()[:KEPT],
        "keeps": may(request.actor, Power.PLAN_ROTATION, now),
    }
    return render(request, "council/rotation_slates.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_POST
@desk(Power.PLAN_ROTATION)
def slate_keep(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.PLAN_ROTATION, timezone.now())
    day = _day(request.POST.get("day", ""))
    if day is None:
        raise Http404
    made = planning.keep(
        day=day,
        view=request.POST.get("view", ""),
        sha256=request.POST.get("sha256", ""),
        by=request.actor,
        at=timezone.now(),
    )
    messages.success(
        request, _("La lista quedó guardada tal como la leíste. Ya se puede llevar a la asamblea.")
    )
    return redirect("council:slate", made.pk)


@require_safe
def slate(request: MemberRequest, slate_id: int) -> HttpResponse:
    now = timezone.now()
    held = get_object_or_404(Slate.objects.select_related("by"), pk=slate_id)
    context = {
        "room": "council",
        "slate": held,
        "faults": planning.faults(held, now),
        "seats_by_it": may(request.actor, Power.KEEP_TERMS, now) and waits_to_be_seated(held),
        "standing": proposals.standing(KIND, held.pk, request.actor.member_id, now),
    }
    return render(request, "council/rotation_slate.html", context)
