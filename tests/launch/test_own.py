"""One's own cooperative beside the demonstration: another database, chosen once, from the browser too."""

import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from launch import own, ports, postgres, secrets, supervise
from launch.errors import LaunchError
from launch.paths import Paths
from launch.services import Services
from tests.launch.test_start import children, eventually

FOUND = Services(
    database_url="postgresql://coop_app:a@127.0.0.1:5/recuperada",
    redis_url="redis://:r@127.0.0.1:6/0",
    owner_url="postgresql://coop_owner:o@127.0.0.1:5/recuperada",
    processes=(object(),),  # type: ignore[arg-type]
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "var").mkdir(mode=0o700)
    return Paths(tmp_path)


@pytest.fixture(autouse=True)
def no_server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making the database is tried with the real servers below."""
    if "new_clone" not in request.fixturenames:
        monkeypatch.setattr(own, "run", lambda *command, **options: "")


def test_the_choice_is_remembered_and_taken_back(paths: Paths) -> None:
    assert own.chosen(paths, {}, FOUND) == FOUND
    first = own.chosen(paths, {"OWN": "1"}, FOUND)
    assert first.database_url.endswith("/propia")
    assert own.chosen(paths, {}, FOUND) == first
    assert own.chosen(paths, {"OWN": "0"}, FOUND) == FOUND
    assert own.chosen(paths, {}, FOUND) == FOUND


def test_neither_database_nor_queue_is_shared(paths: Paths) -> None:
    mine = own.own_of(paths, FOUND)
    assert {mine.database_url, mine.owner_url, mine.redis_url}.isdisjoint(
        {FOUND.database_url, FOUND.owner_url, FOUND.redis_url}
    )
    assert own.is_own(mine)
    assert not own.is_own(FOUND)


def test_a_real_server_is_never_exchanged(paths: Paths) -> None:
    real = replace(FOUND, processes=())
    assert own.chosen(paths, {"OWN": "1"}, real) == real
    assert own.told(paths, real) == {}
    assert not own.asked(paths, real)


def test_only_the_demonstration_is_told_where_to_choose(paths: Paths) -> None:
    assert own.told(paths, FOUND) == {"OWN_CHOICE": str(paths.var / "own")}
    assert own.told(paths, own.own_of(paths, FOUND)) == {}


def test_a_word_that_is_no_choice_is_an_error(paths: Paths) -> None:
    with pytest.raises(LaunchError, match="OWN=quizás"):
        own.chosen(paths, {"OWN": "quizás"}, FOUND)


def test_chosen_in_the_browser_it_is_served_without_a_new_start(
    new_clone: Paths, plain_environ: dict[str, str]
) -> None:
    """The page writes the file; the same launcher then serves the other database, and remembers it."""
    clone, port = new_clone, ports.any_free()
    launcher = subprocess.Popen(
        [sys.executable, "-m", "launch", "run"],
        cwd=clone.root,
        env={**plain_environ, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert eventually(lambda: supervise.healthy(port) or launcher.poll() is not None)
        assert databases(clone) == {"recuperada"}
        (clone.var / own.CHOICE).write_text("1\n")
        assert eventually(lambda: commands(clone).count("migrate") == 2)
        assert databases(clone) == {"recuperada", "propia"}
        assert eventually(lambda: commands(clone)[-1] == "begin")
        assert eventually(lambda: supervise.healthy(port))
        assert commands(clone).count("load_demo") == 1
    finally:
        launcher.send_signal(signal.SIGINT)
        said = launcher.communicate(timeout=40)[0]
    assert launcher.returncode == 0, said
    assert "Preparo la base de datos de tu cooperativa" in said
    assert children(clone) == []


def commands(clone: Paths) -> list[str]:
    try:
        return [json.loads(line)[1] for line in (clone.root / "manage.log").read_text().splitlines()]
    except FileNotFoundError:
        return []


def databases(clone: Paths) -> set[str]:
    """Those that the application's role can enter."""
    told = json.loads((clone.var / "ports.json").read_text())
    address = postgres.application_url(secrets.passwords(clone.var), int(told["postgres"]))
    with psycopg.connect(address) as server:
        rows = server.execute(
            "SELECT datname FROM pg_database WHERE has_database_privilege(datname, 'CONNECT')"
            " AND NOT datistemplate AND datname <> 'postgres'"
        )
        return {name for (name,) in rows}
