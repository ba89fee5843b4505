"""The kiosk's own cookies, and the middleware that keeps a kiosk a kiosk.

The device holds the kiosk's key; a member's turn is a second cookie, for two minutes. Neither is a session of
the site: whoever stands at a kiosk reaches its own pages and nothing else.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from assemblies.domain.hall import living
from assemblies.models import Kiosk
from coop.access.domain.hall import TURN, turn_of
from coop.common.http import View, public
from coop.members.models import SignIn

COOKIE: Final = "kiosco"
TURN_COOKIE: Final = "kiosco_turno"
TOLD_COOKIE: Final = "kiosco_listo"
TOLD_SECONDS: Final = 30
# Longer than any assembly; the row says when it is over.
STAYS: Final = 24 * 3600
# Probes of the machine itself carry no cookies, but who knows what they are tried with.
HEALTH: Final = "/salud/"


def at_a_kiosk(view: View) -> View:
    """The view answers a kiosk. It is public, and looks itself who stands there."""
    view.answers_a_kiosk = True  # type: ignore[attr-defined]
    return public(view)


def kiosk_of(request: HttpRequest) -> Kiosk | None:
    """The living kiosk that this device is."""
    key = _key(request, COOKIE)
    return living(key) if key else None


def turn_at(request: HttpRequest, at: datetime) -> SignIn | None:
    key = _key(request, TURN_COOKIE)
    return turn_of(key, at) if key else None


def become_kiosk(response: HttpResponse, kiosk: Kiosk) -> None:
    _keep(response, COOKIE, str(kiosk.key), STAYS)


def begin_turn(response: HttpResponse, turn: SignIn) -> None:
    _keep(response, TURN_COOKIE, str(turn.key), int(TURN.total_seconds()))


def forget_turn(response: HttpResponse) -> None:
    response.delete_cookie(TURN_COOKIE, samesite="Strict")


def tell(response: HttpResponse, said: dict[str, str]) -> None:
    """What the next page says, once. That page answers no form, so that going back sends none again."""
    value = signing.dumps(said, salt=_salt(TOLD_COOKIE))
    _set(response, TOLD_COOKIE, value, TOLD_SECONDS)


def told(request: HttpRequest) -> dict[str, str] | None:
    try:
        said = signing.loads(
            request.COOKIES.get(TOLD_COOKIE, ""), salt=_salt(TOLD_COOKIE), max_age=TOLD_SECONDS
        )
    except signing.BadSignature:
        return None
    return said if isinstance(said, dict) else None


def forget_told(response: HttpResponse) -> None:
    response.delete_cookie(TOLD_COOKIE, samesite="Strict")


def forget_kiosk(response: HttpResponse) -> None:
    forget_turn(response)
    response.delete_cookie(COOKIE, samesite="Strict")


class KioskMiddleware:
    """A device that is a kiosk shows the kiosk, whatever address is typed; one that was is a device again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if COOKIE not in request.COOKIES or getattr(view, "answers_a_kiosk", False):
            return None
        if request.path == HEALTH:
            return None
        return redirect("assemblies:kiosk") if kiosk_of(request) else None


def _key(request: HttpRequest, cookie: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.get_signed_cookie(cookie, default="", salt=_salt(cookie)))
    except (ValueError, TypeError):
        return None


def _keep(response: HttpResponse, cookie: str, value: str, seconds: int) -> None:
    signed = signing.get_cookie_signer(salt=cookie + _salt(cookie)).sign(value)
    _set(response, cookie, signed, seconds)


def _set(response: HttpResponse, cookie: str, value: str, seconds: int) -> None:
    response.set_cookie(
        cookie,
        value,
        max_age=seconds,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def _salt(cookie: str) -> str:
    return f"assemblies.{cookie}"
