"""Runs: prepared by one, approved by another, open to all."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assemblies.views.shared import missing_is_404
from coop.access.confirm import again, desk
from coop.members import looks
from coop.members.enums import Sight
from coop.members.middleware import MemberRequest
from coop.powers import Power
from payroll.domain import approving, receipts, withdrawing
from payroll.domain import runs as domain
from payroll.errors_pay import month_name
from payroll.models import PayRun
from payroll.situation_pay import run_page


@require_safe
def runs(request: MemberRequest) -> HttpResponse:
    page = Paginator(PayRun.objects.all(), 24).get_page(request.GET.get("page"))
    return render(request, "payroll/pay/runs.html", {"room": "accounts", "page": page})


@never_cache
@require_safe
@missing_is_404
def run(request: MemberRequest, run_id: int) -> HttpResponse:
    now = timezone.now()
    page = run_page(run_id, request.member, now)
    if page.officer:
        # Advances, debts and accounts that changed: more than every member reads.
        looks.note(who=request.member.pk, whose=None, what=Sight.RECEIPT, at=now)
    return render(request, "payroll/pay/run.html", {"room": "accounts", "p": page, "run": page.run})


@require_POST
@desk(Power.KEEP_ACCOUNTS)
@missing_is_404
def prepare(request: MemberRequest, sheet_id: int) -> HttpResponse:
    made = domain.prepare(sheet_id=sheet_id, by=request.actor, at=timezone.now())
    messages.success(
        request,
        _("Liquidación de %(period)s preparada. La tiene que aprobar otra persona del consejo: la ve en Hoy.")
        % {"period": month_name(made.period)},
    )
    return redirect("payroll:run", made.pk)


@require_POST
@again(Power.APPROVE_PAY)
@missing_is_404
def approve(request: MemberRequest, run_id: int) -> HttpResponse:
    seen = request.POST.get("sha256", "")[:64]
    done = approving.approve(run_id=run_id, sha256=seen, by=request.actor, at=timezone.now())
    messages.success(
        request,
        _("Liquidación de %(period)s aprobada y asentada. Cada uno/a ya ve su recibo.")
        % {"period": month_name(done.period)},
    )
    return redirect("payroll:run", run_id)


@require_POST
@desk(Power.KEEP_ACCOUNTS)
@missing_is_404
def withdraw(request: MemberRequest, run_id: int) -> HttpResponse:
    done = withdrawing.withdraw(run_id=run_id, by=request.actor, at=timezone.now())
    messages.success(request, _("Liquidación de %(period)s retirada.") % {"period": month_name(done.period)})
    return redirect("payroll:hours", done.sheet_id)


@require_POST
@missing_is_404
def print_receipts(request: MemberRequest, run_id: int) -> HttpResponse:
    receipts.freeze_receipts(run_id=run_id, by=request.actor, at=timezone.now())
    return redirect("payroll:run", run_id)
