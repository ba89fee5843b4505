"""The messages to the workers. None of them matters: what is lost is sent again by the sweeper."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

# More than these are handed out by a worker, so that whoever froze them does not wait.
MOST_BY_HAND = 20
RENDER, JOIN, SPREAD, SWEEP = (
    f"coop.documents.tasks.{name}" for name in ("render", "join", "spread", "sweep")
)


def send_parts(part_ids: list[int]) -> None:
    if len(part_ids) > MOST_BY_HAND:
        _send(SPREAD, part_ids)
    else:
        for part_id in part_ids:
            if not _send(RENDER, part_id):
                return


def send_documents(document_ids: list[int]) -> None:
    for document_id in document_ids:
        _send(JOIN, document_id)


def sweep_now() -> None:
    _send(SWEEP)


def _send(task: str, *arguments: object) -> bool:
    """Never raises: the row stays in the queue. Whether the broker took it."""
    try:
        current_app.send_task(task, args=list(arguments), retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("the broker took no message (%s); the sweeper will send it", error)
        return False
    return True
