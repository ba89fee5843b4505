"""Several people at the same instant: threads that start together, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

Outcome = Any | Exception


def at_once(acts: Iterable[Callable[[], Any]]) -> list[Outcome]:
    """Runs every act in its own thread from one starting shot. Gives results or exceptions, in order."""
    held = list(acts)
    shot = threading.Barrier(len(held))

    def run(act: Callable[[], Any]) -> Outcome:
        try:
            connections["default"].ensure_connection()
            shot.wait(timeout=30)
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(held)) as pool:
        return list(pool.map(run, held))


def succeeded(outcomes: Iterable[Outcome]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def failed(outcomes: Iterable[Outcome]) -> list[type[Exception]]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]
