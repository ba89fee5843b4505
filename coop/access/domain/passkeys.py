"""Passkeys: what the phone's own lock opens. The phone keeps the secret, the server only what is public."""

import os
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from coop.access.domain.enrolling import NewKey
from coop.access.enums import Opens
from coop.access.errors import PasskeyRefused
from coop.access.models import Challenge, Device
from coop.common.time import local_day
from coop.members.errors import NotOnRegister
from coop.members.models import Member, SignIn
from coop.statute.domain import cooperative

HOLDS = timedelta(minutes=5)
_VERIFIED = UserVerificationRequirement.REQUIRED
# What a library raises for bytes that are not what they should be: all of them are one refusal.
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, AssertionError, IndexError)


@dataclass(frozen=True, slots=True)
class Party:
    """For whom the phone signs: `host` is the name in the address, `origin` the address with its scheme."""

    host: str
    origin: str
    name: str

    def server(self) -> Fido2Server:
        return Fido2Server(
            PublicKeyCredentialRpEntity(id=self.host, name=self.name),
            attestation=AttestationConveyancePreference.NONE,
            verify_origin=lambda origin: origin == self.origin,
        )


def ask_new(*, party: Party, member: Member, at: datetime) -> dict[str, Any]:
    """What the phone needs to make a key: `{"challenge_key", "options"}`, options as WebAuthn's JSON."""
    asked = _challenge(member, at)
    # The same person is the same account to the phone: a new key takes the place of the one before.
    handle = salted_hmac("coop.access.passkey", str(member.pk), algorithm="sha256").digest()
    options, _state = party.server().register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=f"N.º {member.number}", display_name=member.name),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
        challenge=bytes(asked.challenge),
    )
    return {"challenge_key": str(asked.key), "options": dict(options)["publicKey"]}


def read_new(*, party: Party, member: Member, answer: Any, at: datetime) -> NewKey:
    """The key that the phone made. `answer` is `{"challenge_key", "credential"}`. Raises PasskeyRefused."""
    state = _take(answer, member, at)
    try:
        made = party.server().register_complete(state, answer["credential"])
        held = made.credential_data
        if held is None or Device.objects.filter(credential_id=held.credential_id).exists():
            raise PasskeyRefused
        return NewKey(credential_id=held.credential_id, credential=bytes(held), sign_count=made.counter)
    except _UNREADABLE as error:
        raise PasskeyRefused from error


def ask(*, party: Party, member: Member | None, at: datetime) -> dict[str, Any]:
    """What the phone needs to sign with a key it has: the member's, or of whoever holds the phone."""
    asked = _challenge(member, at)
    known = _of(member) if member else None
    options, _state = party.server().authenticate_begin(
        known, user_verification=_VERIFIED, challenge=bytes(asked.challenge)
    )
    return {"challenge_key": str(asked.key), "options": dict(options)["publicKey"]}


def read(*, party: Party, member: Member | None, answer: Any, at: datetime) -> Device:
    """The living device whose key signed. `answer` is `{"challenge_key", "credential"}`.

    Raises PasskeyRefused: unknown, voided or of somebody else, not for this site, not unlocked by its holder,
    answered twice, or counting backwards like a copy. NotOnRegister for who has left.
    """
    state = _take(answer, member, at)
    try:
        signed = AuthenticationResponse.from_dict(answer["credential"])
    except _UNREADABLE as error:
        raise PasskeyRefused from error
    with transaction.atomic():
        device = _opened(signed.raw_id, member)
        try:
            held = AttestedCredentialData(bytes(device.credential or b""))
            party.server().authenticate_complete(state, [held], answer["credential"])
        except _UNREADABLE as error:
            raise PasskeyRefused from error
        _count(device, signed.response.authenticator_data.counter)
    if not device.member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(device.member.name)
    return device


def prove_passkey(*, party: Party, sign_in: SignIn, answer: Any, at: datetime) -> None:
    """Nothing, if a passkey of the sign-in's own member signed now. Raises PasskeyRefused, NotOnRegister."""
    read(party=party, member=sign_in.member, answer=answer, at=at)


def forget(at: datetime) -> int:
    """Deletes what nobody answered. Gives the number of rows."""
    gone, _each = Challenge.objects.filter(made_at__lt=at - timedelta(hours=1)).delete()
    return gone


def _challenge(member: Member | None, at: datetime) -> Challenge:
    return Challenge.objects.create(challenge=os.urandom(32), member=member, made_at=at)


def _take(answer: Any, member: Member | None, at: datetime) -> dict[str, Any]:
    """The challenge that is answered, which nobody can answer again."""
    try:
        key = uuid.UUID(answer["challenge_key"])
        dict(answer["credential"])
    except _UNREADABLE as error:
        raise PasskeyRefused from error
    living = Challenge.objects.filter(key=key, member=member, made_at__gt=at - HOLDS)
    asked = living.first()
    # Of two who answer at once, one deletes the row.
    if asked is None or not Challenge.objects.filter(key=key).delete()[0]:
        raise PasskeyRefused
    challenge = websafe_encode(bytes(asked.challenge))
    return {"challenge": challenge, "user_verification": _VERIFIED}


def _of(member: Member) -> list[AttestedCredentialData]:
    keys = Device.objects.living().filter(member=member, opens=Opens.PASSKEY)
    return [AttestedCredentialData(bytes(key.credential or b"")) for key in keys]


def _opened(credential_id: bytes, member: Member | None) -> Device:
    devices = Device.objects.living().select_for_update(of=("self",), no_key=True).select_related("member")
    device = devices.filter(credential_id=credential_id).first()
    if device is None or (member is not None and device.member_id != member.pk):
        raise PasskeyRefused
    return device


def _count(device: Device, counter: int) -> None:
    """Phones that count must count up; most keep it at 0, since their keys live on several devices."""
    if (counter or device.sign_count) and counter <= device.sign_count:
        raise PasskeyRefused
    if counter != device.sign_count:
        device.sign_count = counter
        device.save(update_fields=["sign_count"])
