"""Cards and devices in the town that is only read: a card, a phone, one that waits for its witness."""

from datetime import datetime
from typing import Any, Final

from coop.access import day
from coop.access.domain import cards
from coop.members.models import Member
from tests.access.enrolling import enrol

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("access:type_code", None),
    ("access:enrol", None, ("card_code",)),
    ("access:enrol", None, ("abcdefghjk",), "", "not there", 404),
    ("access:cards", "secretary"),
    ("access:cards", "unvoted", (), "", "refused", 403),
    ("access:card", "secretary", (4,)),
    ("access:card", "secretary", (8,), "", "with a card that waits"),
    ("access:card", "secretary", (9,), "", "with a phone"),
    ("access:witnesses", "president"),
    ("access:witnesses", "secretary", (), "", "nobody they may be witness of"),
    ("access:devices",),
    ("access:enrol_hall_pin",),
)
NO_PAGES: Final = frozenset(
    {
        # Only with a card in hand or an enrolled phone; tests/journeys/test_phone.py walks them.
        "access:choose",
        "access:choose_password",
        "access:waiting",
        "access:waiting_live",
        "access:enter_pin",
        "access:ask_mail",
        "access:mail_code",
        # What is only sent.
        "access:choose_passkey",
        "access:new_passkey_options",
        "access:witness",
        "access:turn_away",
        "access:void_card",
        "access:enter_passkey",
        "access:passkey_options",
        "access:void_device",
    }
)


def populate(members: list[Member], now: datetime) -> dict[str, str]:
    """The ninth has a phone, the tenth's waits for a witness, the eighth has a card."""
    secretary, before = members[1], list(day._answers)
    try:
        day._answers[:] = []
        enrol(members[8], secretary, now)
        day._answers[:] = [lambda at: True]
        enrol(members[9], secretary, now)
    finally:
        day._answers[:] = before
    (given,) = cards.give(members=[members[7]], by=secretary.actor, at=now)
    return {"card_code": given.code}
