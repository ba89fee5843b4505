"""Proving again that it is oneself: the PIN of this very device, or the password."""

from datetime import datetime

from django.db import transaction

from coop.access.domain.phones import opens, phone_hash
from coop.access.enums import Opens
from coop.access.models import Device
from coop.members.errors import SignInRefused
from coop.members.known import Known
from coop.members.models import FailedSignIn, SignIn
from coop.members.sign_in import check_credentials, check_tries

PIN_LENGTH = 6


def prove(
    *, sign_in: SignIn, secret: str, device_secret: str | None, address: str | None, at: datetime
) -> None:
    """Nothing, if `secret` is the PIN of the sign-in's member on this device, or their password.

    `device_secret`: what the device's cookie holds, None without one. Raises SignInRefused, TooManyAttempts.
    Not inside a transaction of the caller's: a refusal would take back what counts the tries.
    """
    typed = secret.strip()
    if looks_like_pin(typed) and device_secret:
        device = (
            Device.objects.living()
            .filter(member=sign_in.member_id, opens=Opens.PIN, phone_hash=phone_hash(device_secret))
            .first()
        )
        if device:
            check_pin(device=device, pin=typed, phone_key=device_secret, at=at)
            return
    number = sign_in.member.number
    # Counted for this very sign-in: whoever shares the shed's address cannot use up an officer's tries.
    here = Known(name=str(sign_in.key), numbers=(number,))
    check_credentials(identifier=str(number), password=secret, address=address, at=at, known=here)


def looks_like_pin(typed: str) -> bool:
    """No password is: the shortest has ten signs."""
    return len(typed) == PIN_LENGTH and typed.isascii() and typed.isdigit()


def check_pin(*, device: Device, pin: str, phone_key: str, at: datetime) -> None:
    """Raises SignInRefused; TooManyAttempts after 5 wrong PINs in 15 minutes, or 20 in a day, here."""
    key = f"device:{device.pk}"
    with transaction.atomic():
        # One at a time: many tries at once would all be before the limit.
        Device.objects.select_for_update(no_key=True).get(pk=device.pk)
        check_tries(key=key, at=at)
        right = opens(pin.strip(), phone_key, device.pin)
        if not right:
            FailedSignIn.objects.create(at=at, identifier=key, address=None)
    if not right:
        raise SignInRefused
