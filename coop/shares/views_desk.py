"""The treasury's desk: everybody's shares, and what one person subscribes and pays."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.access.confirm import again, desk
from coop.common.errors import DomainError, NotAllowed
from coop.common.money import money
from coop.members import looks
from coop.members.enums import Sight
from coop.members.middleware import MemberRequest
from coop.members.models import Member
from coop.powers import Power, powers_of, require
from coop.shares.domain import paying, subscribing
from coop.shares.domain.position import NOTHING, capital_on, position_of, positions, rules_on
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Basis, Way
from coop.shares.forms import PayForm, ReasonForm, SubscribeForm, WayForm
from coop.shares.models import Payment

PER_PAGE = 50


def must_see(request: MemberRequest) -> frozenset[Power]:
    """What the reader may do, who keeps the accounts or the register. NotAllowed for others."""
    powers = powers_of(request.actor, timezone.now())
    if powers.isdisjoint({Power.KEEP_ACCOUNTS, Power.KEEP_REGISTER}):
        raise NotAllowed(str(Power.KEEP_ACCOUNTS.label))
    return powers


@never_cache
@require_safe
def everybody(request: MemberRequest) -> HttpResponse:
    powers = must_see(request)
    now, day = timezone.now(), timezone.localdate()
    words = request.GET.get("q", "")[:80].replace("\0", "")
    found = Member.objects.on_register(day).matching(words)
    only_late = request.GET.get("mora") == "1"
    if only_late:
        behind = [key for key, held in positions().items() if held.late(day)]
        found = found.filter(pk__in=behind)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    held = positions([member.pk for member in page.object_list])
    looks.note(who=request.member.pk, whose=None, what=Sight.SHARES, at=now)
    context = {
        "room": "accounts",
        "page": page,
        "rows": [
            (member, one, one.due_by(day), one.late(day))
            for member, one in ((each, held.get(each.pk, NOTHING)) for each in page.object_list)
        ],
        "words": words,
        "only_late": only_late,
        "query": urlencode(({"q": words} if words else {}) | ({"mora": "1"} if only_late else {})),
        "capital": capital_on(timezone.localdate() + timedelta(days=1)),
        "to_open": len(subscribing.to_open(day)),
        "keeps": Power.KEEP_ACCOUNTS in powers,
        "way_form": WayForm(initial={"way": Way.DESK}),
        "value": rules_on(day).value,
    }
    return render(request, "shares/everybody.html", context)


@require_POST
@again(Power.KEEP_ACCOUNTS)
def open_balances(request: MemberRequest) -> HttpResponse:
    form = WayForm(request.POST)
    way = Way(form.cleaned_data["way"]) if form.is_valid() else Way.DESK
    made = subscribing.open_balances(by=request.actor, at=timezone.now(), way=way)
    told = ngettext(
        "Las cuotas de %(n)d persona ya están en las cuentas.",
        "Las cuotas de %(n)d personas ya están en las cuentas.",
        len(made),
    )
    messages.success(request, told % {"n": len(made)})
    return redirect("shares:everybody")


@never_cache
@require_safe
def person(request: MemberRequest, number: int) -> HttpResponse:
    powers = must_see(request)
    return _page(request, get_object_or_404(Member, number=number), powers)


@require_POST
@desk(Power.KEEP_ACCOUNTS, Power.KEEP_REGISTER, sound=SubscribeForm)
def subscribe(request: MemberRequest, number: int) -> HttpResponse:
    powers = must_see(request)
    member = get_object_or_404(Member, number=number)
    form = SubscribeForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"basis": Basis(form.cleaned_data["basis"])}
        data |= {"way": Way(data["way"])}
        try:
            made = subscribing.subscribe(
                member_id=member.pk, wanted=Wanted(**data), by=request.actor, at=timezone.now()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = {"n": made.shares, "name": member.name, "cents": money(made.cents)}
            said = ngettext(
                "%(name)s suscribió %(n)d cuota: %(cents)s.",
                "%(name)s suscribió %(n)d cuotas: %(cents)s.",
                made.shares,
            )
            messages.success(request, said % told)
            return redirect("shares:person", number)
    return _page(request, member, powers, subscribing=form, status=422)


@require_POST
@desk(Power.KEEP_ACCOUNTS, sound=PayForm)
def pay(request: MemberRequest, number: int) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    powers = must_see(request)
    member = get_object_or_404(Member, number=number)
    form = PayForm(request.POST)
    if form.is_valid():
        try:
            made = paying.pay_at_desk(
                member_id=member.pk, by=request.actor, at=timezone.now(), **form.cleaned_data
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = {"cents": money(made.cents), "receipt": made.receipt}
            messages.success(request, _("Quedó asentado: %(cents)s, recibo %(receipt)s.") % told)
            return redirect("shares:person", number)
    return _page(request, member, powers, paying=form, status=422)


@require_POST
@again(Power.KEEP_ACCOUNTS)
def take_back(request: MemberRequest, payment_id: int) -> HttpResponse:
    require(request.actor, Power.KEEP_ACCOUNTS, timezone.now())
    payment = get_object_or_404(Payment.objects.select_related("member"), pk=payment_id)
    reason = request.POST.get("reason", "")
    paying.take_back(payment_id=payment.pk, reason=reason, by=request.actor, at=timezone.now())
    messages.success(
        request, _("El pago del recibo %(receipt)s quedó anulado.") % {"receipt": payment.receipt}
    )
    return redirect("shares:person", payment.member.number)


def _page(
    request: MemberRequest, member: Member, powers: frozenset[Power], *, status: int = 200, **forms: Any
) -> HttpResponse:
    now, day = timezone.now(), timezone.localdate()
    looks.note(who=request.member.pk, whose=member.pk, what=Sight.SHARES, at=now)
    held = position_of(member.pk)
    payments = Payment.objects.filter(member=member).select_related("reversed_by").order_by("-day", "-pk")
    today = day.isoformat()
    context = {
        "room": "accounts",
        "shown": member,
        "held": held,
        "due": held.due_by(day),
        "late": held.late(day),
        "coming": [one for one in held.dues if one.left][:12],
        "subscriptions": subscribing.of_member(member.pk),
        "payments": payments[:100],
        "rules": rules_on(day),
        "on_register": member.is_on_register(day),
        "keeps": Power.KEEP_ACCOUNTS in powers,
        "ways": Way,
        "subscribing": forms.get("subscribing")
        or SubscribeForm(initial={"day": today, "basis": Basis.ADMISSION, "way": Way.DESK}),
        "paying": forms.get("paying") or PayForm(initial={"day": today}),
        "taking_back": ReasonForm(),
    }
    return render(request, "shares/person.html", context, status=status)
