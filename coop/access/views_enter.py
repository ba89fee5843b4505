"""Signing in with what is enrolled: the PIN of this device, a passkey, a code by e-mail."""

import uuid
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from coop.access import web
from coop.access.domain import devices, mail_codes, passkeys, proving
from coop.access.domain.phones import phone_hash
from coop.access.enums import Opens
from coop.access.errors import PasskeyRefused, PinRefused
from coop.access.forms import MailCodeForm, MailForm, PasskeySignInForm, PinSignInForm
from coop.access.models import Device
from coop.access.sending import send_mail_code
from coop.common.errors import DomainError
from coop.common.http import safe_target
from coop.members import session
from coop.members.errors import SignInRefused
from coop.members.known import known_of
from coop.members.middleware import MemberRequest, public
from coop.members.ways_in import WayIn

MAIL: Final = "mail_code"


def of_this_phone(request: HttpRequest, opens: Opens) -> list[Device]:
    """Whose devices this very phone is: most have one person, a shared one several."""
    key = web.phone_key_of(request)
    if key is None:
        return []
    found = Device.objects.living().filter(phone_hash=phone_hash(key), opens=opens).select_related("member")
    today = timezone.localdate()
    return [device for device in found.order_by("member__sort_name") if device.member.is_on_register(today)]


def pin_way(request: HttpRequest, wanted: str) -> WayIn | None:
    here = of_this_phone(request, Opens.PIN)
    if not here:
        return None
    forms = [
        PinSignInForm(initial={"device": one.pk, "next": wanted}, auto_id=f"pin_{place}_%s")
        for place, one in enumerate(here)
    ]
    return WayIn("access/_pin_way.html", {"people": list(zip(here, forms, strict=True))}, first=True)


def passkey_way(request: HttpRequest, wanted: str) -> WayIn | None:
    """Without script it does not show. First on a phone where one was made."""
    if web.party_of(request) is None:
        return None
    form = PasskeySignInForm(initial={"next": wanted}, auto_id="key_%s")
    first = bool(of_this_phone(request, Opens.PASSKEY))
    return WayIn("access/_passkey_way.html", {"form": form}, first=first)


def mail_way(request: HttpRequest, wanted: str) -> WayIn | None:
    return WayIn("access/_mail_way.html", {"next": wanted}) if settings.EMAIL_OFFERED else None


@public
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_pin(request: MemberRequest) -> HttpResponse:
    """The PIN of one of this phone's people. A phone that nobody enrolled goes to the other ways."""
    if request.member:
        return redirect(safe_target(request, request.POST.get("next", request.GET.get("next", ""))))
    key = web.phone_key_of(request)
    here = of_this_phone(request, Opens.PIN)
    form = PinSignInForm(request.POST or None)
    if key is None or not here or request.method != "POST":
        return redirect("members:sign_in")
    status = 422
    if form.is_valid():
        try:
            return _by_pin(request, form, here, key)
        except SignInRefused:
            form.add_error("pin", str(PinRefused()))
        except DomainError as error:
            form.add_error("pin", str(error))
            status = error.status
    asked = next((one for one in here if str(one.pk) == form["device"].value()), here[0])
    context = {"form": form, "device": asked}
    return render(request, "access/enter_pin.html", context, status=status)


def _by_pin(request: MemberRequest, form: PinSignInForm, here: list[Device], key: str) -> HttpResponse:
    device = next((one for one in here if one.pk == form.cleaned_data["device"]), None)
    if device is None:
        raise SignInRefused
    now = timezone.now()
    proving.check_pin(device=device, pin=form.cleaned_data["pin"], phone_key=key, at=now)
    session.hold(request, devices.begin(key=device.key, device=session.device_of(request), at=now))
    response = redirect(safe_target(request, form.cleaned_data["next"]))
    # Again, for another 400 days.
    web.keep_phone_key(response, key)
    return response


@public
@never_cache
@require_POST
def passkey_options(request: MemberRequest) -> HttpResponse:
    """What a phone needs to sign with a key: of whoever is signed in, or of whoever holds the phone."""
    party = web.party_of(request)
    if party is None:
        return JsonResponse({}, status=409)
    return JsonResponse(passkeys.ask(party=party, member=request.member, at=timezone.now()))


@public
@never_cache
@require_POST
def enter_passkey(request: MemberRequest) -> HttpResponse:
    if request.member:
        return redirect(safe_target(request, request.POST.get("next", "")))
    party, now = web.party_of(request), timezone.now()
    form = PasskeySignInForm(request.POST)
    try:
        if party is None or not form.is_valid():
            raise PasskeyRefused
        device = passkeys.read(party=party, member=None, answer=form.cleaned_data["passkey"], at=now)
        session.hold(request, devices.begin(key=device.key, device=session.device_of(request), at=now))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("members:sign_in")
    return redirect(safe_target(request, form.cleaned_data["next"]))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_mail(request: MemberRequest) -> HttpResponse:
    """Says the same whether there is such a person and such an address, or not."""
    if request.member or not settings.EMAIL_OFFERED:
        return redirect("members:sign_in")
    wanted = safe_target(request, request.GET.get("next", ""))
    form = MailForm(request.POST or None, initial={"next": wanted})
    if form.is_valid():
        now = timezone.now()
        try:
            address = session.address_of(request)
            code = mail_codes.ask(
                identifier=form.cleaned_data["identifier"],
                address=address,
                at=now,
                known=known_of(request),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if code:
                send_mail_code(code.pk)
            held = {"key": str(code.pk if code else uuid.uuid4()), "next": form.cleaned_data["next"]}
            request.session[MAIL] = held
            return redirect("access:mail_code")
    return render(request, "access/ask_mail.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def mail_code(request: MemberRequest) -> HttpResponse:
    """The code counts only on the device that asked for it: nobody uses up the tries of somebody else."""
    held = request.session.get(MAIL)
    if request.member or not held:
        return redirect("access:ask_mail")
    form = MailCodeForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            started = mail_codes.enter(
                key=uuid.UUID(held["key"]),
                typed=form.cleaned_data["code"],
                device=session.device_of(request),
                at=timezone.now(),
            )
        except DomainError as error:
            form.add_error("code", str(error))
            status = error.status
        else:
            session.hold(request, started)
            messages.success(request, _("Ingresaste con el código del correo."))
            return redirect(safe_target(request, held["next"]))
    return render(request, "access/mail_code.html", {"form": form}, status=status)
