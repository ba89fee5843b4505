"""On an assembly day a second person sees whose phone it is, before it opens anything."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from coop.access.domain import devices
from coop.access.domain.enrolling import activate
from coop.access.errors import DeviceGone, WitnessRefused, WrongWitnessNumber
from coop.access.models import Device, DeviceQuerySet
from coop.members.models import FailedSignIn, Member
from coop.members.sign_in import check_tries
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act

# Who has not found a witness by then begins again, with another card.
WAITS = timedelta(hours=12)


def shown_number(device: Device) -> str:
    """Four digits that only the waiting phone shows: who types them has had that phone before their eyes."""
    digest = salted_hmac("coop.access.witness", str(device.key), algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8]) % 10_000:04d}"


def waiting(at: datetime) -> DeviceQuerySet:
    return Device.objects.waiting().filter(asked_at__gt=at - WAITS)


def waiting_for(witness_id: int, at: datetime) -> DeviceQuerySet:
    """Those whose witness that member may be: neither their own, nor with a card they gave."""
    return (
        waiting(at)
        .exclude(member=witness_id)
        .exclude(card__given_by=witness_id)
        .select_related("member", "card__given_by")
        .order_by("asked_at")
    )


def confirm(*, key: uuid.UUID, number: str, by: Actor, at: datetime) -> Device:
    """The device opens from now on; both names are on the record.

    Raises NotAllowed, DeviceGone, WitnessRefused, WrongWitnessNumber, or TooManyAttempts after five of those.
    """
    require(by, Power.WITNESS, at)
    tries = f"witness:{key}"
    with transaction.atomic():
        device = _held(key, by, at)
        # With the row in hand: many at once would all be before the limit.
        check_tries(key=tries, at=at)
        right = constant_time_compare(shown_number(device), number.strip())
        if right:
            activate(device, by=by, at=at, witness=Member.objects.get(pk=by.signature))
        else:
            FailedSignIn.objects.create(at=at, identifier=tries, address=None)
    if not right:
        raise WrongWitnessNumber
    return device


@transaction.atomic
def turn_away(*, key: uuid.UUID, by: Actor, at: datetime) -> Device:
    """It is not that person's phone: it never opens. Raises NotAllowed, DeviceGone or WitnessRefused."""
    require(by, Power.WITNESS, at)
    device = _held(key, by, at)
    devices.shut(device, by=by, at=at)
    facts = {"member": device.member.number, "name": device.member.name, "device": device.name}
    write(Act.DEVICE_VOIDED, by=by, at=at, facts=facts | {"key": str(device.key), "turned_away": True})
    return device


def _held(key: uuid.UUID, by: Actor, at: datetime) -> Device:
    wait_turn()
    found = Device.objects.select_for_update(of=("self",)).select_related("member", "card__given_by")
    device = found.filter(key__in=waiting(at).values("key"), pk=key).first()
    if device is None:
        raise DeviceGone
    if by.signature == device.member_id or (device.card and by.signature == device.card.given_by_id):
        raise WitnessRefused
    return device
