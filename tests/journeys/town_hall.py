"""The hall in the town that is only read: a kiosk between two people, somebody's turn, the keeper's list."""

from datetime import datetime
from typing import Any, Final

from assemblies.domain.hall import close_kiosk
from assemblies.models import Assembly
from coop.members.models import Member
from tests.support.hall import cookies_of, give_hall_pin, kiosk_client, turn_that_stays

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("assemblies:kiosk", "kiosk"),
    ("assemblies:kiosk", None, (), "", "not a kiosk"),
    ("assemblies:kiosk_turn", "turn", (), "", "may vote"),
    ("assemblies:kiosk_turn", "late_turn", (), "", "not on the roll"),
    ("assemblies:hall", "secretary", ("running",)),
    ("assemblies:hall", "secretary", ("held",), "", "over"),
    ("assemblies:hall", "unvoted", ("running",), "", "refused", 403),
    ("access:hall_pin",),
    ("access:hall_pin", "voted", (), "", "has one"),
)


def populate(members: list[Member], running: Assembly, now: datetime) -> dict[str, str]:
    """Cookies by name: the kiosk itself, and two turns at it. Another kiosk was closed."""
    keeper = members[1]
    give_hall_pin(members[3], now)
    closed, _browser = kiosk_client(running, keeper, now, "Fondo")
    close_kiosk(key=closed.key, by=keeper.actor, at=now)
    _kiosk, tablet = kiosk_client(running, keeper, now, "Entrada")
    cookies = {"kiosk": cookies_of(tablet)}
    for name, member in (("turn", members[4]), ("late_turn", members[6])):
        turn_that_stays(tablet, member, now)
        cookies[name] = cookies_of(tablet)
    return cookies
