"""Real workers on the real broker, to be killed."""

import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from celery import current_app

from coop.documents.models import Document, File
from launch.process import Process, wait_until
from tests.support.database import RealDatabase
from tests.support.live import ROOT, SECONDS_TO_START, environment


@dataclass(slots=True)
class Worker:
    process: Process
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill(self) -> None:
        """As when somebody pulls the plug: nothing is said or tidied up."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.popen.wait()

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [int(pid) for path in tasks for pid in path.read_text().split()]


def empty_queue() -> None:
    """What an earlier test asked for is not this one's."""
    current_app.control.purge()


@contextlib.contextmanager
def worker(
    database: RealDatabase, *, concurrency: int = 1, beat: bool = True, extra: dict[str, str] | None = None
) -> Iterator[Worker]:
    """A pool of children, with the clock that sends the sweeper inside it."""
    with tempfile.TemporaryDirectory(prefix="recuperada-worker-") as folder:
        log = Path(folder) / "worker.log"
        command = [
            *(sys.executable, "-m", "celery", "--app", "tests.documents.worker", "--quiet", "worker"),
            *("--concurrency", str(concurrency), "--without-gossip", "--without-mingle"),
            *(("--beat", "--schedule", f"{folder}/schedule") if beat else ()),
            *("--loglevel", "INFO"),
        ]
        with log.open("wb") as output:
            process = Process(
                "worker", command, env=environment(database) | (extra or {}), cwd=ROOT, output=output
            )
        running = Worker(process, log)
        try:

            def decided() -> bool:
                return process.returncode() is not None or "ready." in running.said()

            if not wait_until(decided, seconds=SECONDS_TO_START, every=0.05) or process.returncode():
                raise RuntimeError(f"the worker did not start:\n{running.said()}")
            yield running
        finally:
            process.stop()


def state_of(document: Document) -> str:
    return Document.objects.values_list("state", flat=True).get(pk=document.pk)


def reaches(document: Document, *states: str, seconds: float = 90.0) -> bool:
    return wait_until(lambda: state_of(document) in states, seconds=seconds, every=0.05)


def eventually(condition: Callable[[], bool], seconds: float = 60.0) -> bool:
    return wait_until(condition, seconds=seconds, every=0.05)


def files_of(document: Document) -> int:
    return File.objects.filter(document=document).count()
