"""The signed cookie of a device: who is signed in with it."""

import ipaddress
import re
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.translation import gettext as _

from coop.members import known, sign_in
from coop.members.middleware import SESSION_KEY
from coop.members.models import Account, SignIn

_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("Chrome OS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)
_BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)


def begin(request: HttpRequest, *, account: Account, at: datetime) -> None:
    """Signs the device in by password. Raises SignInRefused."""
    hold(request, sign_in.enter(account=account, device=device_of(request), at=at))


def hold(request: HttpRequest, started: SignIn) -> None:
    """The device is signed in, whatever opened it: a new session, a new form token."""
    request.session.flush()
    rotate_token(request)
    request.session[SESSION_KEY] = str(started.key)
    known.remember(request, started.member.number)


def address_of(request: HttpRequest) -> str | None:
    """The caller's address; behind our own proxy, the one that the proxy saw (the last it wrote)."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2]
    try:
        return str(ipaddress.ip_address(seen.strip()))
    except ValueError:
        return None


def device_of(request: HttpRequest) -> str:
    """A name by which a person knows the device: "Android · Chrome"."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:400]
    found = [
        next((name for name, pattern in known if re.search(pattern, agent)), None)
        for known in (_SYSTEMS, _BROWSERS)
    ]
    return " · ".join(filter(None, found)) or _("Otro aparato")
