"""Officers who see somebody's private data leave a line that the person reads. Every room calls `note`."""

from datetime import datetime, timedelta

from django.db.models import Q

from coop.members.enums import Sight
from coop.members.models import Look

# Turning the pages of one file is one look.
SAME_LOOK = timedelta(minutes=10)


def note(*, who: int, whose: int | None, what: Sight, at: datetime) -> None:
    """Notes that member `who` (a key) was shown `what` of member `whose`; None: of the whole register.

    One's own data are nobody's look. The same look within ten minutes is noted once. It is written before
    the page is shown, so nothing is seen unnoted.
    """
    if who == whose:
        return
    same = Look.objects.filter(who_id=who, whose_id=whose, what=what, at__gt=at - SAME_LOOK, at__lte=at)
    if not same.exists():
        Look.objects.create(who_id=who, whose_id=whose, what=what, at=at)


def taken_at(member_id: int) -> list[Look]:
    """The last two hundred looks at that member's data, those at the whole register among them."""
    found = Look.objects.filter(Q(whose_id=member_id) | Q(whose__isnull=True)).exclude(who_id=member_id)
    return list(found.select_related("who")[:200])
