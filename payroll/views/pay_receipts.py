"""A worker's own receipts, and only theirs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assemblies.views.shared import missing_is_404
from coop.common.errors import DomainError
from coop.documents.domain import find
from coop.members.middleware import MemberRequest
from payroll.domain import receipts as domain
from payroll.enums import MarkKind, RunState
from payroll.forms_pay import ObjectionForm
from payroll.models import Payslip
from payroll.receipt import receipt_of


@never_cache
@require_safe
def receipts(request: MemberRequest) -> HttpResponse:
    mine = (
        Payslip.objects.filter(member=request.member, run__state=RunState.APPROVED)
        .select_related("run")
        .order_by("-run__period")
    )
    return render(request, "payroll/pay/receipts.html", {"room": "accounts", "slips": mine})


@never_cache
@require_safe
@missing_is_404
def receipt(request: MemberRequest, payslip_id: int) -> HttpResponse:
    return _page(request, payslip_id, ObjectionForm())


@require_POST
@missing_is_404
def see(request: MemberRequest, payslip_id: int) -> HttpResponse:
    domain.see(payslip_id=payslip_id, by=request.actor, at=timezone.now())
    return redirect("payroll:receipt", payslip_id)


@never_cache
@require_POST
@missing_is_404
def object_to(request: MemberRequest, payslip_id: int) -> HttpResponse:
    domain.own_receipt(payslip_id, request.member.pk)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        try:
            domain.object_to(
                payslip_id=payslip_id, text=form.cleaned_data["text"], by=request.actor, at=timezone.now()
            )
        except DomainError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Tu objeción quedó registrada. La tesorería la ve en Hoy."))
            return redirect("payroll:receipt", payslip_id)
    return _page(request, payslip_id, form, status=422)


@require_POST
@missing_is_404
def print_receipt(request: MemberRequest, payslip_id: int) -> HttpResponse:
    document = domain.freeze_receipt(payslip_id=payslip_id, by=request.actor, at=timezone.now())
    return redirect("documents:document", document.pk)


def _page(request: MemberRequest, payslip_id: int, form: ObjectionForm, *, status: int = 200) -> HttpResponse:
    slip = domain.own_receipt(payslip_id, request.member.pk)
    marks = {mark.kind: mark for mark in slip.marks.all()}
    context = {
        "room": "accounts",
        "slip": slip,
        "run": slip.run,
        "resolution": slip.run.unit.resolution,
        "receipt": receipt_of(slip, slip.run),
        "seen": marks.get(MarkKind.SEEN),
        "objected": marks.get(MarkKind.OBJECTED),
        "document": find(domain.RECEIPT, f"receipt:{slip.pk}"),
        "form": form,
    }
    return render(request, "payroll/pay/receipt.html", context, status=status)
