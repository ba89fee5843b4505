"""Broker, worker and beat: whether they answer now."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError
from redis import Redis
from redis.exceptions import RedisError

from coop.portal.doctor.facts import Queue

SECONDS = 1.5
# Kept well beyond the age at which it counts as gone, so that "two hours ago" can be said.
KEPT = 7 * 24 * 3600


def heartbeat_key() -> str:
    """Several cooperatives may share a broker: each by its database."""
    return f"recuperada:{settings.DATABASES['default']['NAME']}:heartbeat"


@contextmanager
def broker() -> Iterator[Redis]:
    """A connection of its own, that waits for nobody. Raises RedisError."""
    client: Redis = Redis.from_url(
        settings.CELERY_BROKER_URL, socket_connect_timeout=SECONDS, socket_timeout=SECONDS
    )
    try:
        yield client
    finally:
        client.close()


def beat_now() -> None:
    """A worker carries out what beat asked for: both are alive."""
    with broker() as client:
        client.set(heartbeat_key(), int(time.time()), ex=KEPT)


def measure() -> Queue:
    try:
        with broker() as client:
            client.ping()
            beaten: Any = client.get(heartbeat_key())
            waiting: Any = client.llen("celery")
    except RedisError:
        return Queue(broker=False)
    ago = None if beaten is None else max(0.0, time.time() - int(beaten))
    return Queue(broker=True, worker=_worker_answers(), beat_ago=ago, waiting=int(waiting))


def _worker_answers() -> bool:
    """The first answer is enough; the worker's main process gives it, however busy its children are."""
    with suppress(OperationalError, OSError, RedisError):
        return bool(current_app.control.ping(timeout=SECONDS, limit=1))
    return False
