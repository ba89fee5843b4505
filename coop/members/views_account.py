"""The member's own page: data, and the devices that are signed in."""

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
from coop.members.models import SignIn


@never_cache
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    sign_ins = SignIn.objects.alive(timezone.now()).filter(member=request.member).order_by("-seen_at")
    return render(request, "members/account.html", {"sign_ins": sign_ins})


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
    return redirect("members:account")


@require_POST
def end_everywhere(request: MemberRequest) -> HttpResponse:
    sign_in.end_all(member=request.member, at=timezone.now())
    request.session.flush()
    messages.success(request, _("Cerraste la sesión en todos lados. Ingresá de nuevo para seguir."))
    return redirect("members:sign_in")
