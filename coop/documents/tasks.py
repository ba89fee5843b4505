"""What the workers do. Every task takes ids and may run twice; WeasyPrint is loaded here and nowhere else."""

from celery import shared_task
from celery.signals import worker_init, worker_ready
from django.utils import timezone

from coop.documents import jobs, libraries, sending


@worker_init.connect
def ready_to_draw(**_: object) -> None:
    """Before any child is forked: a missing library ends the worker, in one line."""
    if packages := libraries.missing():
        raise SystemExit(libraries.explained(packages))
    from coop.documents import rendering  # noqa: F401 - the children share its memory


@worker_ready.connect
def pick_up_what_was_lost(**_: object) -> None:
    sending.sweep_now()


@shared_task
def render(part_id: int) -> None:
    from coop.documents import rendering

    document_id = jobs.make(part_id=part_id, draw=rendering.draw, at=timezone.now())
    if document_id is not None:
        join(document_id)


@shared_task
def join(document_id: int) -> None:
    from coop.documents import rendering

    jobs.join(document_id=document_id, bind=rendering.bind, at=timezone.now())


@shared_task
def spread(part_ids: list[int]) -> None:
    for start in range(0, len(part_ids), sending.MOST_BY_HAND):
        sending.send_parts(part_ids[start : start + sending.MOST_BY_HAND])


@shared_task
def sweep() -> None:
    """Every few seconds: what waits too long, what a worker that is gone was making, what was not joined."""
    now = timezone.now()
    jobs.give_back(at=now)
    sending.send_parts(jobs.to_send_again(at=now))
    sending.send_documents(list(jobs.joinable().values_list("pk", flat=True)))
