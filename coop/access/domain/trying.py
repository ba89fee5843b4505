"""Typing the code of a card. A right one always opens; wrong ones are counted, and lock nobody out.

A code has 49 bits: even a thousand tries a second would need centuries. What is counted spares the table;
a colleague at the same address, however often they fail, keeps nobody from enrolling.
"""

from datetime import datetime

from coop.access.domain.cards import find
from coop.access.errors import CardUnknown
from coop.access.models import Card
from coop.members.errors import TooManyAttempts
from coop.members.models import FailedSignIn
from coop.members.sign_in import WINDOW

MOST = 50


def card(*, text: str, address: str | None, at: datetime) -> Card:
    """The card of that code. Raises what a CardRefused can be, TooManyAttempts for wrong codes only."""
    try:
        return find(text=text, at=at)
    except CardUnknown:
        key = f"card:{address}"
        if FailedSignIn.objects.filter(identifier=key, at__gt=at - WINDOW).count() >= MOST:
            raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60)) from None
        FailedSignIn.objects.create(at=at, identifier=key, address=None)
        raise
