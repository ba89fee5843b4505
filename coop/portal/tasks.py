from celery import shared_task
from django.utils import timezone

from coop.portal.verifying_nightly import due, verify_and_keep

LONGEST = 2 * 3600


@shared_task(time_limit=LONGEST)
def verify_nightly() -> None:
    """Asked every half hour: a night without a server is made up for in the morning. Twice is harmless."""
    if due(timezone.now()):
        verify_and_keep()
