"""Who may begin: whoever was given the code that the server's command line printed, in one browser."""

import re
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from coop.members.errors import TooManyAttempts
from coop.members.models import FailedSignIn
from coop.portal.beginning.errors import AlreadyBegun, CodeRefused, NotHeld
from coop.portal.models import Beginning
from coop.statute.domain import locked
from coop.statute.models import Cooperative

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
CODE_LENGTH: Final = 12  # 59 bits
CODE_HOLDS: Final = timedelta(days=14)
WINDOW: Final = timedelta(minutes=15)
FAILURES: Final = 10
_THROTTLED_AS: Final = "empezar"


@transaction.atomic
def invite(*, at: datetime) -> str:
    """A new code for this database, from the command line alone; the one before is void, drafts stay.

    AlreadyBegun where there is a cooperative.
    """
    locked("beginning")
    require_none_yet()
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    fresh = {"code": digest("code", code), "code_until": at + CODE_HOLDS, "touched_at": at}
    Beginning.objects.update_or_create(pk=1, defaults=fresh)
    return spoken(code)


def open_with(*, code: str, address: str | None, at: datetime) -> str:
    """The key for this browser's cookie; the code is used up, and no other browser holds the beginning now.

    Raises AlreadyBegun, CodeRefused, or TooManyAttempts after ten wrong codes from an address in 15 minutes.
    """
    _throttle(address, at)
    key = _opened(code, at)
    if key is None:
        FailedSignIn.objects.create(at=at, identifier=_THROTTLED_AS, address=address)
        raise CodeRefused
    return key


@transaction.atomic
def _opened(code: str, at: datetime) -> str | None:
    locked("beginning")
    require_none_yet()
    found = Beginning.objects.filter(pk=1).first()
    typed = digest("code", re.sub(r"[\W_]+", "", code.lower()))
    if found is None or found.code_until is None or found.code_until <= at:
        return None
    if not constant_time_compare(found.code, typed):
        return None
    key = secrets.token_urlsafe(32)
    used = {"code": "", "code_until": None, "key": digest("key", key), "touched_at": at}
    Beginning.objects.filter(pk=1).update(**used)
    return key


def held(key: str) -> Beginning | None:
    """The beginning, if this key is the one that holds it; begun or not."""
    found = Beginning.objects.select_related("secretary").filter(pk=1).first()
    if not key or found is None or not constant_time_compare(found.key, digest("key", key)):
        return None
    return found


def taken(key: str) -> Beginning:
    """The beginning, its row held until the transaction ends. Raises AlreadyBegun or NotHeld."""
    locked("beginning")
    require_none_yet()
    found = held(key)
    if found is None:
        raise NotHeld
    return found


def require_none_yet() -> None:
    cooperative = Cooperative.objects.first()
    if cooperative is not None:
        raise AlreadyBegun(cooperative.name)


def digest(what: str, secret: str) -> str:
    """With the server's secret key: the database alone gives neither code nor key."""
    return salted_hmac(f"coop.portal.beginning.{what}", secret, algorithm="sha256").hexdigest()


def spoken(code: str) -> str:
    """In three groups of four, as it is read aloud: "k3fd-92mx-7pqa"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _throttle(address: str | None, at: datetime) -> None:
    recent = FailedSignIn.objects.filter(identifier=_THROTTLED_AS, address=address, at__gt=at - WINDOW)
    times = list(recent.order_by("-at").values_list("at", flat=True)[:FAILURES])
    if len(times) == FAILURES:
        wait = times[-1] + WINDOW - at
        raise TooManyAttempts(minutes=max(1, -(-int(wait.total_seconds()) // 60)))
