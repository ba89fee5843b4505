"""A clone in small: the real launcher, PostgreSQL, Redis, granian and Celery around a tiny application."""

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import upkeep, venv
from launch.paths import ROOT, Paths

MANAGE = """
import json, os, pathlib, sys
with open("manage.log", "a") as log:
    log.write(json.dumps([os.environ["DATABASE_URL"].split(":")[1], *sys.argv[1:]]) + "\\n")
if sys.argv[1] == "collectstatic":
    pathlib.Path("staticfiles").mkdir(exist_ok=True)
    pathlib.Path("staticfiles/staticfiles.json").write_text("{}")
if sys.argv[1] == "load_demo":
    file = pathlib.Path(sys.argv[3])
    rows = [{"role": "member", "label": "asociada", "sign_in": "13", "password": "yerba-mate"}]
    if not file.exists():
        file.write_text(json.dumps(rows))
        file.chmod(0o600)
"""
WSGI = """
def application(environ, start_response):
    found = environ["PATH_INFO"] == "/salud/"
    start_response("200 OK" if found else "404 Not Found", [("Content-Type", "text/plain")])
    return [b"bien"]
"""
CELERY = """
import os
from celery import Celery
app = Celery("coop", broker=os.environ["REDIS_URL"])
app.conf.broker_connection_retry_on_startup = True
"""

FILES = {
    "manage.py": MANAGE,
    "coop/__init__.py": "from coop.celery import app as celery_app\n",
    "coop/settings.py": "",
    "coop/wsgi.py": WSGI,
    "coop/celery.py": CELERY,
    "static/page.css": "body {}",
    "requirements.txt": "",
    "requirements-dev.txt": "# tools\n",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("launcher")


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paths]:
    """One for all tests, since making a database takes a second: each test leaves it in order."""
    with a_clone(tmp_path_factory.mktemp("shared")) as paths:
        yield paths


@pytest.fixture
def new_clone(tmp_path: Path) -> Iterator[Paths]:
    with a_clone(tmp_path) as paths:
        yield paths


@contextlib.contextmanager
def a_clone(folder: Path) -> Iterator[Paths]:
    """In a home of mode 700, as root's or anybody's is."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    paths = Paths(home / "recuperada")
    for name, text in FILES.items():
        file = paths.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    shutil.copytree(ROOT / "launch", paths.root / "launch", ignore=shutil.ignore_patterns("__pycache__"))
    borrow_venv(paths)
    try:
        yield paths
    finally:
        upkeep.clean(paths, {"YES": "1"})


def borrow_venv(paths: Paths) -> None:
    """A finished `.venv` whose python and libraries are those that run this test."""
    (paths.venv / "bin").mkdir(parents=True)
    paths.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    paths.python.chmod(0o755)
    shared = next(Path(sys.prefix).glob("lib/python3*/site-packages"))
    (paths.venv / "lib" / shared.parent.name).mkdir(parents=True)
    (paths.venv / "lib" / shared.parent.name / "site-packages").symlink_to(shared)
    (paths.venv / venv.STAMP).write_text(json.dumps(venv.stamp(paths, venv.RUN_LOCK)))


@pytest.fixture
def plain_environ() -> dict[str, str]:
    """The environment of a terminal: without the addresses and the secret of this test run."""
    ours = (
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
        "ALLOWED_HOSTS",
        "PORT",
        "LAN",
        "DEMO",
        "HALL",
    )
    return {name: value for name, value in os.environ.items() if name not in ours and "COV" not in name}


@pytest.fixture
def kept_signals() -> Iterator[None]:
    """Puts back what `launch.__main__` does to signals."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)
