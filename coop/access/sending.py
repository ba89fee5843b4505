"""The message to the workers that a code waits to be sent. A lost one is asked for again by the member."""

import logging
import uuid

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)
TASK = "coop.access.tasks.send_mail_code"


def send_mail_code(key: uuid.UUID) -> None:
    """Only the key of the row travels; without the server's secret it gives no code. Never raises."""
    try:
        current_app.send_task(TASK, args=[str(key)], retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("the broker took no message (%s); whoever waits for the code asks again", error)
