"""PostgreSQL and Redis for real: started, stopped, killed, with their data kept."""

import json
import os
import signal
import socket
import stat
import time
from pathlib import Path

import psycopg
import pytest

from launch import cluster, identity, postgres, redis, secrets, services
from launch.cluster import Cluster
from launch.errors import LaunchError
from launch.paths import ROOT, Paths, private_folder
from launch.services import Services
from launch.timing import Timing

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def owner_url(found: Services) -> str:
    assert found.owner_url is not None
    return found.owner_url


def running(paths: Paths, timing: Timing | None = None):
    private_folder(paths.var)
    return services.embedded(paths, secrets.passwords(paths.var), timing or Timing())


def test_data_and_passwords_survive_a_stop(clone: Paths) -> None:
    with running(clone) as found:
        first = found.owner_url
        query(owner_url(found), "CREATE TABLE IF NOT EXISTS kept (n int)")
        query(owner_url(found), "INSERT INTO kept VALUES (7)")
    timing = Timing()
    with running(clone, timing) as found:
        assert found.owner_url == first
        assert query(owner_url(found), "SELECT n FROM kept") == [(7,)]
        query(owner_url(found), "DROP TABLE kept")
        assert redis.answers(
            int(found.redis_url.rsplit(":", 1)[1].split("/")[0]), secrets.passwords(clone.var).redis
        )
    assert timing.seconds["services"] < 1.0 * patience()
    assert all(process.returncode() is not None for process in found.processes)


def patience() -> float:
    """A busy machine is given more time; docs/running.md has the figure of a quiet one."""
    return 1 + 4 * os.getloadavg()[0]


def test_the_application_cannot_create_and_the_owner_cannot_make_databases(clone: Paths) -> None:
    with running(clone) as found:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(found.database_url, "CREATE TABLE nothing (n int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            query(owner_url(found), "CREATE DATABASE another")
        assert query(found.database_url, "SELECT current_user") == [("coop_app",)]
        for setting, value in {"fsync": "on", "data_checksums": "on", "server_encoding": "UTF8"}.items():
            assert query(found.database_url, f"SHOW {setting}") == [(value,)]
        assert query(found.database_url, "SELECT upper('ñandú')") == [("ÑANDÚ",)]


def test_nothing_answers_without_a_password(clone: Paths) -> None:
    with running(clone) as found:
        with pytest.raises(psycopg.OperationalError, match="password"):
            query(found.database_url.replace(secrets.passwords(clone.var).application, "guess"), "SELECT 1")
        port = int(found.redis_url.rsplit(":", 1)[1].split("/")[0])
        assert not redis.answers(port, "guess")


def test_a_home_of_mode_700_stays_so_and_postgres_is_never_root(clone: Paths) -> None:
    home = clone.root.parent
    with running(clone) as found:
        database = found.processes[-1]
        owner = Path(f"/proc/{database.pid}").stat().st_uid
        assert owner != 0
        if os.geteuid() == 0:
            assert owner == identity.UNPRIVILEGED
            assert not str(cluster.read_pointer(clone.var)).startswith(str(home))
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE(clone.var.stat().st_mode) == 0o700
    private = [file for file in clone.var.iterdir() if file.suffix == ".json" or file.name == "secret_key"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in private} == {0o600}


def test_a_killed_server_recovers_and_a_stale_pid_file_does_not_matter(clone: Paths) -> None:
    with running(clone) as found:
        query(owner_url(found), "CREATE TABLE kept (n int)")
        os.kill(found.processes[-1].pid, signal.SIGKILL)
        found.processes[-1].popen.wait()
    data = Path(json.loads((clone.var / "cluster.json").read_text())["folder"]) / "data"
    lines = (data / "postmaster.pid").read_text().splitlines()
    (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with running(clone) as found:
        assert query(owner_url(found), "DROP TABLE kept") == []


def test_a_server_that_a_killed_launcher_left_is_stopped_first(clone: Paths) -> None:
    private_folder(clone.var)
    with running(clone):
        pass
    home = home_of(clone)
    left = postgres.start(home, port=services.any_free(), log=clone.var / "left.log")
    postgres.wait_ready(left, home, clone.var / "left.log")
    with running(clone) as found:
        assert left.popen.wait(10) == 0
        assert query(found.database_url, "SELECT 1") == [(1,)]


def home_of(paths: Paths) -> Cluster:
    who = identity.identity()
    folder = Path(json.loads((paths.var / "cluster.json").read_text())["folder"])
    return Cluster(folder, services.binaries.postgres_bin(paths, who, folder), who)


def test_data_half_made_is_made_again(clone: Paths) -> None:
    with running(clone):
        pass
    pointer = json.loads((clone.var / "cluster.json").read_text())
    (clone.var / "cluster.json").write_text(json.dumps({**pointer, "made": False}))
    (Path(pointer["folder"]) / "data" / "PG_VERSION").unlink()
    with running(clone) as found:
        assert query(found.database_url, "SELECT 1") == [(1,)]


def test_lost_passwords_are_made_again_and_the_data_stays(clone: Paths) -> None:
    with running(clone) as found:
        query(owner_url(found), "CREATE TABLE kept (n int)")
        before = found.database_url
    (clone.var / "passwords.json").write_text('{"superuser": ')
    with running(clone) as found:
        assert found.database_url != before
        assert query(owner_url(found), "DROP TABLE kept") == []


def test_data_that_is_gone_is_said_and_not_replaced(clone: Paths) -> None:
    with running(clone):
        pass
    home_of(clone).data.rename(home_of(clone).folder / "moved")
    with pytest.raises(LaunchError, match="Faltan los datos"), running(clone):
        pass
    assert not home_of(clone).data.exists()
    (home_of(clone).folder / "moved").rename(home_of(clone).data)
    version = (home_of(clone).data / "PG_VERSION").read_text()
    (home_of(clone).data / "PG_VERSION").write_text("9\n")
    with pytest.raises(LaunchError, match="son de PostgreSQL 9"), running(clone):
        pass
    (home_of(clone).data / "PG_VERSION").write_text(version)


def test_data_of_a_deleted_var_is_set_aside(clone: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    with running(clone):
        pass
    (clone.var / "cluster.json").unlink()
    with running(clone) as found:
        assert query(found.database_url, "SELECT 1") == [(1,)]
    assert "quedan guardados" in capsys.readouterr().out
    assert len(list(home_of(clone).folder.glob("data-2*"))) == 1


def test_a_second_launcher_is_told_about_the_first(clone: Paths) -> None:
    private_folder(clone.var)
    running_already = pytest.raises(LaunchError, match="Ya está en marcha")
    with services.only_one(clone.var), running_already, services.only_one(clone.var):
        pass
    with services.only_one(clone.var):
        pass


def test_a_taken_port_of_a_service_is_replaced(clone: Paths) -> None:
    with running(clone):
        pass
    port = json.loads((clone.var / "ports.json").read_text())["redis"]
    with socket.create_server(("127.0.0.1", port)), running(clone) as found:
        assert str(port) not in found.redis_url


def test_a_server_that_cannot_start_says_why(clone: Paths) -> None:
    with running(clone):
        pass
    home = home_of(clone)
    settings = (home.data / "postgresql.conf").read_text()
    (home.data / "postgresql.conf").write_text("nonsense = on\n")
    with pytest.raises(LaunchError, match=r"no arrancó[\s\S]*nonsense"), running(clone):
        pass
    (home.data / "postgresql.conf").write_text(settings)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        log, port = clone.var / "redis.log", taken.getsockname()[1]
        broker = redis.start(services.binaries.redis_server(clone), port=port, password="p" * 20, log=log)
        with pytest.raises(LaunchError, match="Redis no arrancó"):
            redis.wait_ready(broker, port=port, password="p" * 20, log=log)


def test_a_refused_statement_stops_the_preparation(clone: Paths) -> None:
    with running(clone):
        pass
    with pytest.raises(LaunchError, match="division by zero"):
        cluster.provision(home_of(clone), ["SELECT 1/0"])


def test_temporary_services_leave_nothing() -> None:
    began = time.monotonic()
    with services.temporary(Paths(ROOT)) as found:
        folder = Path(f"/proc/{found.processes[-1].pid}/cwd").resolve().parent
        assert query(owner_url(found), "SELECT current_setting('fsync')") == [("off",)]
        query(owner_url(found), "CREATE DATABASE another")
    assert not folder.exists()
    assert time.monotonic() - began < 60


def test_without_setpriv_a_user_namespace_hides_root() -> None:
    who = identity.with_user_namespace()
    if os.geteuid() != 0 or who is None:
        assert os.geteuid() != 0 or identity.with_setpriv() is not None
        return
    assert who.uid is None
    assert identity.works(who.prefix)
    assert not identity.works(("false",))
