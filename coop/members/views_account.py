"""The member's own page, and ending one's own sign-ins (coop.access lists them beside the devices)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.members import sign_in
from coop.members.middleware import MemberRequest
from coop.members.models import Account


@never_cache
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    held = Account.objects.filter(member=request.member).first()
    has_password = held is not None and held.has_usable_password()
    return render(request, "members/account.html", {"has_password": has_password})


@require_POST
def end_sign_in(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    ended = sign_in.end(key=key, member=request.member, at=timezone.now())
    if key == request.sign_in.key:
        request.session.flush()
        messages.success(request, _("Cerraste la sesión en este aparato."))
        return redirect("members:sign_in")
    if ended:
        messages.success(request, _("Cerraste la sesión en ese aparato."))
    else:
        messages.info(request, _("Esa sesión ya estaba cerrada."))
    return redirect("access:devices")


@require_POST
def end_everywhere(request: MemberRequest) -> HttpResponse:
    sign_in.end_all(member=request.member, at=timezone.now())
    request.session.flush()
    messages.success(request, _("Cerraste la sesión en todos lados. Ingresá de nuevo para seguir."))
    return redirect("members:sign_in")
