"""The room's first page: my last receipt, the hour's value, the last runs, and what officers do."""

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, powers_of
from payroll.domain.units import unit_on
from payroll.enums import RunState
from payroll.models import HoursAnswer, HoursSheet, PayRun, Payslip


@never_cache
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
        "waiting": _waiting(request.member) if powers else (),
        "approves": Power.APPROVE_PAY in powers,
        "keeps": keeps,
        "sheet": _sheet_to_prepare() if keeps else None,
        "surplus_url": _url("payroll:surplus"),
        "ledger_url": _url("ledger:accounts"),
        "mine_url": _url("ledger:mine"),
    }
    return render(request, "payroll/accounts.html", context)


def _waiting(member: Member) -> list[tuple[PayRun, bool]]:
    """Each run that waits, and whether this member may be the second person."""
    answered = HoursAnswer.objects.filter(sheet=OuterRef("sheet"), by=member)
    waiting = PayRun.objects.filter(state=RunState.PREPARED).annotate(answered=Exists(answered))
    return [
        (run, not run.answered and member.pk not in (run.prepared_by_id, run.imported_by_id))
        for run in waiting
    ]


def _sheet_to_prepare() -> HoursSheet | None:
    """The last hours that no run stands on."""
    live = PayRun.objects.exclude(state=RunState.WITHDRAWN).values("period")
    return HoursSheet.objects.exclude(period__in=live).first()


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
