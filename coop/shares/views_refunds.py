"""The queue of refunds: its cap for everybody, its people for whoever pays them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.access.confirm import again
from coop.common.errors import DomainError
from coop.common.money import money
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, may, require
from coop.shares.domain import refunds as domain
from coop.shares.domain.queue import Claim, forecast, queue
from coop.shares.forms import AskRefundForm, LossForm, PayForm
from coop.shares.models import Loss, RefundPayment, RefundRequest, RefundYear


@never_cache
@require_safe
def refunds(request: MemberRequest) -> HttpResponse:
    return _page(request)


@require_POST
@again(Power.KEEP_ACCOUNTS, sound=AskRefundForm)
def ask(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    form = AskRefundForm(request.POST)
    if form.is_valid():
        member = Member.objects.filter(number=form.cleaned_data["number"]).first()
        if member is None:
            form.add_error("number", _("Nadie tiene ese número."))
        else:
            try:
                made = domain.request_refund(
                    member_id=member.pk,
                    asked_on=form.cleaned_data["asked_on"],
                    by=request.actor,
                    at=timezone.now(),
                )
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                told = {"name": member.name, "cents": money(made.cents)}
                messages.success(request, _("%(name)s quedó en la cola, por %(cents)s.") % told)
                return redirect("shares:refunds")
    return _page(request, asking=form, status=422)


@require_POST
@again(Power.KEEP_ACCOUNTS, sound=PayForm)
def pay(request: MemberRequest, request_id: int) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    asked = get_object_or_404(RefundRequest, pk=request_id)
    form = PayForm(request.POST)
    if form.is_valid():
        try:
            made = domain.pay_refund(
                request_id=asked.pk, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = {"cents": money(made.cents), "receipt": made.receipt}
            messages.success(request, _("Quedó asentado: %(cents)s, recibo %(receipt)s.") % told)
            return redirect("shares:refunds")
    return _page(request, paying=form, status=422)


@require_POST
@again(Power.KEEP_ACCOUNTS, sound=LossForm)
def loss(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    form = LossForm(request.POST)
    if form.is_valid():
        try:
            domain.set_loss(by=request.actor, at=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("La pérdida quedó anotada."))
            return redirect("shares:refunds")
    return _page(request, losing=form, status=422)


def _page(request: MemberRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    day = timezone.localdate()
    keeps = may(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    line, year = domain.waiting(), domain.year_of(day, request.cooperative)
    claims = [Claim(one.pk, left) for one, left in line]
    gets = {one.key: one.left for one in queue(claims, year.room)}
    when = forecast(claims, room=year.room, cap=year.cap)
    rows = [
        (place, one, left, gets.get(one.pk, 0), _year(year.days.name, when[one.pk]))
        for place, (one, left) in enumerate(line, start=1)
    ]
    first = next(iter(gets.values()), 0)
    initial = {"day": day.isoformat(), "cents": f"{first // 100},{first % 100:02d}"}
    context = {
        "room": "accounts",
        "year": year,
        "rows": rows,
        "waiting": sum(left for _one, left in line),
        "mine": [row for row in rows if row[1].member_id == request.member.pk],
        "keeps": keeps,
        "years": RefundYear.objects.all()[:10],
        "paid": RefundPayment.objects.select_related("request__member", "year").order_by("-pk")[:30]
        if keeps
        else (),
        "losses": Loss.objects.select_related("resolution"),
        "first_gets": first,
        "asking": forms.get("asking") or AskRefundForm(initial={"asked_on": day.isoformat()}),
        "paying": forms.get("paying") or PayForm(initial=initial),
        "losing": forms.get("losing") or LossForm(initial={"holds_from": day.isoformat()}),
    }
    return render(request, "shares/refunds.html", context, status=status)


def _year(now: int, later: int | None) -> int | None:
    return None if later is None else now + later
