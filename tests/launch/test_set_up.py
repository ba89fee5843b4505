"""What comes before the services: `.venv`, system libraries, secrets, environment, binaries."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from launch import binaries, environment, identity, paths, ports, secrets, shell, system, venv
from launch.errors import LaunchError, from_os_error
from launch.identity import Identity
from launch.paths import Paths
from launch.system import Need
from tests.launch.conftest import borrow_venv


@pytest.fixture
def empty(tmp_path: Path) -> Paths:
    """A clone without `.venv` whose locks ask for nothing."""
    for lock in (venv.RUN_LOCK, venv.DEV_LOCK):
        (tmp_path / lock).write_text("# nothing\n")
    return Paths(tmp_path)


# --- .venv ---


def test_the_environment_is_made_once_and_again_when_the_lock_changes(empty: Paths) -> None:
    assert venv.ensure(empty, venv.RUN_LOCK)
    assert not venv.ensure(empty, venv.RUN_LOCK)
    (empty.root / venv.RUN_LOCK).write_text("# changed\n")
    assert not venv.is_current(empty, venv.RUN_LOCK)
    (empty.venv / "kept").write_text("")
    assert venv.ensure(empty, venv.RUN_LOCK)
    assert (empty.venv / "kept").exists()

    (empty.root / venv.RUN_LOCK).write_text("pip==1.0\n")
    with pytest.raises(LaunchError, match="bibliotecas de Python"):
        venv.ensure(empty, venv.RUN_LOCK)
    assert not venv.is_current(empty, venv.RUN_LOCK), "a library without its hash was taken"


@pytest.mark.long
def test_a_half_made_environment_is_made_again(empty: Paths) -> None:
    (empty.venv / "bin").mkdir(parents=True)
    empty.python.symlink_to(sys.executable)
    assert not venv.is_usable(empty)
    (empty.venv / "half").write_text("")
    assert venv.ensure(empty, venv.RUN_LOCK)
    assert not (empty.venv / "half").exists()


def test_the_development_environment_serves_for_running_but_not_the_other_way(empty: Paths) -> None:
    borrow_venv(empty)
    assert not venv.is_current(empty, venv.DEV_LOCK)
    (empty.venv / venv.STAMP).write_text(json.dumps(venv.stamp(empty, venv.DEV_LOCK)))
    assert venv.is_current(empty, venv.RUN_LOCK)


def test_the_environment_of_a_clone_that_moved_is_not_taken(empty: Paths) -> None:
    borrow_venv(empty)
    stamp = json.loads((empty.venv / venv.STAMP).read_text())
    (empty.venv / venv.STAMP).write_text(json.dumps({**stamp, "path": "/elsewhere/.venv"}))
    assert not venv.is_current(empty, venv.RUN_LOCK)
    (empty.venv / "pyvenv.cfg").write_text("command = python -m venv /elsewhere/.venv\n")
    assert not venv.is_usable(empty)


def test_the_stamp_names_no_address_and_pip_compiles_nothing() -> None:
    assert "--require-hashes" in venv.PIP_OPTIONS
    assert "--only-binary=:all:" in venv.PIP_OPTIONS
    assert not [option for option in venv.PIP_OPTIONS if "index" in option or "//" in option]


# --- system libraries ---


@pytest.fixture
def fake_apt(tmp_path: Path) -> dict[str, str]:
    """An apt-get that fails until it was updated, as on a fresh machine, and then "installs" a file."""
    script = tmp_path / "bin" / "apt-get"
    script.parent.mkdir()
    script.write_text(
        '#!/bin/sh\ncd "$(dirname "$0")"\necho "$@" >> called\n'
        'if [ "$1" = update ]; then touch updated; exit 0; fi\n'
        '[ -e updated ] || { echo "E: Unable to locate package"; exit 100; }\n'
        'for last in "$@"; do :; done\n[ "$last" = never ] || touch "$last"\n[ "$last" != broken ]\n'
    )
    script.chmod(0o755)
    return {"PATH": f"{script.parent}:{os.defpath}"}


def test_missing_libraries_are_installed_by_root(fake_apt: dict[str, str], tmp_path: Path) -> None:
    needs = [Need("here", lambda: True), Need("libthing0", (tmp_path / "bin" / "libthing0").exists)]
    assert system.require(needs, as_root=True, environ=fake_apt) == ["libthing0"]
    assert system.require(needs, as_root=True, environ=fake_apt) == []
    called = (tmp_path / "bin" / "called").read_text().splitlines()
    assert called[0] == "install -y -qq --no-install-recommends libthing0"
    assert called[1] == "update -qq"
    assert len(called) == 3


def test_others_get_the_exact_command_in_one_line(fake_apt: dict[str, str], tmp_path: Path) -> None:
    needs = [Need("one", lambda: False), Need("two", lambda: False)]
    with pytest.raises(LaunchError) as told:
        system.require(needs, as_root=False, environ=fake_apt)
    assert "sudo apt-get install --no-install-recommends one two" in str(told.value)
    assert len(str(told.value).splitlines()) == 1
    assert not (tmp_path / "bin" / "called").exists()


def test_a_machine_without_apt_is_told_the_names(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=r"Debian.*libthing0"):
        system.require([Need("libthing0", lambda: False)], as_root=True, environ={"PATH": str(tmp_path)})


@pytest.mark.parametrize(("package", "line"), [("broken", "no pudo instalar"), ("never", "siguen faltando")])
def test_a_failed_installation_is_said(fake_apt: dict[str, str], package: str, line: str) -> None:
    with pytest.raises(LaunchError, match=line):
        system.require([Need(package, lambda: False)], as_root=True, environ=fake_apt)


def test_libraries_are_found_as_programs_load_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert system.library("libc.so.6")()
    assert not system.library("libnothing-of-the-kind.so.9")()
    assert system.program("sh")()
    assert system.covers_spanish()
    assert system.knows_time_zones()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(system, "FONT_FOLDERS", (tmp_path,))
    assert not system.covers_spanish()
    (tmp_path / "sans.ttf").write_text("")
    assert system.covers_spanish()


def test_a_machine_without_time_zones_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(key: str) -> None:
        raise system.zoneinfo.ZoneInfoNotFoundError(key)

    monkeypatch.setattr(system.zoneinfo, "ZoneInfo", missing)
    assert not system.knows_time_zones()


# --- secrets and private files ---


def test_secrets_are_made_once_and_are_private(tmp_path: Path) -> None:
    var = paths.private_folder(tmp_path / "var")
    key = secrets.secret_key_file(var).read_text()
    assert len(key) > 50
    assert secrets.secret_key_file(var).read_text() == key
    assert secrets.passwords(var) == secrets.passwords(var)
    assert {stat.S_IMODE(file.stat().st_mode) for file in var.iterdir()} == {0o600}
    (var / "secret_key").write_text("half")
    assert len(secrets.secret_key_file(var).read_text()) > 50


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert stat.S_IMODE(paths.private_folder(tmp_path).stat().st_mode) == 0o700


def test_an_incomplete_environment_says_so(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="incompleto"):
        _ = Paths(tmp_path).site_packages
    with pytest.raises(LaunchError, match="Falta redis-server"):
        binaries.existing(tmp_path / "redis-server")


# --- the environment of the processes ---


def test_what_the_person_set_wins(tmp_path: Path) -> None:
    where = Paths(tmp_path)
    addresses = {
        "database_url": "postgresql://d",
        "redis_url": "redis://r",
        "secret_key_file": tmp_path / "key",
    }
    env = environment.for_application({"OWNER_DATABASE_URL": "secret", "LAN": "1"}, where, **addresses)  # type: ignore[arg-type]
    assert "OWNER_DATABASE_URL" not in env
    assert (env["DEBUG"], env["HTTPS"], env["SECRET_KEY_FILE"]) == ("0", "0", str(tmp_path / "key"))
    assert env["ALLOWED_HOSTS"].startswith("localhost,127.0.0.1,[::1]")
    chosen = {"DEBUG": "1", "HTTPS": "1", "ALLOWED_HOSTS": "votar.coop", "SECRET_KEY": "k" * 50}
    env = environment.for_application(chosen, where, **addresses)  # type: ignore[arg-type]
    assert {name: env[name] for name in chosen} == chosen
    assert "SECRET_KEY_FILE" not in env


def test_the_addresses_on_the_local_network_are_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert all(address.count(".") == 3 for address in environment.lan_addresses())
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environment.lan_addresses() == environment.primary_address()


# --- small things that must not be wrong ---


def test_a_failing_program_shows_the_end_of_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match=r"No anduvo\.\n    why"):
        shell.run(["sh", "-c", "echo why; exit 1"], failure="No anduvo.")
    with pytest.raises(LaunchError, match="No anduvo"):
        shell.run([tmp_path / "absent"], failure="No anduvo.")
    full = ["sh", "-c", "dd if=/dev/zero of=/dev/full count=1"]
    with pytest.raises(LaunchError, match=r"^No anduvo\. No queda espacio en el disco"):
        shell.run(full, failure="No anduvo.")


def test_other_failures_of_files_are_one_line_too() -> None:
    assert str(from_os_error(PermissionError(13, "Permission denied", "/x"))) == (
        "No se pudo: Permission denied (/x)."
    )


def test_a_port_below_1024_is_for_root_only() -> None:
    if os.geteuid() == 0:
        ports.require_free(ports.any_free())
        return
    with pytest.raises(LaunchError, match="sólo para root"):
        ports.require_free(80)


def test_remembered_ports_survive_a_damaged_file(tmp_path: Path) -> None:
    first = ports.remembered(tmp_path, "redis")
    assert ports.remembered(tmp_path, "redis") == first
    (tmp_path / "ports.json").write_text("[")
    assert ports.remembered(tmp_path, "redis") > 0


def test_without_a_way_to_drop_root_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if os.geteuid() != 0:
        assert identity.identity() == Identity()
        return
    with pytest.raises(LaunchError, match="no corre como root"):
        identity.identity()


def test_programs_are_copied_once_and_open_to_all(clone: Paths, tmp_path: Path) -> None:
    old = os.umask(0o077)
    try:
        copied = binaries.copy(clone.site_packages, tmp_path)
    finally:
        os.umask(old)
    assert binaries.copy(clone.site_packages, tmp_path) == copied
    server = copied / binaries.POSTGRES_IN_WHEEL / "bin" / "postgres"
    assert subprocess.run([server, "--version"], capture_output=True, check=True).stdout
    assert stat.S_IMODE(server.stat().st_mode) == 0o755
    assert not list(copied.rglob("*.a"))


def test_programs_that_cannot_run_are_said(clone: Paths, tmp_path: Path) -> None:
    nobody_at_all = Identity(prefix=("false",))
    with pytest.raises(LaunchError, match="noexec"):
        binaries.postgres_bin(clone, nobody_at_all, tmp_path)
    shutil.rmtree(tmp_path, ignore_errors=True)
