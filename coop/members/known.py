"""Browsers in which somebody has signed in before: their wrong passwords are counted on their own.

Whoever shares the shed's address can use up the tries of a colleague's number, but not of the colleague's own
phone. The cookie opens nothing; it says where failures are counted.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE: Final = "conocido"
HOLDS_SECONDS: Final = 400 * 24 * 3600
MOST_PEOPLE: Final = 8
_SALT = "coop.members.known"


@dataclass(frozen=True, slots=True)
class Known:
    """A browser, by a random name of its own, and the numbers of the members who signed in there."""

    name: str
    numbers: tuple[int, ...]

    def key_for(self, number: int) -> str | None:
        """Under what that member's failures in this browser are counted; None where they never signed in."""
        return f"known:{self.name}:{number}" if number in self.numbers else None


def known_of(request: HttpRequest) -> Known | None:
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=HOLDS_SECONDS)
        return Known(name=str(held["n"]), numbers=tuple(int(number) for number in held["m"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def remember(request: HttpRequest, number: int) -> None:
    """The member has just signed in here; `keep` puts it into the answer."""
    known = known_of(request) or Known(name=secrets.token_urlsafe(12), numbers=())
    numbers = (number, *(one for one in known.numbers if one != number))[:MOST_PEOPLE]
    request.known_browser = Known(known.name, numbers)  # type: ignore[attr-defined]


def keep(request: HttpRequest, response: HttpResponse) -> None:
    known: Known | None = getattr(request, "known_browser", None)
    if known is None:
        return
    response.set_cookie(
        COOKIE,
        signing.dumps({"n": known.name, "m": known.numbers}, salt=_SALT),
        max_age=HOLDS_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
