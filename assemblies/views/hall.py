"""The hall's kiosks as whoever keeps the hall sees them: this device becomes one, any of them is closed."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assemblies import kiosk_device
from assemblies.domain.hall import close_kiosk, open_kiosk
from assemblies.forms_kiosk import KioskForm
from assemblies.models import Assembly, Kiosk
from assemblies.views.shared import missing_is_404
from coop.access.confirm import desk
from coop.common.errors import DomainError
from coop.members import sign_in
from coop.members.middleware import MemberRequest
from coop.powers import Power, require


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(Power.KEEP_HALL)
@missing_is_404
def hall(request: MemberRequest, assembly_id: int) -> HttpResponse:
    """The list of kiosks; a POST makes this very device one, and signs its keeper out of it."""
    now = timezone.now()
    require(request.actor, Power.KEEP_HALL, now)
    assembly = Assembly.objects.get(pk=assembly_id)
    form = KioskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = open_kiosk(
                assembly_id=assembly_id, name=form.cleaned_data["name"], by=request.actor, at=now
            )
        except DomainError as error:
            form.add_error("name", str(error))
        else:
            sign_in.end(key=request.sign_in.key, member=request.member, at=now)
            request.session.flush()
            response = redirect("assemblies:kiosk")
            kiosk_device.become_kiosk(response, made)
            return response
    kiosks = Kiosk.objects.filter(assembly=assembly).select_related("opened_by", "closed_by", "assembly")
    context = {"room": "assemblies", "assembly": assembly, "form": form, "kiosks": kiosks}
    return render(request, "assemblies/hall.html", context, status=422 if form.is_bound else 200)


@require_POST
@desk(Power.KEEP_HALL)
@missing_is_404
def kiosk_close(request: MemberRequest, key: uuid.UUID) -> HttpResponse:
    closed = close_kiosk(key=key, by=request.actor, at=timezone.now())
    messages.success(request, _("El kiosco «%(name)s» está cerrado.") % {"name": closed.name})
    return redirect("assemblies:hall", closed.assembly_id)
