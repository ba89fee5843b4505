"""Where am I signed in, and with what: every device and every sign-in, each of which can be ended."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.access import web
from coop.access.domain import devices
from coop.access.domain.phones import phone_hash
from coop.members.middleware import MemberRequest
from coop.members.models import Account, SignIn


@never_cache
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    key = web.phone_key_of(request)
    account = Account.objects.filter(member=request.member).first()
    context = {
        "devices": devices.of_member(request.member),
        "this_phone": phone_hash(key) if key else None,
        "sign_ins": SignIn.objects.alive(timezone.now()).filter(member=request.member).order_by("-seen_at"),
        "has_password": account is not None and account.has_usable_password(),
    }
    return render(request, "access/devices.html", context)


@require_POST
def void(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    """One's own, or for whoever keeps the register a lost one that somebody reported."""
    voided = devices.void(key=key, by=request.actor, at=timezone.now())
    own = voided.member_id == request.member.pk
    if own and request.sign_in.opened_with == voided.key:
        request.session.flush()
        messages.success(
            request, _("Diste de baja este aparato. Para volver a usarlo necesitás otra tarjeta.")
        )
        return redirect("members:sign_in")
    said = _("Diste de baja «%(device)s»: ya no abre tu cuenta.") if own else _("Diste de baja «%(device)s».")
    messages.success(request, said % {"device": voided.name})
    return redirect("access:devices") if own else redirect("access:card", voided.member.number)
