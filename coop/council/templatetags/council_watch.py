"""What everybody is warned of at the top of the council's page."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone

from coop.common.together import rows_of
from coop.council.cards_handover import ending, late, seat_of

register = template.Library()


@register.inclusion_tag("council/handover_watch.html")
def council_watch() -> dict[str, Any]:
    """Terms that end within 90 days, filings that are late: the first of each, how many. One statement."""
    now = timezone.now()
    ends, overdue = rows_of([ending(now), late(now)])
    context: dict[str, Any] = {"endings": len(ends), "late": len(overdue)}
    if ends:
        last = timezone.localtime(datetime.fromisoformat(ends[0]["ends"])) - timedelta(microseconds=1)
        context |= {"seat": seat_of(ends[0]), "last_day": last.date()}
    if overdue:
        context |= {"title": overdue[0]["title"], "due": date.fromisoformat(overdue[0]["due"])}
    return context
