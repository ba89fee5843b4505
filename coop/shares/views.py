"""Each one's own shares."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.documents.domain import find
from coop.members.middleware import MemberRequest
from coop.powers import Power, powers_of
from coop.shares import certificate as paper
from coop.shares.domain import subscribing
from coop.shares.domain.position import position_of, rules_on
from coop.shares.domain.refunds import year_of
from coop.shares.enums import Way
from coop.shares.forms import WayForm
from coop.shares.models import Payment, Subscription

SEES_ALL = frozenset({Power.KEEP_ACCOUNTS, Power.KEEP_REGISTER})


@never_cache
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    now, day = timezone.now(), timezone.localdate()
    held = position_of(request.member.pk)
    powers = powers_of(request.actor, now)
    context = {
        "room": "accounts",
        "held": held,
        "rules": rules_on(day),
        "due": held.due_by(day),
        "late": held.late(day),
        "next": held.next_due(),
        "coming": [due for due in held.dues if due.left][:6],
        "subscriptions": subscribing.of_member(request.member.pk),
        "payments": Payment.objects.filter(member=request.member).order_by("-day", "-pk")[:50],
        "unopened": not held.subscribed and not request.member.subscriptions.exists(),
        "certificate": find(paper.KIND, paper.key_of(request.member, held, day)) if held.paid else None,
        "ways": Way,
        "year": year_of(day, request.cooperative),
        "desk": not powers.isdisjoint(SEES_ALL),
    }
    return render(request, "shares/mine.html", context)


@require_POST
def choose_way(request: MemberRequest, subscription_id: int) -> HttpResponse:
    """The member's own; the treasurer's for others, who come back to that person's page."""
    one = get_object_or_404(Subscription.objects.select_related("member"), pk=subscription_id)
    form = WayForm(request.POST)
    if form.is_valid():
        chosen = Way(form.cleaned_data["way"])
        subscribing.choose_way(subscription_id=one.pk, way=chosen, by=request.actor, at=timezone.now())
        messages.success(request, _("Listo: %(way)s.") % {"way": chosen.label})
    if one.member_id == request.member.pk:
        return redirect("shares:mine")
    return redirect("shares:person", one.member.number)


@require_POST
def certificate(request: MemberRequest) -> HttpResponse:
    paper.certify(member=request.member, by=request.actor, at=timezone.now())
    return redirect("shares:mine")
