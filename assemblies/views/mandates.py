"""Mandates: the list that everybody reads, giving one, and what its people say of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assemblies.domain import mandates as domain
from assemblies.domain.mandates_reading import read, told
from assemblies.enums import MotionState, ReportKind
from assemblies.forms_mandates import MandateForm, ReportForm
from assemblies.models import Mandate, Motion
from assemblies.models.mandates import MandateQuerySet
from coop.common.errors import DomainError
from coop.council.domain import seats_held
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require
from coop.statute.models import Resolution

PER_PAGE = 20
VIEWS = ("abiertos", "mios", "cerrados")


@require_safe
def mandates(request: MemberRequest) -> HttpResponse:
    """Open ones first, the latest overdue on top; one's own; those that are settled."""
    now = timezone.now()
    today = timezone.localdate(now)
    chosen = request.GET.get("ver", "")
    chosen = chosen if chosen in VIEWS else VIEWS[0]
    page = Paginator(_chosen(request, chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "room": "assemblies",
        "page": page,
        "lines": told(page.object_list, today),
        "chosen": chosen,
        "query": f"ver={chosen}",
        "may_keep": may(request.actor, Power.KEEP_MANDATES, now),
    }
    return render(request, "assemblies/mandates.html", context)


def _chosen(request: MemberRequest, chosen: str) -> MandateQuerySet:
    held = read(Mandate.objects.all())
    if chosen == "mios":
        seats = [seat.pk for seat in seats_held(request.member.pk, timezone.now())]
        return held.of(request.member.pk, seats).unsettled()
    if chosen == "cerrados":
        return held.settled()
    return held.unsettled()


@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: MemberRequest, mandate_id: int) -> HttpResponse:
    """One mandate and its reports; whoever holds it, or keeps the mandates, adds to them here."""
    now = timezone.now()
    found = get_object_or_404(read(Mandate.objects.all()), pk=mandate_id)
    keeps = may(request.actor, Power.KEEP_MANDATES, now)
    form = None
    if not found.settled and (keeps or domain.holds(found, request.actor, now)):
        form = ReportForm(request.POST or None, keeps=keeps, handed_back=found.handed_back)
    if request.method == "POST" and _reported(request, found, form):
        messages.success(request, _("Quedó anotado."))
        return redirect("assemblies:mandate", mandate_id)
    context = {
        "room": "assemblies",
        "line": told([found], timezone.localdate(now))[0],
        "form": form,
        "keeps": keeps,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "assemblies/mandate.html", context, status=status)


def _reported(request: MemberRequest, found: Mandate, form: ReportForm | None) -> bool:
    """Without a form the verb says why not."""
    kind, text = ReportKind.PROGRESS, ""
    if form is not None:
        if not form.is_valid():
            return False
        kind, text = ReportKind(form.cleaned_data["kind"]), form.cleaned_data["text"]
    try:
        domain.report(mandate_id=found.pk, kind=kind, text=text, by=request.actor, at=timezone.now())
    except DomainError as error:
        if form is None:
            raise
        form.add_error("text", str(error))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: MemberRequest) -> HttpResponse:
    """`?resolucion=` or `?mocion=` says where it comes from, `?sigue=` which one it takes the place of."""
    now = timezone.now()
    require(request.actor, Power.KEEP_MANDATES, now)
    origin = _origin(request)
    begins = {}
    if before := origin.get("before"):
        names = ("first", "second", "third")
        begins = {"what": before.what, "seat": before.seat_id} | {
            name: holder.member_id for name, holder in zip(names, before.holders.all(), strict=False)
        }
    form = MandateForm(
        request.POST or None, day=timezone.localdate(now), asks_resolution=not origin, initial=begins
    )
    if form.is_valid() and (given := _given(request, form, origin)):
        messages.success(request, _("El encargo quedó anotado. Quien lo tiene lo ve en Hoy."))
        return redirect("assemblies:mandate", given.pk)
    context = {"room": "assemblies", "form": form, "origin": origin}
    return render(request, "assemblies/mandate_give.html", context, status=422 if form.is_bound else 200)


def _given(request: MemberRequest, form: MandateForm, origin: dict[str, Any]) -> Mandate | None:
    data = form.cleaned_data
    before = origin.get("before")
    try:
        return domain.give(
            what=data["what"],
            due_on=data["due_on"],
            members=form.people(),
            seat=data["seat"],
            resolution=origin.get("resolution") or data.get("resolution"),
            motion=origin.get("motion"),
            follows=before.pk if before else None,
            by=request.actor,
            at=timezone.now(),
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return None


def _origin(request: MemberRequest) -> dict[str, Any]:
    """What the address names, as rows; 404 for what is not there."""
    asked = {name: request.GET.get(name, "") for name in ("resolucion", "mocion", "sigue")}
    named = {name: value for name, value in asked.items() if value}
    if not named:
        return {}
    if not all(value.isascii() and value.isdigit() and len(value) < 18 for value in named.values()):
        raise Http404
    if "sigue" in named:
        return {"before": get_object_or_404(Mandate.objects.unsettled(), pk=named["sigue"])}
    if "resolucion" in named:
        return {"resolution": get_object_or_404(Resolution, pk=named["resolucion"])}
    over = (MotionState.ADOPTED, MotionState.REJECTED, MotionState.WITHDRAWN)
    return {"motion": get_object_or_404(Motion, pk=named["mocion"], state__in=over)}
