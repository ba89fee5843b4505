"""Where each one is paid: one's own page, and the changes that wait for a second person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.access.confirm import again, desk, recently
from coop.common.errors import DomainError, NotAllowed
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, powers_of
from coop.shares.domain import bank
from coop.shares.enums import ChangeState, Method
from coop.shares.forms import AccountForm, AskAccountForm, DropForm, MethodForm
from coop.shares.models import BankChange

SEES = frozenset({Power.CONFIRM_BANK, Power.KEEP_ACCOUNTS, Power.KEEP_REGISTER})
ASKS = frozenset({Power.KEEP_ACCOUNTS, Power.KEEP_REGISTER})


@never_cache
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    return _mine(request)


@require_POST
@again(sound=AccountForm)
def ask(request: MemberRequest) -> HttpResponse:
    """The member's own: asking for it with their PIN is their confirmation."""
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            bank.ask(
                member_id=request.member.pk,
                account=form.cleaned_data["account"],
                by=request.actor,
                at=timezone.now(),
            )
        except DomainError as error:
            form.add_error("account", str(error))
        else:
            said = _("Pedido. Rige cuando alguien del consejo lo confirme con vos.")
            messages.success(request, said)
            return redirect("shares:bank")
    return _mine(request, account=form, status=422)


@require_POST
@recently
def method(request: MemberRequest) -> HttpResponse:
    form = MethodForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"method": Method(form.cleaned_data["method"])}
        try:
            bank.choose_method(member_id=request.member.pk, by=request.actor, at=timezone.now(), **data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Listo: así cobrás desde la próxima liquidación."))
            return redirect("shares:bank")
    return _mine(request, method=form, status=422)


@require_POST
@again()
def confirm_own(request: MemberRequest, change_id: int) -> HttpResponse:
    get_object_or_404(BankChange, pk=change_id, member=request.member)
    done = bank.confirm_own(change_id=change_id, by=request.actor, at=timezone.now())
    messages.success(request, _said(done))
    return redirect("shares:bank")


@never_cache
@require_safe
def changes(request: MemberRequest) -> HttpResponse:
    return _changes(request)


@require_POST
@desk(*ASKS, sound=AskAccountForm)
def ask_for(request: MemberRequest) -> HttpResponse:
    """For somebody who asked at the desk; they still confirm it themselves."""
    if powers_of(request.actor, timezone.now()).isdisjoint(ASKS):
        raise NotAllowed
    form = AskAccountForm(request.POST)
    if form.is_valid():
        member = Member.objects.filter(number=form.cleaned_data["number"]).first()
        if member is None:
            form.add_error("number", _("Nadie tiene ese número."))
        else:
            try:
                bank.ask(
                    member_id=member.pk,
                    account=form.cleaned_data["account"],
                    by=request.actor,
                    at=timezone.now(),
                )
            except DomainError as error:
                form.add_error("account", str(error))
            else:
                told = {"name": member.name}
                said = _("Pedido. %(name)s lo confirma desde su teléfono, y alguien más del consejo.")
                messages.success(request, said % told)
                return redirect("shares:bank_changes")
    return _changes(request, asking=form, status=422)


@require_POST
@again(Power.CONFIRM_BANK)
def confirm_second(request: MemberRequest, change_id: int) -> HttpResponse:
    get_object_or_404(BankChange, pk=change_id)
    done = bank.confirm_second(change_id=change_id, by=request.actor, at=timezone.now())
    messages.success(request, _said(done))
    return redirect("shares:bank_changes")


@require_POST
@recently
def drop(request: MemberRequest, change_id: int) -> HttpResponse:
    change = get_object_or_404(BankChange, pk=change_id)
    bank.drop(change_id=change.pk, why=request.POST.get("why", ""), by=request.actor, at=timezone.now())
    messages.success(request, _("El cambio de cuenta quedó sin efecto."))
    return redirect("shares:bank" if change.member_id == request.member.pk else "shares:bank_changes")


def _said(change: BankChange) -> str:
    if change.state == ChangeState.DONE:
        return _("Confirmado por los dos: la cuenta nueva rige desde ahora.")
    return _("Confirmado. Falta la otra persona.")


def _mine(request: MemberRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    how = bank.how_paid([request.member.pk])[request.member.pk]
    held = BankChange.objects.filter(member=request.member).select_related(
        "asked_by", "second_by", "dropped_by"
    )
    every = list(held[:30])
    cents = f"{how.cents // 100},{how.cents % 100:02d}" if how.cents else ""
    initial = {"method": how.method, "cents": cents, "percent": how.percent}
    context = {
        "room": "accounts",
        "how": how,
        "waiting": next((one for one in every if one.state == ChangeState.WAITING), None),
        "history": [one for one in every if one.state != ChangeState.WAITING],
        "account_form": forms.get("account") or AccountForm(),
        "method_form": forms.get("method") or MethodForm(initial=initial),
        "drop_form": DropForm(),
    }
    return render(request, "shares/bank.html", context, status=status)


def _changes(request: MemberRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    powers = powers_of(request.actor, timezone.now())
    if powers.isdisjoint(SEES):
        raise NotAllowed
    related = BankChange.objects.select_related("member", "asked_by", "second_by", "dropped_by")
    me = request.member.pk
    confirms = Power.CONFIRM_BANK in powers
    context = {
        "room": "accounts",
        "waiting": [
            (one, confirms and one.second_by_id is None and me not in (one.member_id, one.asked_by_id))
            for one in related.filter(state=ChangeState.WAITING)
        ],
        "recent": related.exclude(state=ChangeState.WAITING)[:30],
        "asks": not powers.isdisjoint(ASKS),
        "confirms": confirms,
        "asking": forms.get("asking") or AskAccountForm(),
        "drop_form": DropForm(),
    }
    return render(request, "shares/bank_changes.html", context, status=status)
