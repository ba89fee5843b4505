"""Web (in hall mode with its door), worker and beat, watched together with the services.

Our own hundred lines and not honcho: it starts a Python process more for each child, leaves them alive when
it is killed, waits for ever for one that ignores SIGTERM, and cannot watch PostgreSQL and Redis, which stop
after the others.
"""

import contextlib
import os
import selectors
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from launch.errors import LaunchError
from launch.hall import Hall, tls_options
from launch.paths import Paths, private_folder
from launch.ports import LOOPBACK
from launch.process import Process, stop_all

SECONDS_TO_ANSWER = 90.0


def commands(
    paths: Paths, *, address: str, port: int, hall: Hall | None = None
) -> dict[str, list[str | Path]]:
    """Two workers of two threads: what two cores carry. The settings say when a Celery child is replaced.

    In hall mode the web speaks HTTPS on its own port, and `port` is the door's.
    """
    # As root (a trial on a fresh machine) Celery would begin with eight lines of warning; the tasks are ours.
    python: list[str | Path] = [paths.python, "-W", "ignore:You're running the worker"]
    celery: list[str | Path] = [*python, "-m", "celery", "--app", "coop", "--quiet"]
    quietly = ["--loglevel", "WARNING"]
    schedule = private_folder(paths.var / "beat") / "schedule"
    many = ("--workers", "2", "--blocking-threads", "2", "--backlog", "2048", "--backpressure", "1024")
    few = ("--workers", "1", "--blocking-threads", "1", "--backlog", "256", "--backpressure", "64")
    if hall is None:
        web = {"web": granian(paths, address, port, many)}
    else:
        web = {
            "web": granian(paths, address, hall.port, (*many, *tls_options(hall))),
            "door": granian(paths, address, port, few),
        }
    return {
        **web,
        "worker": [
            *(*celery, "worker", "--concurrency", "2"),
            *("--without-gossip", "--without-mingle", *quietly),
        ],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile=", *quietly],
    }


def granian(paths: Paths, address: str, port: int, options: Sequence[str | Path]) -> list[str | Path]:
    return [
        *(paths.python, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", address, "--port", str(port), *options),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3", "--log-level", "warning"),
        "coop.wsgi:application",
    ]


@contextlib.contextmanager
def running(
    paths: Paths, env: Mapping[str, str], *, address: str, port: int, hall: Hall | None = None
) -> Iterator[list[Process]]:
    """Starts them all and stops them on the way out."""
    started: list[Process] = []
    try:
        for name, command in commands(paths, address=address, port=port, hall=hall).items():
            started.append(Process(name, command, env=env, cwd=paths.root, output=subprocess.PIPE))
        yield started
    finally:
        stop_all(started)


class Relay:
    """Passes on what the processes print, a line at a time, each with its process' name."""

    def __init__(self, processes: Sequence[Process], write: Callable[[str], object] = print) -> None:
        self.write = write
        self.selector = selectors.DefaultSelector()
        self.width = max((len(process.name) for process in processes), default=0)
        self.unfinished: dict[str, bytes] = {}
        for process in processes:
            if process.popen.stdout is not None:
                os.set_blocking(process.popen.stdout.fileno(), False)
                self.selector.register(process.popen.stdout, selectors.EVENT_READ, process.name)

    def pass_on(self, seconds: float) -> None:
        """Waits at most `seconds` for something to be printed."""
        if not self.selector.get_map():
            time.sleep(seconds)
        for key, _ in self.selector.select(seconds):
            part = os.read(key.fd, 65536)
            if not part:
                self.selector.unregister(key.fileobj)
            *lines, rest = (self.unfinished.get(key.data, b"") + part).split(b"\n")
            self.unfinished[key.data] = rest
            for line in lines:
                self.write(f"{key.data:<{self.width}} | {line.decode('utf-8', 'replace')}")


def watch(
    processes: Sequence[Process],
    relay: Relay,
    *,
    until: Callable[[], bool],
    seconds: float = float("inf"),
) -> bool:
    """Relays output until `until` is true, or for `seconds` (then False).

    Raises LaunchError as soon as one of `processes` ends by itself: none of them can be missing.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        relay.pass_on(0.1)
        for process in processes:
            code = process.returncode()
            if code is not None:
                relay.pass_on(0.1)
                raise LaunchError(
                    f"Se detuvo {process.name} (código {code}). El porqué está en los renglones de arriba."
                )
        if until():
            return True
    return False


def healthy(port: int, *, secure: bool = False) -> bool:
    """Whether the web server answers GET /salud/ with 200.

    It asks whether it answers, not whether it is whom it says: this is the machine itself, and a certificate
    that was given does not speak for 127.0.0.1.
    """
    context = ssl._create_unverified_context() if secure else None  # noqa: S323
    url = f"{'https' if secure else 'http'}://{LOOPBACK}:{port}/salud/"
    try:
        with urllib.request.urlopen(url, timeout=2.0, context=context) as answer:  # noqa: S310 - ours
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
