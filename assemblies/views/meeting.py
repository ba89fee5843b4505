from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.domain.mandates_reading import for_the_next_agenda
from assemblies.domain.meeting import close_session, go_to_item, open_session
from assemblies.domain.meeting import convene as convene_assembly
from assemblies.enums import AssemblyState
from assemblies.forms import ConveneForm
from assemblies.models import Assembly
from assemblies.situation import version
from assemblies.views.shared import back_to, conditional, missing_is_404, stands
from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require


@require_safe
def assembly_list(request: MemberRequest) -> HttpResponse:
    coming = Assembly.objects.exclude(state=AssemblyState.CLOSED).order_by("starts_at")
    over = Assembly.objects.filter(state=AssemblyState.CLOSED).annotate(minutes_number=F("minutes__number"))
    past = Paginator(over, 20)
    context = {
        "room": "assemblies",
        "coming": coming,
        "page": past.get_page(request.GET.get("page")),
        "may_convene": may(request.actor, Power.CONVENE, timezone.now()),
    }
    return render(request, "assemblies/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.CONVENE, now)
    form = ConveneForm(request.POST or None, initial=_draft(request, now))
    if form.is_valid():
        data = form.cleaned_data
        try:
            assembly = convene_assembly(
                starts_at=form.starts_at(),
                place=data["place"],
                agenda=data["agenda"],
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            form.add_error("day", str(error))
        else:
            messages.success(
                request,
                _("La asamblea quedó convocada. Cada asociado/a ya la ve en Hoy; la página no manda avisos."),
            )
            return redirect("assemblies:detail", assembly.pk)
    status = 422 if form.is_bound else 200
    return render(request, "assemblies/convene.html", {"room": "assemblies", "form": form}, status=status)


def _draft(request: MemberRequest, now: datetime) -> dict[str, str]:
    """What no assembly has to be reminded of: mandates that are late, or came back, begin its agenda."""
    if request.method == "POST":
        return {}
    return {"agenda": "\n".join(for_the_next_agenda(timezone.localdate(now)))}


@require_safe
def detail(request: MemberRequest, assembly_id: int) -> HttpResponse:
    s = stands(request, assembly_id)
    tag = version(assembly_id=assembly_id, member_id=request.member.pk, at=s.at)
    return render(request, "assemblies/detail.html", {"room": "assemblies", "s": s, "etag": tag})


@require_safe
def live(request: MemberRequest, assembly_id: int) -> HttpResponse:
    return conditional(
        request,
        assembly_id,
        lambda at: render(request, "assemblies/detail.html#live", {"s": stands(request, assembly_id)}),
    )


@require_POST
@desk(Power.PRESIDE)
@missing_is_404
def session_open(request: MemberRequest, assembly_id: int) -> HttpResponse:
    open_session(assembly_id=assembly_id, by=request.actor, at=timezone.now())
    return back_to(request, assembly_id)


@require_POST
@desk(Power.PRESIDE)
@missing_is_404
def session_close(request: MemberRequest, assembly_id: int) -> HttpResponse:
    close_session(assembly_id=assembly_id, by=request.actor, at=timezone.now())
    return back_to(request, assembly_id)


@require_POST
@desk(Power.PRESIDE)
@missing_is_404
def item_show(request: MemberRequest, assembly_id: int) -> HttpResponse:
    item = request.POST.get("item", "")
    item_id = int(item) if item.isascii() and item.isdigit() and len(item) < 18 else 0
    go_to_item(assembly_id=assembly_id, item_id=item_id, by=request.actor, at=timezone.now())
    return back_to(request, assembly_id)
