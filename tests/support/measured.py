"""What is measured: everything that is tested, and of what is only prepared, the first time.

Under Python 3.11 the tracer makes every line of every library about twice as slow, and half of a suite's time
is the past that tests begin with. So the same choice of fixtures is followed once in each directory; the
tests themselves always are. This can only take from the figure that the gate asks for, never add to it.
"""

import contextlib
from collections.abc import Generator, Iterator
from typing import Any

import pytest

_followed: set[tuple[object, ...]] = set()


@contextlib.contextmanager
def unmeasured(config: pytest.Config) -> Iterator[None]:
    """Without the tracer, if there is one."""
    plugin = config.pluginmanager.getplugin("_cov")
    measuring: Any = getattr(plugin, "cov_controller", None)
    if measuring is None or not measuring.started:
        yield
        return
    measuring.pause()
    try:
        yield
    finally:
        measuring.resume()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    prepared = (item.path.parent, *sorted(getattr(item, "fixturenames", ())))
    with unmeasured(item.config) if prepared in _followed else contextlib.nullcontext():
        _followed.add(prepared)
        return (yield)
