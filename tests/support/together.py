"""Several people at the same instant: threads that start together, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any

from django.db import connections

Outcome = Any | Exception
Act = Callable[[], Any]


class Crew:
    """`size` threads that keep their connections from one shot to the next."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pool = ThreadPoolExecutor(max_workers=size)

    def __enter__(self) -> "Crew":
        self.at_once([connections["default"].ensure_connection] * self.size)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.at_once([connections.close_all] * self.size)
        self.pool.shutdown()

    def at_once(self, acts: Iterable[Act]) -> list[Outcome]:
        """Runs every act in a thread of its own from one starting shot. Results or exceptions, in order."""
        held = list(acts)
        assert len(held) <= self.size
        shot = threading.Barrier(len(held))

        def run(act: Act) -> Outcome:
            shot.wait(timeout=30)
            try:
                return act()
            except Exception as error:
                return error

        return list(self.pool.map(run, held))


def at_once(acts: Iterable[Act]) -> list[Outcome]:
    """Once only: see Crew.at_once."""
    held = list(acts)
    with Crew(len(held)) as crew:
        return crew.at_once(held)


def succeeded(outcomes: Iterable[Outcome]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def failed(outcomes: Iterable[Outcome]) -> list[type[Exception]]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


def others_than(
    expected: type[Exception] | Sequence[type[Exception]], outcomes: Iterable[Outcome]
) -> list[Exception]:
    """The failures that nobody could expect."""
    allowed = tuple(expected) if isinstance(expected, Sequence) else (expected,)
    return [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, allowed)]
