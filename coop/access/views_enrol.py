"""From the card to the device: whose it is, and how it will open. Nobody is signed in yet on these pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coop.access import day, enrolment, web
from coop.access.domain import devices, enrolling, passkeys, trying, witnessing
from coop.access.domain.hall import has_hall_pin
from coop.access.enums import Opens
from coop.access.errors import CardUnknown
from coop.access.forms import CardPasswordForm, CodeForm, PasskeyForm, PinForm
from coop.access.models import Card, Device
from coop.common.errors import DomainError
from coop.members import session
from coop.members.middleware import MemberRequest, public
from coop.members.models import Member


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def type_code(request: MemberRequest) -> HttpResponse:
    """For whoever cannot read a QR with their phone."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        now = timezone.now()
        try:
            card = trying.card(text=form.cleaned_data["code"], address=session.address_of(request), at=now)
        except DomainError as error:
            form.add_error("code", str(error))
        else:
            return _whose(request, card, form.cleaned_data["code"])
    return render(request, "access/type_code.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: MemberRequest, code: str) -> HttpResponse:
    """Where the QR leads: says whose card it is and asks. Looking spends nothing."""
    now = timezone.now()
    try:
        found = trying.card(text=code, address=session.address_of(request), at=now)
    except DomainError as error:
        form = CodeForm(data={"code": code})
        form.is_valid()
        form.add_error("code", str(error))
        status = 404 if isinstance(error, CardUnknown) else error.status
        return render(request, "access/type_code.html", {"form": form}, status=status)
    if request.method == "POST":
        enrolment.begin(request, found, now)
        return redirect("access:choose")
    return _whose(request, found, code)


def _whose(request: MemberRequest, card: Card, code: str) -> HttpResponse:
    return render(request, "access/whose_card.html", {"card": card, "code": code, "other": request.member})


@public
@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest) -> HttpResponse:
    """A passkey where there can be one, a PIN everywhere; the POST is the PIN."""
    card = enrolment.card_of(request, timezone.now())
    if card is None:
        return _begin_again(request)
    form = PinForm(request.POST or None, asks=devices.has_ways_in(card.member))
    if form.is_valid():
        key = web.phone_key_or_new(request)

        def enrol() -> Device:
            return enrolling.with_pin(
                card=card.pk,
                pin=form.cleaned_data["pin"],
                phone_key=key,
                name=session.device_of(request),
                lost=form.lost,
                at=timezone.now(),
            )

        if device := _tried(form, enrol, "pin"):
            return _enrolled(request, device, key)
    return _choices(request, card, pin_form=form)


@public
@never_cache
@require_POST
def new_passkey_options(request: MemberRequest) -> HttpResponse:
    """What the phone needs to make a key, as JSON."""
    now = timezone.now()
    card, party = enrolment.card_of(request, now), web.party_of(request)
    if card is None or party is None:
        return JsonResponse({}, status=409)
    return JsonResponse(passkeys.ask_new(party=party, member=card.member, at=now))


@public
@never_cache
@require_POST
def choose_passkey(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    card, party = enrolment.card_of(request, now), web.party_of(request)
    if card is None or party is None:
        return _begin_again(request)
    form = PasskeyForm(request.POST, asks=devices.has_ways_in(card.member))
    if form.is_valid():
        key = web.phone_key_or_new(request)

        def enrol() -> Device:
            answer = form.cleaned_data["passkey"]
            new = passkeys.read_new(party=party, member=card.member, answer=answer, at=now)
            return enrolling.with_passkey(
                card=card.pk,
                new=new,
                phone_key=key,
                name=session.device_of(request),
                lost=form.lost,
                at=now,
            )

        if device := _tried(form, enrol):
            return _enrolled(request, device, key)
    return _choices(request, card, key_form=form)


@public
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: MemberRequest) -> HttpResponse:
    """The small print: for a computer that several people use."""
    now = timezone.now()
    card = enrolment.card_of(request, now)
    if card is None:
        return _begin_again(request)
    form = CardPasswordForm(request.POST or None, asks=devices.has_ways_in(card.member))
    if form.is_valid():
        try:
            password = form.cleaned_data["password"]
            account = enrolling.with_password(card=card.pk, password=password, lost=form.lost, at=now)
        except ValidationError as error:
            form.add_error("password", error)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            session.begin(request, account=account, at=now)
            messages.success(request, _("Listo: ingresás con tu número y tu clave. La tarjeta ya no sirve."))
            return _inside(account.member)
    context = {"form": form, "card": card, "assembly": day.is_assembly_day(now)}
    return render(request, "access/card_password.html", context, status=422 if form.is_bound else 200)


@public
@never_cache
@require_safe
def waiting(request: MemberRequest) -> HttpResponse:
    """The card is used; a second person must see this phone. Shows the number that they will type."""
    return _waiting(request, "access/waiting.html")


@public
@never_cache
@require_safe
def waiting_live(request: MemberRequest) -> HttpResponse:
    return _waiting(request, "access/waiting.html#state")


def _waiting(request: MemberRequest, template: str) -> HttpResponse:
    device = enrolment.waiting_of(request, timezone.now())
    if device is None or request.member:
        target = "portal:home" if request.member else "access:type_code"
    elif device.enrolled_at and device.voided_at is None:
        target = "members:sign_in"
    else:
        context = {"device": device, "number": witnessing.shown_number(device)}
        return render(request, template, context)
    response: HttpResponse = redirect(target)
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204, headers={"HX-Redirect": response.headers["Location"]})
    if target == "members:sign_in":
        messages.success(request, _("Este teléfono ya está dado de alta. Ingresá."))
    return response


def _begin_again(request: MemberRequest) -> HttpResponse:
    messages.info(request, _("Para elegir cómo ingresar, primero usá tu tarjeta."))
    return redirect("access:type_code")


def _tried(form: forms.Form, enrol: Callable[[], Device], field: str | None = None) -> Device | None:
    try:
        return enrol()
    except DomainError as error:
        form.add_error(field, str(error))
        return None


def _enrolled(request: MemberRequest, device: Device, phone_key: str) -> HttpResponse:
    """Signed in with it already, unless it waits for a witness."""
    if device.enrolled_at is None:
        enrolment.wait(request, device)
        response: HttpResponse = redirect("access:waiting")
    else:
        now = timezone.now()
        session.hold(request, devices.begin(key=device.key, device=device.name, at=now))
        if device.opens == Opens.PIN:
            said = _("Listo: en este aparato ingresás con tu PIN. La tarjeta ya no sirve.")
        else:
            said = _("Listo: en este aparato ingresás como cuando lo desbloqueás. La tarjeta ya no sirve.")
        messages.success(request, said)
        response = _inside(device.member)
    web.keep_phone_key(response, phone_key)
    return response


def _inside(member: Member) -> HttpResponse:
    """The last step, for whoever has no hall PIN yet; it may be skipped."""
    return redirect("portal:home" if has_hall_pin(member) else "access:enrol_hall_pin")


def _choices(
    request: MemberRequest,
    card: Card,
    *,
    pin_form: PinForm | None = None,
    key_form: PasskeyForm | None = None,
) -> HttpResponse:
    asks = devices.has_ways_in(card.member)
    bound = key_form is not None or bool(pin_form and pin_form.is_bound)
    context: dict[str, Any] = {
        "card": card,
        "pin_form": pin_form or PinForm(asks=asks),
        "key_form": key_form or PasskeyForm(asks=asks),
        "asks": asks,
        "passkeys": web.party_of(request) is not None,
        "assembly": day.is_assembly_day(timezone.now()),
    }
    return render(request, "access/choose.html", context, status=422 if bound else 200)
