"""Whether somebody proved lately, with this very sign-in, that it is them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coop.access.domain.phones import phone_hash
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


@dataclass(frozen=True, slots=True)
class Ways:
    """What the member can prove it with on this device: its PIN, their password, a passkey of theirs."""

    pin: bool
    password: bool
    passkey: bool

    @property
    def typed(self) -> bool:
        return self.pin or self.password


def ways_to_prove(sign_in: SignIn, phone_key: str | None) -> Ways:
    """`phone_key`: what the device's cookie holds. A PIN is of one device; passkeys and passwords are not."""
    devices = Device.objects.living().filter(member=sign_in.member_id)
    here = phone_hash(phone_key) if phone_key else None
    found = set(devices.values_list("opens", "phone_hash"))
    account = Account.objects.filter(member=sign_in.member_id).first()
    return Ways(
        pin=here is not None and (Opens.PIN.value, here) in found,
        password=account is not None and account.has_usable_password(),
        passkey=any(opens == Opens.PASSKEY for opens, _phone in found),
    )
