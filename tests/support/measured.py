"""What is measured: coverage follows whatever is new, and lets the same thing done a third time run freely.

Under Python 3.11 the tracer makes every line of every library slower, by about half. So a test's set-up is
measured twice for each choice of fixtures, and a test that is asked for many cases in its first two. This can
only take from the figure that the gate asks for, never add to it.
"""

import contextlib
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Any, Final

import pytest

TIMES: Final = 2
_seen: Counter[object] = Counter()


@contextlib.contextmanager
def _freely(item: pytest.Item, what: object) -> Iterator[None]:
    """Without the tracer, if `what` was measured often enough in this process."""
    _seen[what] += 1
    plugin = item.config.pluginmanager.getplugin("_cov")
    measuring: Any = getattr(plugin, "cov_controller", None)
    if measuring is None or not measuring.started or _seen[what] <= TIMES:
        yield
        return
    measuring.pause()
    try:
        yield
    finally:
        measuring.resume()


def _fixtures(item: pytest.Item) -> tuple[str, ...]:
    return tuple(sorted(getattr(item, "fixturenames", ())))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    with _freely(item, ("setup", item.path.parent, _fixtures(item))):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    # A test of no cases is itself; each case of one that has some is the same test.
    test = (item.path, getattr(item, "originalname", item.name), str(getattr(item, "cls", None)))
    with _freely(item, ("call", *test)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    with _freely(item, ("teardown", item.path.parent, _fixtures(item))):
        return (yield)
