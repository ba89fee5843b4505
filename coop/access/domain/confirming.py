"""Whether somebody proved lately, with this very sign-in, that it is them."""

from datetime import datetime, timedelta

from coop.access.enums import Opens
from coop.access.models import Device
from coop.members.models import Account, SignIn

# A desk that nobody used for so long is locked: somebody else may be sitting at it.
IDLE = timedelta(minutes=30)
SLIDES_EVERY = timedelta(minutes=1)


def is_unlocked(sign_in: SignIn, at: datetime) -> bool:
    """Signing in counts, and so does each act of the desk."""
    return sign_in.confirmed_at is not None and at - sign_in.confirmed_at < IDLE


def note(sign_in: SignIn, at: datetime) -> None:
    """That it was them at `at`. Written at most once a minute, and never backwards."""
    if sign_in.confirmed_at is None or at - sign_in.confirmed_at > SLIDES_EVERY:
        SignIn.objects.alive(at).filter(key=sign_in.key).update(confirmed_at=at)
        sign_in.confirmed_at = at


def ways_to_prove(sign_in: SignIn) -> tuple[bool, bool]:
    """Whether the member has something to type (a PIN or a password), and whether a passkey."""
    opens = set(
        Device.objects.living().filter(member=sign_in.member_id).values_list("opens", flat=True).distinct()
    )
    typed = Opens.PIN in opens or Account.objects.filter(member=sign_in.member_id).exists()
    return typed, Opens.PASSKEY in opens
