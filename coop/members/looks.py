"""Officers who see somebody's private data leave a line that the person reads. Every room calls `note`."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from coop.members.enums import Sight
from coop.members.models import Look

# Turning the pages of one file is one look.
SAME_LOOK = timedelta(minutes=10)


# One statement, whether it was noted just now or not: pages of officers note a look on every visit.
NOTE = """
    INSERT INTO members_look (who_id, whose_id, what, at)
    SELECT %(who)s::bigint, %(whose)s::bigint, %(what)s::text, %(at)s::timestamptz
     WHERE NOT EXISTS (
         SELECT FROM members_look l
          WHERE l.who_id = %(who)s::bigint AND l.whose_id IS NOT DISTINCT FROM %(whose)s::bigint
            AND l.what = %(what)s::text AND l.at > %(since)s::timestamptz AND l.at <= %(at)s::timestamptz
     )
"""


def note(*, who: int, whose: int | None, what: Sight, at: datetime) -> None:
    """Notes that member `who` (a key) was shown `what` of member `whose`; None: of the whole register.

    One's own data are nobody's look. The same look within ten minutes is noted once. It is written before
    the page is shown, so nothing is seen unnoted.
    """
    if who == whose:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE, {"who": who, "whose": whose, "what": what.value, "at": at, "since": at - SAME_LOOK}
        )


def taken_at(member_id: int) -> list[Look]:
    """The last two hundred looks at that member's data, those at the whole register among them."""
    found = Look.objects.filter(Q(whose_id=member_id) | Q(whose__isnull=True)).exclude(who_id=member_id)
    return list(found.select_related("who")[:200])
