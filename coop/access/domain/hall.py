"""The hall PIN and the turn it opens: two minutes at a kiosk, for one act.

Apart from the PIN of a phone, so that whoever watches over a shoulder in the hall opens nothing outside it.
"""

import uuid
from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import (
    UNUSABLE_PASSWORD_PREFIX,
    check_password,
    make_password,
)
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coop.access.hall_errors import EasyHallPin, HallPinLocked, HallPinNotNewer, HallPinRefused
from coop.access.models import HallPin
from coop.common.time import local_day
from coop.members import sign_in
from coop.members.errors import NotOnRegister
from coop.members.models import FailedSignIn, Member, SignIn, Way
from coop.statute.domain import cooperative

SHORTEST, LONGEST = 4, 6
TURN = timedelta(minutes=2)
WINDOW = timedelta(minutes=15)
PER_MEMBER = 5
# Whoever tries one number after another stands in front of everybody; still, a kiosk is no guessing machine.
PER_KIOSK = 40
# Whoever keeps the hall can open one kiosk after another, each with tries of its own. Counted over all of
# them, so that nobody tries out the PIN of somebody absent; who chooses another PIN is counted anew.
PER_DAY = (timedelta(hours=24), 40)


def too_easy(pin: str, *, number: int, document: str) -> str | Promise | None:
    """Why that hall PIN will not do, as a sentence; None if it will. Pure."""
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return _("El PIN de sala son entre 4 y 6 números, sin letras ni espacios.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 or len(set(pin)) == 1 or pin[:2] * (len(pin) // 2) == pin:
        return _("Ese PIN es de los primeros que alguien probaría. Elegí uno menos ordenado.")
    if len(pin) == 4 and "1930" <= pin <= "2039":
        return _("Ese PIN parece un año, y los años se adivinan. Elegí otro.")
    if pin in document or int(pin) == number:
        return _("Ese PIN sale de tu documento o de tu número. Elegí otro.")
    return None


@transaction.atomic
def set_hall_pin(*, member: Member, pin: str, at: datetime) -> None:
    """The member's PIN for the kiosks of the hall, from `at` on; in a poll already open it does not vote.

    Whoever calls has checked that it is them. Raises EasyHallPin, NotOnRegister, HallPinNotNewer.
    """
    typed = pin.strip()
    if why := too_easy(typed, number=member.number, document=member.document):
        raise EasyHallPin(why)
    if not member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(member.name)
    sealed = _seal(typed, member)
    held = HallPin.objects.select_for_update(no_key=True).filter(member=member).first()
    if held is None:
        HallPin.objects.create(member=member, secret=sealed, set_at=at)
        return
    if held.set_at >= at:
        raise HallPinNotNewer
    held.secret, held.set_at = sealed, at
    held.save(update_fields=["secret", "set_at"])


def hall_pin_of(member: Member) -> HallPin | None:
    """None also for one that a new card voided."""
    return HallPin.objects.filter(member=member).exclude(secret__startswith=UNUSABLE_PASSWORD_PREFIX).first()


def has_hall_pin(member: Member) -> bool:
    return hall_pin_of(member) is not None


def take_turn(*, kiosk: uuid.UUID, place: str, number: int, pin: str, at: datetime) -> SignIn:
    """Two minutes at that kiosk for whoever knows number and hall PIN. `place` is what the member will read.

    Raises HallPinRefused (also for a number that nobody has, or without a PIN, at the same cost),
    HallPinLocked after 5 wrong PINs of one number at this kiosk in 15 minutes or 40 at all kiosks in a day,
    or NotOnRegister. Not inside a transaction of the caller's: a refusal would take back what counts them.
    """
    held = HallPin.objects.select_related("member").filter(member__number=number).first()
    with transaction.atomic():
        if held is not None:
            # One try after the other: many at once would all be before the limit.
            held = (
                HallPin.objects.select_for_update(of=("self",), no_key=True)
                .select_related("member")
                .get(pk=held.pk)
            )
        _check_tries(kiosk=kiosk, number=number, at=at)
        _check_day(number=number, since=held.set_at if held else None, at=at)
        right = _opens(pin.strip(), held)
        if not right:
            for key in (_key(kiosk, number), _day_key(number)):
                FailedSignIn.objects.create(at=at, identifier=key, address=None)
    if held is None or not right:
        raise HallPinRefused
    if not held.member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(held.member.name)
    return sign_in.start(
        member=held.member, device=place, at=at, way=Way.KIOSK, enrolled_at=held.set_at, stays=TURN
    )


def turn_of(key: uuid.UUID, at: datetime) -> SignIn | None:
    """The turn that is still running under that key. No other sign-in is one, whatever its key."""
    turns = SignIn.objects.alive(at).select_related("member").filter(key=key, way=Way.KIOSK)
    turn = turns.first()
    if turn is None or not turn.member.is_on_register(local_day(at, cooperative().tz)):
        return None
    return turn


def end_turn(turn: SignIn, at: datetime) -> None:
    sign_in.end(key=turn.key, member=turn.member, at=at)


def _check_tries(*, kiosk: uuid.UUID, number: int, at: datetime) -> None:
    recent = FailedSignIn.objects.filter(at__gt=at - WINDOW).order_by("-at")
    own = recent.filter(identifier=_key(kiosk, number))
    everybody = recent.filter(identifier__startswith=_key(kiosk, ""))
    for failures, most in ((own, PER_MEMBER), (everybody, PER_KIOSK)):
        times = list(failures.values_list("at", flat=True)[:most])
        if len(times) == most:
            wait = times[-1] + WINDOW - at
            raise HallPinLocked(minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def _check_day(*, number: int, since: datetime | None, at: datetime) -> None:
    window, most = PER_DAY
    failures = FailedSignIn.objects.filter(identifier=_day_key(number), at__gt=at - window)
    if since is not None:
        failures = failures.filter(at__gt=since)
    times = list(failures.order_by("-at").values_list("at", flat=True)[:most])
    if len(times) == most:
        wait = times[-1] + window - at
        raise HallPinLocked(minutes=max(1, -(-int(wait.total_seconds()) // 60)))


def _key(kiosk: uuid.UUID, number: int | str) -> str:
    return f"hall:{kiosk.hex}:{number}"


def _day_key(number: int) -> str:
    return f"hall-day:{number}"


def _digest(pin: str, member_id: int) -> str:
    """Under the server's secret key: of ten thousand PINs none can be tried with the database alone."""
    return salted_hmac("coop.access.hall_pin", f"{member_id}:{pin}", algorithm="sha256").hexdigest()


def _seal(pin: str, member: Member) -> str:
    return make_password(_digest(pin, member.pk))


def _opens(pin: str, held: HallPin | None) -> bool:
    if held is None:
        make_password(pin)
        return False
    return check_password(_digest(pin, held.member_id), held.secret)
