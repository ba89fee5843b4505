"""The room's first page: my last receipt, the hour's value, the last runs, and what officers do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.powers import Power, powers_of
from payroll.domain.units import unit_on
from payroll.enums import RunState
from payroll.models import HoursSheet, PayRun, Payslip


@require_safe
def accounts(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    powers = powers_of(request.actor, now)
    slip = (
        Payslip.objects.filter(member=request.member, run__state=RunState.APPROVED)
        .select_related("run")
        .order_by("-run__period")
        .first()
    )
    keeps = Power.KEEP_ACCOUNTS in powers
    context = {
        "room": "accounts",
        "slip": slip,
        "unit": unit_on(timezone.localdate(now)),
        "runs": PayRun.objects.exclude(state=RunState.WITHDRAWN)[:4],
        "waiting": PayRun.objects.filter(state=RunState.PREPARED) if powers else (),
        "approves": Power.APPROVE_PAY in powers,
        "keeps": keeps,
        "sheet": _sheet_to_prepare() if keeps else None,
        "surplus_url": _url("payroll:surplus"),
        "ledger_url": _url("ledger:accounts"),
    }
    return render(request, "payroll/accounts.html", context)


def _sheet_to_prepare() -> HoursSheet | None:
    """The last hours that no run stands on."""
    live = PayRun.objects.exclude(state=RunState.WITHDRAWN).values("period")
    return HoursSheet.objects.exclude(period__in=live).first()


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
