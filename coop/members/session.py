"""The signed cookie of a device: who is signed in with it, or who is choosing a password with it."""

import ipaddress
import re
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from coop.common.time import local_day
from coop.members import sign_in
from coop.members.middleware import SESSION_KEY
from coop.members.models import Account
from coop.statute.domain import cooperative

CHOOSING: Final = "choosing"
CHOOSING_HOLDS = timedelta(minutes=15)

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
    """Signs the device in: a new session, a new form token, a row that can be ended. Raises SignInRefused."""
    started = sign_in.enter(account=account, device=device_of(request), at=at)
    request.session.flush()
    rotate_token(request)
    request.session[SESSION_KEY] = str(started.key)


def begin_choosing(request: HttpRequest, *, account: Account, wanted: str, at: datetime) -> None:
    """The one-use code was right: for a while, and until it is used, this device may choose the password."""
    request.session.flush()
    rotate_token(request)
    request.session[CHOOSING] = {
        "account": account.pk,
        "proof": account.get_session_auth_hash(),
        "until": (at + CHOOSING_HOLDS).timestamp(),
        "next": wanted,
    }


def who_chooses(request: HttpRequest, at: datetime) -> tuple[Account, str] | None:
    """The account that may choose its password on this device, and where it wanted to go.

    None once the password was chosen, anywhere: the proof follows from the code that it replaced.
    """
    held = request.session.get(CHOOSING)
    if not held or held["until"] <= at.timestamp():
        return None
    account = Account.objects.select_related("member").filter(pk=held["account"], must_choose=True).first()
    if account is None or not constant_time_compare(held["proof"], account.get_session_auth_hash()):
        return None
    if not account.member.is_on_register(local_day(at, cooperative().tz)):
        return None
    return account, held["next"]


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
