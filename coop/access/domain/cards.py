"""Giving cards, voiding them, and finding the one that a code belongs to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from coop.access.domain.codes import code_hmac, new_code
from coop.access.domain.codes import typed as typed_code
from coop.access.errors import CardExpired, CardUnknown, CardUsed, CardVoid, NobodyChosen
from coop.access.models import Card
from coop.common.time import local_day
from coop.members.errors import NotOnRegister
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative

HOLDS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Given:
    """A card and its code. The code is nowhere else: whoever has this prints it, and lets it go."""

    card: Card
    member: Member
    code: str


@transaction.atomic
def give(*, members: Sequence[Member], by: Actor, at: datetime) -> list[Given]:
    """One card for each member, in that order. What they had before and did not use stops working.

    Raises NotAllowed, NobodyChosen or NotOnRegister. The record says who gave cards to whom.
    """
    require(by, Power.KEEP_REGISTER, at)
    if not members:
        raise NobodyChosen
    wait_turn()
    day = local_day(at, cooperative().tz)
    for member in members:
        if not member.is_on_register(day):
            raise NotOnRegister(member.name)
    Card.objects.filter(member__in=members, used_at__isnull=True, voided_at__isnull=True).update(voided_at=at)
    given = [_card(member, by, at) for member in members]
    Card.objects.bulk_create(one.card for one in given)
    people = [
        {"number": one.member.number, "name": one.member.name, "card": str(one.card.key)} for one in given
    ]
    write(Act.CARDS_GIVEN, by=by, at=at, facts={"count": len(given), "members": people})
    return given


def _card(member: Member, by: Actor, at: datetime) -> Given:
    code = new_code()
    card = Card(
        member=member,
        given_by_id=by.member_id,
        given_at=at,
        expires_at=at + HOLDS,
        code_hmac=code_hmac(code),
    )
    return Given(card=card, member=member, code=code)


@transaction.atomic
def void(*, key: uuid.UUID, by: Actor, at: datetime) -> Card:
    """Raises NotAllowed, CardUnknown, CardUsed or CardVoid."""
    require(by, Power.KEEP_REGISTER, at)
    wait_turn()
    card = Card.objects.select_for_update(of=("self",)).select_related("member").filter(key=key).first()
    if card is None:
        raise CardUnknown
    refuse_spent(card)
    card.voided_at = at
    card.save(update_fields=["voided_at"])
    write(Act.CARD_VOIDED, by=by, at=at, facts={"member": card.member.number, "name": card.member.name})
    return card


def find(*, text: str, at: datetime) -> Card:
    """The card of that code, still good, with its member. Raises what a CardRefused can be."""
    code = typed_code(text)
    found = Card.objects.select_related("member").filter(code_hmac=code_hmac(code)).first() if code else None
    if found is None:
        raise CardUnknown
    refuse_unusable(found, at)
    return found


def refuse_spent(card: Card) -> None:
    if card.used_at:
        raise CardUsed(card.used_at)
    if card.voided_at:
        raise CardVoid


def refuse_unusable(card: Card, at: datetime) -> None:
    """Raises CardUsed, CardVoid, CardExpired, or NotOnRegister for who has left meanwhile."""
    refuse_spent(card)
    if card.expires_at <= at:
        raise CardExpired(card.expires_at)
    if not card.member.is_on_register(local_day(at, cooperative().tz)):
        raise NotOnRegister(card.member.name)
