"""A card given and used, so that tests read as sentences."""

from datetime import datetime

from coop.access.domain import cards, enrolling
from coop.access.domain.cards import Given
from coop.access.domain.phones import new_key
from coop.access.models import Device
from coop.members.models import Member
from coop.powers import Actor

PIN = "402917"
OTHER_PIN = "851630"


def give_card(member: Member, by: Member | Actor, at: datetime) -> Given:
    (given,) = cards.give(members=[member], by=by if isinstance(by, Actor) else by.actor, at=at)
    return given


def enrol(
    member: Member,
    by: Member | Actor,
    at: datetime,
    *,
    pin: str = PIN,
    phone_key: str | None = None,
    lost: bool = True,
) -> tuple[Device, str]:
    """The device, and the key in its cookie."""
    key = phone_key or new_key()
    card = give_card(member, by, at).card
    made = enrolling.with_pin(card=card.pk, pin=pin, phone_key=key, name="Android · Chrome", lost=lost, at=at)
    return made, key
