"""What everybody is warned of at the top of the council's page."""

from typing import Any

from django import template
from django.utils import timezone

from coop.council.filings.state import standing
from coop.council.reminders import endings

register = template.Library()


@register.inclusion_tag("council/handover_watch.html")
def council_watch() -> dict[str, Any]:
    """Terms that end within 90 days, and filings that are late."""
    now = timezone.now()
    today = timezone.localdate(now)
    late = standing().prefetch_related(None).filter(due__lt=today)
    return {"endings": endings(now), "late": list(late)}
