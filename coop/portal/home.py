"""What the home page says, gathered once for the page and for its live cards."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from coop.common.home import cards_for
from coop.council.domain import seats_held
from coop.council.models import Seat
from coop.council.powers import powers_of_seat
from coop.members.models import Member
from coop.powers import Power
from coop.statute.models import Resolution


@dataclass(frozen=True, slots=True)
class LiveCards:
    """The rendered cards and decisions, and the mark by which a phone knows that nothing changed."""

    html: SafeString
    etag: str


@dataclass(frozen=True, slots=True)
class SeatHeld:
    name: str
    lets: list[str]


def live_cards(request: HttpRequest, member: Member, at: datetime) -> LiveCards:
    """Call it within `coop.powers.reading`: then the member's powers are asked for once."""
    cards = cards_for(member.pk, at)
    loud = cards[0] if cards and cards[0].loud else None
    quiet = cards[1:] if loud else cards
    decided = Resolution.objects.all()[:3]
    context = {"loud": loud, "quiet": quiet, "first_name": first_name(member), "decided": decided}
    html = render_to_string("portal/home.html#cards", context, request=request)
    return LiveCards(html=html, etag=f'"{hashlib.sha256(html.encode()).hexdigest()[:20]}"')


def first_name(member: Member) -> str:
    """How one is greeted: the first of the given names, or the family name when there are none."""
    return (member.given_names or member.family_name).split()[0]


def seats_of(member: Member, at: datetime) -> list[Seat]:
    return seats_held(member.pk, at)


def described(seats: list[Seat]) -> list[SeatHeld]:
    """Each seat with what it lets its holder do, in the order of the powers."""
    return [
        SeatHeld(name=str(seat), lets=[str(power.label) for power in Power if power in _powers(seat)])
        for seat in seats
    ]


def _powers(seat: Seat) -> frozenset[Power]:
    return powers_of_seat(seat.code, seat.kind, seat.position_kind)
