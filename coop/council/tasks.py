from celery import shared_task
from django.utils import timezone

from coop.council import reminders
from coop.council.filings import opening as filings
from coop.council.handover import opening as handovers
from coop.council.mailing import mail_reminders
from coop.statute.models import Cooperative


@shared_task
def watch() -> None:
    """Every minute: what is to be handed over, filed and told of. A day without a server is made up for."""
    if not Cooperative.objects.exists():
        return
    now = timezone.now()
    handovers.open_due(now)
    filings.open_due(now)
    reminders.remind(now)
    mail_reminders(now)
