"""Shares in the town that is only read: one pays by instalments, one left and waits, one changes account."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from coop.members.models import Member
from coop.shares import certificate
from coop.shares.domain import bank
from coop.shares.enums import Method, Way
from tests.shares.sharing import CBU, OTHER, Drawer

# As Page takes them: name, who, args, query, note, status.
PAGES: Final[tuple[tuple[Any, ...], ...]] = (
    ("shares:mine",),
    ("shares:mine", "treasurer"),
    ("shares:mine", "late", (), "", "nothing yet"),
    ("shares:everybody", "treasurer"),
    ("shares:everybody", "treasurer", (), "?mora=1", "those behind"),
    ("shares:everybody", "unvoted", (), "", "refused", 403),
    ("shares:person", "treasurer", (5,)),
    ("shares:person", "secretary", (5,)),
    ("shares:refunds",),
    ("shares:refunds", "treasurer"),
    ("shares:bank",),
    ("shares:bank", "voted", (), "", "no account"),
    ("shares:bank_changes", "treasurer"),
    ("shares:bank_changes", "president"),
)


def populate(members: list[Member], now: datetime) -> None:
    """The fifth reads as `unvoted`; the tenth has left."""
    treasurer, reader, left = members[2], members[4], members[9]
    today = timezone.localdate(now)
    before = Drawer(treasurer, now - timedelta(days=400))
    for one in (members[7], members[8], left):
        before.whole(one)
    half = Drawer(treasurer, now - timedelta(days=80))
    half.subscribe(reader, 100, Way.DESK, day=timezone.localdate(half.at), instalments=24)
    drawer = Drawer(treasurer, now)
    drawer.pay(reader, 1_000_000, "0001-00000017", today)
    Drawer(treasurer, now, drawer.receipts).subscribe(treasurer, 10, day=today, instalments=0)
    drawer.leaves(left, today)
    asked = drawer.ask(left, today)
    drawer.refund(asked, 100_000, "0002-00000003")
    bank.choose_method(member_id=reader.pk, method=Method.CASH, by=reader.actor, at=now)
    first = bank.ask(member_id=reader.pk, account=OTHER, by=reader.actor, at=now)
    bank.confirm_second(change_id=first.pk, by=members[0].actor, at=now)
    bank.ask(member_id=reader.pk, account=CBU, by=treasurer.actor, at=now)
    certificate.certify(member=members[7], by=members[7].actor, at=now)
