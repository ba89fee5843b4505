"""What an hour is worth: its history, and a proposal on its way to an assembly."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assemblies.enums import AssemblyState
from assemblies.models import AgendaItem, Motion
from assemblies.views.shared import missing_is_404
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.powers import Power, may, require
from coop.statute.models import PayUnit, Resolution
from payroll.domain import units as domain
from payroll.forms_pay import PutForm, UnitForm
from payroll.models import PayUnitProposal
from payroll.models.unit import KIND


@require_safe
def unit(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    held = list(PayUnit.objects.select_related("resolution")[:50])
    adopted = Resolution.objects.filter(proposal_kind=KIND).values("proposal_id")
    context = {
        "room": "accounts",
        "now": domain.unit_on(timezone.localdate(now)),
        "units": held,
        "proposals": PayUnitProposal.objects.exclude(pk__in=adopted)[:10],
        "keeps": may(request.actor, Power.KEEP_ACCOUNTS, now),
        "today_is": timezone.localdate(now),
    }
    return render(request, "payroll/pay/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_unit(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    form = UnitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = domain.draft(
                cents=data["cents"],
                holds_from=data["holds_from"],
                why=data["why"],
                by=request.actor,
                at=now,
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("La propuesta quedó redactada. Falta llevarla a una asamblea."))
            return redirect("payroll:unit_proposal", made.pk)
    context = {"room": "accounts", "form": form, "now": domain.unit_on(timezone.localdate(now))}
    return render(request, "payroll/pay/draft_unit.html", context, status=422 if form.is_bound else 200)


@require_safe
@missing_is_404
def unit_proposal(request: MemberRequest, proposal_id: int) -> HttpResponse:
    return _page(request, proposal_id)


@require_POST
@missing_is_404
def put_unit(request: MemberRequest, proposal_id: int) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    form = PutForm(request.POST, items=_items())
    if not form.is_valid():
        return _page(request, proposal_id, form, status=422)
    try:
        motion = domain.put(
            proposal_id=proposal_id,
            item_id=form.cleaned_data["item"],
            mover=request.member,
            by=request.actor,
            at=now,
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _page(request, proposal_id, form, status=422)
    messages.success(request, _("La moción quedó presentada. Falta que la apoye otra persona presente."))
    return redirect("assemblies:detail", motion.item.assembly_id)


def _items() -> list[AgendaItem]:
    """Of the open assembly, in order; none when no assembly is open."""
    return list(AgendaItem.objects.filter(assembly__state=AssemblyState.OPEN).order_by("position"))


def _page(
    request: MemberRequest, proposal_id: int, form: PutForm | None = None, *, status: int = 200
) -> HttpResponse:
    drafted = PayUnitProposal.objects.select_related("drafted_by").get(pk=proposal_id)
    keeps = may(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    items = _items() if keeps else []
    resolution = Resolution.objects.filter(proposal_kind=KIND, proposal_id=proposal_id).first()
    put = Motion.objects.select_related("item").filter(put__kind=KIND, put__number=proposal_id)
    context = {
        "room": "accounts",
        "proposal": drafted,
        "motions": put,
        "resolution": resolution,
        "keeps": keeps and resolution is None,
        "items": items,
        "form": form or PutForm(items=items),
    }
    return render(request, "payroll/pay/unit_proposal.html", context, status=status)
