"""Using a card: it is spent, and opens one device of its member; on an assembly day, before a witness."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from coop.access import day
from coop.access.domain import cards, devices, pins
from coop.access.domain.phones import phone_hash, seal_pin
from coop.access.enums import Opens
from coop.access.errors import CardUnknown, NoPasswordToday, WeakPin
from coop.access.models import Card, Device
from coop.members.models import Account, Member, Way
from coop.powers import Actor
from coop.record.domain import wait_turn, write
from coop.record.models import Act


@dataclass(frozen=True, slots=True)
class NewKey:
    """A passkey that the phone has just made: what of it is public, and how often it was used."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def known_digits(member: Member) -> list[str]:
    return [member.document, member.tax_number, member.mobile, str(member.number)]


def refuse_weak(pin: str, member: Member) -> None:
    if why := pins.weakness(pin, known_digits(member)):
        raise WeakPin(why)


@transaction.atomic
def with_pin(*, card: uuid.UUID, pin: str, phone_key: str, name: str, lost: bool, at: datetime) -> Device:
    """Raises WeakPin, or what a CardRefused can be. `lost`: all that opened the account before stops."""
    wait_turn()
    used = _hold(card, at)
    refuse_weak(pin, used.member)
    made = Device(
        opens=Opens.PIN, phone_hash=phone_hash(phone_key), pin=seal_pin(pin, phone_key), replaces=lost
    )
    return _enrol(made, used, name, at)


@transaction.atomic
def with_passkey(
    *, card: uuid.UUID, new: NewKey, phone_key: str, name: str, lost: bool, at: datetime
) -> Device:
    """Raises what a CardRefused can be."""
    wait_turn()
    used = _hold(card, at)
    made = Device(
        opens=Opens.PASSKEY,
        phone_hash=phone_hash(phone_key),
        credential_id=new.credential_id,
        credential=new.credential,
        sign_count=new.sign_count,
        replaces=lost,
    )
    return _enrol(made, used, name, at)


@transaction.atomic
def with_password(*, card: uuid.UUID, password: str, lost: bool, at: datetime) -> Account:
    """For the computer at the office. Raises NoPasswordToday, ValidationError or a CardRefused."""
    wait_turn()
    used = _hold(card, at)
    if day.is_assembly_day(at):
        raise NoPasswordToday
    account = Account.objects.filter(member=used.member).first() or Account(member=used.member)
    validate_password(password, user=account)
    if lost:
        devices.shut_all(used.member, at=at)
    account.password, account.enrolled_at = make_password(password), at
    account.save()
    _spend(used, at)
    write(
        Act.DEVICE_ENROLLED,
        by=used.member.actor,
        at=at,
        facts=_facts(used.member, Way.PASSWORD) | _giver(used) | {"lost": lost},
    )
    return account


def _hold(key: uuid.UUID, at: datetime) -> Card:
    found = Card.objects.select_for_update(of=("self",)).select_related("member", "given_by")
    card = found.filter(key=key).first()
    if card is None:
        raise CardUnknown
    cards.refuse_unusable(card, at)
    return card


def _spend(card: Card, at: datetime) -> None:
    card.used_at = at
    card.save(update_fields=["used_at"])


def _enrol(made: Device, card: Card, name: str, at: datetime) -> Device:
    _spend(card, at)
    # The same phone again: what opened it before makes room.
    for before in Device.objects.filter(
        member=card.member, phone_hash=made.phone_hash, voided_at__isnull=True
    ).select_for_update():
        devices.shut(before, by=card.member.actor, at=at)
    made.member, made.card, made.name, made.asked_at = card.member, card, name[:80], at
    made.needs_witness = day.is_assembly_day(at)
    made.save(force_insert=True)
    if not made.needs_witness:
        activate(made, by=card.member.actor, at=at)
    return made


def activate(device: Device, *, by: Actor, at: datetime, witness: Member | None = None) -> None:
    """From now on the device opens. Whoever calls has checked and locked it; written on the record here."""
    device.enrolled_at, device.witness = at, witness
    device.save(update_fields=["enrolled_at", "witness"])
    if device.replaces:
        devices.shut_all(device.member, at=at, but=device.key)
    facts = _facts(device.member, device.opens) | {"device": device.name, "key": str(device.key)}
    facts |= {"lost": device.replaces}
    if device.card:
        facts |= _giver(device.card)
    if witness:
        facts["witness"] = {"number": witness.number, "name": witness.name}
    write(Act.DEVICE_ENROLLED, by=by, at=at, facts=facts)


def _facts(member: Member, way: str) -> dict[str, object]:
    return {"member": member.number, "name": member.name, "way": str(way)}


def _giver(card: Card) -> dict[str, object]:
    giver = card.given_by
    return {"given_by": {"number": giver.number, "name": giver.name} if giver else None}
