"""A member's own hall PIN, chosen on a device of theirs: any day, or as the last step of its enrolment."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from coop.access.confirm import recently
from coop.access.domain.hall import hall_pin_of, set_hall_pin
from coop.access.forms_hall import HallPinForm
from coop.common.errors import DomainError
from coop.members.middleware import MemberRequest

SAVED = gettext_lazy("Tu PIN de sala quedó guardado. Vale para las votaciones que se abran desde ahora.")


@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@recently
def hall_pin(request: MemberRequest) -> HttpResponse:
    form = HallPinForm(request.POST if request.method == "POST" else None)
    if _chosen(request, form):
        messages.success(request, SAVED)
        return redirect("access:hall_pin")
    context = {"form": form, "held": hall_pin_of(request.member)}
    return render(request, "access/hall_pin.html", context, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@recently
def enrol_hall_pin(request: MemberRequest) -> HttpResponse:
    """Offered once a device is enrolled; whoever has a hall PIN changes it from their account."""
    if hall_pin_of(request.member):
        return redirect("access:hall_pin")
    form = HallPinForm(request.POST if request.method == "POST" else None)
    if _chosen(request, form):
        messages.success(request, SAVED)
        return redirect("portal:home")
    status = 422 if form.is_bound else 200
    return render(request, "access/enrol_hall_pin.html", {"form": form}, status=status)


def _chosen(request: MemberRequest, form: HallPinForm) -> bool:
    """Whether the form's PIN is the member's now; what speaks against it is an error of the form."""
    if not form.is_valid():
        return False
    try:
        set_hall_pin(member=request.member, pin=form.cleaned_data["pin"], at=timezone.now())
    except DomainError as error:
        form.add_error("pin", str(error))
        return False
    return True
