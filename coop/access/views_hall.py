"""A member's own hall PIN, chosen on a device of theirs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coop.access.confirm import recently
from coop.access.domain.hall import hall_pin_of, set_hall_pin
from coop.access.forms_hall import HallPinForm
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest


@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@recently
def hall_pin(request: MemberRequest) -> HttpResponse:
    form = HallPinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            set_hall_pin(member=request.member, pin=form.cleaned_data["pin"], at=timezone.now())
        except DomainError as error:
            form.add_error("pin", str(error))
        else:
            said = _("Tu PIN de sala quedó guardado. Vale para las votaciones que se abran desde ahora.")
            messages.success(request, said)
            return redirect("access:hall_pin")
    context = {"form": form, "held": hall_pin_of(request.member)}
    return render(request, "access/hall_pin.html", context, status=422 if form.is_bound else 200)
