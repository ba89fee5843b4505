"""The signed cookie of a device that is being enrolled: with which card, or how it waits for a witness."""

import uuid
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from coop.access.domain import cards
from coop.access.domain.witnessing import WAITS
from coop.access.errors import CardRefused
from coop.access.models import Card, Device
from coop.members.errors import NotOnRegister

CARD: Final = "card"
WAITING: Final = "waiting"
HOLDS = timedelta(minutes=15)


def begin(request: HttpRequest, card: Card, at: datetime) -> None:
    """Whoever holds the card has said who they are: for a while this device may choose how to sign in."""
    request.session.flush()
    rotate_token(request)
    request.session[CARD] = {"key": str(card.key), "until": (at + HOLDS).timestamp()}


def card_of(request: HttpRequest, at: datetime) -> Card | None:
    """The card, while it may still be used on this device."""
    held = request.session.get(CARD)
    if not held or held["until"] <= at.timestamp():
        return None
    card = Card.objects.select_related("member").filter(key=uuid.UUID(held["key"])).first()
    if card is None:
        return None
    try:
        cards.refuse_unusable(card, at)
    except (CardRefused, NotOnRegister):
        return None
    return card


def wait(request: HttpRequest, device: Device) -> None:
    """The card is spent; the device waits for its witness."""
    request.session.flush()
    rotate_token(request)
    request.session[WAITING] = str(device.key)


def waiting_of(request: HttpRequest, at: datetime) -> Device | None:
    """The device that waits, or has just stopped waiting: voided ones too, so that the page can say so."""
    held = request.session.get(WAITING)
    if not held:
        return None
    asked = Device.objects.select_related("member").filter(key=uuid.UUID(held), asked_at__gt=at - WAITS)
    return asked.first()
