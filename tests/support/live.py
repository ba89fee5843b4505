"""The product as it is served: granian in front of a clone, as the application's role; Celery on demand."""

import contextlib
import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from launch.ports import LOOPBACK, any_free
from launch.process import Process, wait_until
from launch.supervise import healthy
from tests.support.database import RealDatabase

ROOT = Path(settings.BASE_DIR)
SECONDS_TO_START = 30.0


@dataclass(frozen=True, slots=True)
class Live:
    address: str
    log: Path

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def environment(database: RealDatabase) -> dict[str, str]:
    """That of a process of the application. It shares this one's secret: sign-ins made here hold there."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("TEST_APP", "COV"))},
        "DATABASE_URL": database.url,
        "DJANGO_SETTINGS_MODULE": "coop.settings",
        "PYTHONUNBUFFERED": "1",
    }


def collect_static(database: RealDatabase) -> None:
    """Once, and again whenever a file under static/ is newer than what was collected."""
    with Path(tempfile.gettempdir(), "recuperada-collectstatic").open("w") as turn:
        # Another half of the suite may be about to do the same.
        fcntl.flock(turn, fcntl.LOCK_EX)
        _collect_static(database)


def _collect_static(database: RealDatabase) -> None:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(path.stat().st_mtime for path in (ROOT / "static").rglob("*"))
    if manifest.exists() and manifest.stat().st_mtime >= newest:
        return
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env=environment(database),
        check=True,
    )
    # As old as what it was made from: a file that changed meanwhile is newer.
    os.utime(manifest, (newest, newest))


@contextlib.contextmanager
def serving(
    database: RealDatabase,
    *,
    workers: int = 1,
    threads: int = 2,
    port: int | None = None,
    extra: dict[str, str] | None = None,
    application: str = "coop.wsgi:application",
) -> Iterator[Live]:
    """Until the block ends, the real server answers at `address`, with one worker of two threads."""
    collect_static(database)
    port = port or any_free()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", LOOPBACK, "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", str(threads), "--backlog", "2048", "--backpressure", "1024"),
        *("--workers-kill-timeout", "5", "--log-level", "warning", application),
    ]
    with _process("web", command, database, extra or {}) as (process, log):
        live = Live(f"http://{LOOPBACK}:{port}", log)

        def decided() -> bool:
            return process.returncode() is not None or healthy(port)

        if not wait_until(decided, seconds=SECONDS_TO_START, every=0.05) or process.returncode() is not None:
            raise RuntimeError(f"the server did not answer GET /salud/:\n{live.said()}")
        yield live


@contextlib.contextmanager
def working(database: RealDatabase) -> Iterator[Path]:
    """A Celery worker on REDIS_URL; gives the path of its log. Its broker must run already (make test)."""
    command = [
        *(sys.executable, "-m", "celery", "--app", "coop", "--quiet", "worker", "--pool", "solo"),
        *("--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ]
    with _process("worker", command, database, {}) as (process, log):

        def decided() -> bool:
            return process.returncode() is not None or "ready." in log.read_text(errors="replace")

        if not wait_until(decided, seconds=SECONDS_TO_START, every=0.05) or process.returncode() is not None:
            raise RuntimeError(f"the worker did not start:\n{log.read_text(errors='replace')}")
        yield log


@contextlib.contextmanager
def _process(
    name: str, command: list[str], database: RealDatabase, extra: dict[str, str]
) -> Iterator[tuple[Process, Path]]:
    with tempfile.TemporaryDirectory(prefix="recuperada-live-") as folder:
        log = Path(folder) / f"{name}.log"
        with log.open("wb") as output:
            process = Process(name, command, env=environment(database) | extra, cwd=ROOT, output=output)
        try:
            yield process, log
        finally:
            process.stop()
