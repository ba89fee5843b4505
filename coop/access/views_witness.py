"""On an assembly day: whoever is witness sees the phone, and types the number that it shows."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coop.access.confirm import desk
from coop.access.domain import witnessing
from coop.access.forms import WitnessForm
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest
from coop.powers import Power, require


@never_cache
@require_safe
def witnesses(request: MemberRequest) -> HttpResponse:
    require(request.actor, Power.WITNESS, timezone.now())
    return _page(request)


@require_POST
@desk(Power.WITNESS)
def confirm(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    now = timezone.now()
    require(request.actor, Power.WITNESS, now)
    form = WitnessForm(request.POST, auto_id=f"n{key.hex[:8]}_%s")
    status = 422
    if form.is_valid():
        try:
            device = witnessing.confirm(key=key, number=form.cleaned_data["number"], by=request.actor, at=now)
        except DomainError as error:
            form.add_error("number", str(error))
            status = error.status
        else:
            messages.success(
                request, _("Diste fe: el teléfono de %(name)s ya sirve.") % {"name": device.member.name}
            )
            return redirect("access:witnesses")
    return _page(request, key, form, status)


@require_POST
@desk(Power.WITNESS)
def turn_away(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    device = witnessing.turn_away(key=key, by=request.actor, at=timezone.now())
    messages.success(
        request, _("Ese teléfono no se dio de alta como de %(name)s.") % {"name": device.member.name}
    )
    return redirect("access:witnesses")


def _page(
    request: MemberRequest, key: uuid.UUID | None = None, form: WitnessForm | None = None, status: int = 200
) -> HttpResponse:
    waiting = [
        (one, form if form and one.pk == key else WitnessForm(auto_id=f"n{one.pk.hex[:8]}_%s"))
        for one in witnessing.waiting_for(request.member.pk, timezone.now())
    ]
    lost = form if form and key not in {one.pk for one, _form in waiting} else None
    return render(request, "access/witnesses.html", {"waiting": waiting, "lost": lost}, status=status)
