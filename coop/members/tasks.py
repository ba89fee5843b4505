from celery import shared_task
from django.utils import timezone

from coop.members.importing import forget_uploads
from coop.members.sign_in import forget


@shared_task
def forget_ended_sign_ins() -> None:
    now = timezone.now()
    forget(now)
    forget_uploads(now)
