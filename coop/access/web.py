"""What a request says about the device: the phone's key in its cookie, and whom a passkey would sign for."""

import ipaddress
import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coop.access.domain.passkeys import Party
from coop.access.domain.phones import new_key
from coop.statute.models import Cooperative

COOKIE: Final = "aparato"
# Browsers keep no cookie longer.
HOLDS_SECONDS: Final = 400 * 24 * 3600
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


def phone_key_of(request: HttpRequest) -> str | None:
    """The device's key, None when it has none (or something that none of ours is)."""
    held = request.COOKIES.get(COOKIE, "")
    return held if _KEY.fullmatch(held) else None


def phone_key_or_new(request: HttpRequest) -> str:
    return phone_key_of(request) or new_key()


def keep_phone_key(response: HttpResponse, key: str) -> None:
    response.set_cookie(
        COOKIE,
        key,
        max_age=HOLDS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def party_of(request: HttpRequest) -> Party | None:
    """For whom a passkey signs here; None where there can be none: without HTTPS, or by a bare number.

    WebAuthn binds a key to a name: an address like 192.168.0.10 is none. `localhost` counts as secure.
    """
    host = request.get_host()
    name = re.sub(r":\d+$", "", host)
    if _is_number(name) or not (request.is_secure() or name == "localhost" or name.endswith(".localhost")):
        return None
    house = Cooperative.objects.first()
    return Party(host=name, origin=f"{request.scheme}://{host}", name=house.name if house else name)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def site_of(request: HttpRequest) -> str:
    """Where cards lead to: the site's address, or the one that this page was asked at."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
