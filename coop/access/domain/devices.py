"""What opens a member's account, and how it stops doing so."""

import uuid
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from coop.access.errors import DeviceGone
from coop.access.models import Device, HallPin
from coop.common.errors import NotAllowed
from coop.members import sign_in
from coop.members.models import Account, Member, SignIn, Way
from coop.powers import Actor, Power, may
from coop.record.domain import wait_turn, write
from coop.record.models import Act


def of_member(member: Member) -> list[Device]:
    """Enrolled or waiting for a witness, and not voided; the newest first."""
    return list(Device.objects.filter(member=member, voided_at__isnull=True).select_related("witness"))


@transaction.atomic
def void(*, key: uuid.UUID, by: Actor, at: datetime) -> Device:
    """The device opens nothing any more, and what it had opened is closed.

    By its member, or by whoever keeps the register (a lost phone that somebody reports). Raises DeviceGone or
    NotAllowed.
    """
    wait_turn()
    device = _held(key)
    if by.member_id != device.member_id and not may(by, Power.KEEP_REGISTER, at):
        raise NotAllowed(str(Power.KEEP_REGISTER.label))
    shut(device, by=by, at=at)
    facts = {"member": device.member.number, "name": device.member.name, "device": device.name}
    write(Act.DEVICE_VOIDED, by=by, at=at, facts=facts | {"key": str(device.key)})
    return device


def shut(device: Device, *, by: Actor, at: datetime) -> None:
    """Voids the row and ends its sign-ins; whoever calls has checked, locked, and writes the record."""
    device.voided_at, device.voided_by_id = at, by.member_id
    device.save(update_fields=["voided_at", "voided_by"])
    SignIn.objects.alive(at).filter(opened_with=device.key).update(ended_at=at)


def shut_all(member: Member, *, at: datetime, but: uuid.UUID | None = None) -> int:
    """Everything that opened the member's account until now stops: devices, password, hall PIN, sign-ins.

    All but the device `but`. Gives how many devices were voided.
    """
    living = Device.objects.filter(~Q(pk=but), member=member, voided_at__isnull=True)
    voided = living.update(voided_at=at, voided_by=member)
    for account in Account.objects.filter(member=member):
        account.set_unusable_password()
        account.save(update_fields=["password"])
    # Whoever had the account may have chosen it, and nothing would show: at a kiosk it votes.
    newer = Greatest(Value(at), F("set_at") + timedelta(microseconds=1))
    HallPin.objects.filter(member=member).update(secret=make_password(None), set_at=newer)
    others = SignIn.objects.alive(at).filter(Q(opened_with=None) | ~Q(opened_with=but), member=member)
    others.update(ended_at=at)
    return voided


def has_ways_in(member: Member) -> bool:
    """Whether anything opens the account already: then whoever uses a card is asked what becomes of it."""
    if Device.objects.living().filter(member=member).exists():
        return True
    account = Account.objects.filter(member=member).first()
    return account is not None and account.has_usable_password()


@transaction.atomic
def begin(*, key: uuid.UUID, device: str, at: datetime) -> SignIn:
    """A sign-in for whoever has just opened that device; DeviceGone if it was voided meanwhile."""
    opened = _held(key)
    if opened.enrolled_at is None:
        raise DeviceGone
    opened.seen_at = at
    opened.save(update_fields=["seen_at"])
    return sign_in.start(
        member=opened.member,
        device=device,
        at=at,
        way=Way(opened.opens),
        enrolled_at=opened.enrolled_at,
        opened_with=opened.key,
    )


def _held(key: uuid.UUID) -> Device:
    devices = Device.objects.select_for_update(of=("self",), no_key=True).select_related("member")
    device = devices.filter(key=key, voided_at__isnull=True).first()
    if device is None:
        raise DeviceGone
    return device
