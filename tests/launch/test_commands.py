"""The other targets: what `test` runs and in which environment, `lock`, `clean`, and the Makefile."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import __main__ as command
from launch import checks, manage, services, upkeep
from launch.errors import LaunchError
from launch.paths import ROOT, Paths, private_folder
from launch.services import Services


def test_the_first_failing_check_ends_the_checks_and_is_shown(
    clone: Paths, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, code in {"good": 0, "bad": 3, "later": 0}.items():
        script = clone.venv / "bin" / name
        script.write_text(f"#!/bin/sh\necho said by {name}\nexit {code}\n")
        script.chmod(0o755)
    assert checks.first_failure([["good"], ["bad"], ["later"]], {}, clone.root) == 3
    said = capfd.readouterr().out
    assert "said by bad" in said
    assert "said by good" not in said
    assert "· later" not in said
    assert checks.first_failure([["good"]], {}, clone.root) == 0
    assert checks.call(["bad"], {}, clone.root) == 3


def test_tests_get_the_owner_the_applications_role_and_a_secret_of_their_own(clone: Paths) -> None:
    found = Services("postgresql://coop_app:pass@h/d", "redis://r", "postgresql://coop_owner:own@h/d")
    env = checks.test_environment({"SECRET_KEY_FILE": "/mine", "DEBUG": "1"}, clone, found)
    assert env["DATABASE_URL"] == "postgresql://coop_owner:own@h/d"
    assert (env["TEST_APP_ROLE"], env["TEST_APP_PASSWORD"], env["TEST_POSTGRES_PID"]) == (
        "coop_app",
        "pass",
        "",
    )
    assert (env["DEBUG"], "SECRET_KEY_FILE" in env) == ("0", False)
    assert len(env["SECRET_KEY"]) > 50


def test_pytest_runs_last_and_with_the_coverage_gate() -> None:
    assert checks.PYTEST[:3] == ("python", "-m", "pytest")
    parts = (checks.FIRST, checks.SECOND, checks.THIRD, checks.CHOSEN)
    assert all("--cov" in part for part in parts)
    assert ["--cov-fail-under=0" in part for part in parts] == [True, True, False, True]
    assert [one[0] for one in checks.STATIC] == ["ruff", "ruff", "mypy", "lint-imports", "djlint"]


@pytest.fixture
def recording(clone: Paths, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The tools of this clone write down how they were called; nothing of the system is installed."""
    log = clone.root / "tools.log"
    log.unlink(missing_ok=True)
    for name in ("ruff", "mypy", "lint-imports", "djlint"):
        script = clone.venv / "bin" / name
        script.write_text(f'#!/bin/sh\necho {name} "$@" >> "{log}"\n')
        script.chmod(0o755)
    kept = clone.python.read_text()
    real = kept.splitlines()[1]
    told = f'echo python "$@" "$DATABASE_URL" >> "{log}"'
    clone.python.write_text(f'#!/bin/sh\ncase "$1" in -m | manage.py) {told} ;; *) {real} ;; esac\n')
    who = services.identity()
    programs = services.binaries.postgres_bin(clone, who, services.binaries_folder(clone, who, clone.root))
    monkeypatch.setattr(checks.system, "POSTGRES_15", programs)
    monkeypatch.setattr(checks, "ready", lambda paths, needs: None)
    yield log
    clone.python.write_text(kept)


def called(log: Path) -> list[str]:
    """What was called, in order; what runs beside the others, whenever it came, is left out."""
    lines = log.read_text().splitlines()
    log.unlink()
    return [line for line in lines if "tests.support.template" not in line]


def test_each_target_runs_its_commands(clone: Paths, recording: Path, plain_environ: dict[str, str]) -> None:
    assert command.main(["lint"], paths=clone, environ=plain_environ) == 0
    assert len(called(recording)) == 5
    assert command.main(["test", "-k", "votes"], paths=clone, environ=plain_environ) == 0
    lines = called(recording)
    assert lines[5].startswith("python manage.py makemigrations --check")
    assert " -k votes postgresql://coop_owner:" in lines[6]
    assert command.main(["bench"], paths=clone, environ=plain_environ) == 0
    assert "python -m benchmarks postgresql://coop_owner" in called(recording)[0]
    assert command.main(["long"], paths=clone, environ=plain_environ) == 0
    assert [" -m long " in line for line in called(recording)] == [False, True]
    assert command.main(["test"], paths=clone, environ=plain_environ) == 0
    assert recording.read_text().count("python -m tests.support.template postgresql://coop_owner:") == 1
    together, browsers, alone = called(recording)[6:]
    assert checks.TOGETHER in together
    assert checks.BROWSERS in browsers
    assert checks.ALONE in alone


def test_what_runs_beside_ends_with_a_block_that_fails(clone: Paths) -> None:
    slow = clone.venv / "bin" / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), checks.beside(("slow",), {}, clone.root):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 30


def test_ready_asks_for_nothing_when_all_is_there(clone: Paths) -> None:
    stamp = clone.venv / checks.venv.STAMP
    kept = stamp.read_text()
    stamp.write_text(checks.venv.json.dumps(checks.venv.stamp(clone, checks.venv.DEV_LOCK)))
    checks.ready(clone, ())
    stamp.write_text(kept)


# --- lock ---


def test_the_lock_has_hashes_and_no_address() -> None:
    for name in upkeep.EXTRAS:
        text = (ROOT / name).read_text()
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index-url" not in text


def test_lock_calls_uv_for_both_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    uv = tmp_path / "uv"
    uv.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/called\n')
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.defpath}")
    assert command.main(["lock", "--upgrade"], paths=Paths(tmp_path), environ={}) == 0
    run, dev = (tmp_path / "called").read_text().splitlines()
    assert "--extra=dev" not in run
    assert "--extra=embedded --extra=dev --upgrade --output-file requirements-dev.txt" in dev
    monkeypatch.setenv("PATH", os.devnull)
    with pytest.raises(LaunchError, match="Falta uv"):
        upkeep.lock(Paths(tmp_path))


# --- clean ---


def test_clean_asks_before_it_deletes_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = Paths(tmp_path)
    private_folder(where.var)
    (where.var / "data").write_text("votes")
    (tmp_path / "coop" / "__pycache__").mkdir(parents=True)

    def nobody_answers(_: str) -> str:
        raise EOFError

    assert not upkeep.clean(where, {}, ask=lambda _: "no")
    assert not upkeep.clean(where, {}, ask=nobody_answers)
    assert (where.var / "data").exists()
    assert str(where.var) in capsys.readouterr().out
    assert upkeep.clean(where, {}, ask=lambda _: "Sí")
    assert not where.var.exists()
    assert not (tmp_path / "coop" / "__pycache__").exists()
    assert command.main(["clean"], paths=where, environ={}) == 0


def test_clean_deletes_nothing_while_it_runs(tmp_path: Path) -> None:
    where = Paths(tmp_path)
    private_folder(where.var)
    with services.only_one(where.var), pytest.raises(LaunchError, match="Ya está en marcha"):
        upkeep.clean(where, {"YES": "1"})
    assert where.var.exists()


def test_clean_also_deletes_the_data_that_root_keeps_elsewhere(new_clone: Paths) -> None:
    private_folder(new_clone.var)
    with services.embedded(new_clone, services.Passwords.made(), services.Timing()) as found:
        folder = Path(f"/proc/{found.processes[-1].pid}/cwd").resolve().parent
    assert folder.exists()
    assert upkeep.clean(new_clone, {"YES": "1"})
    assert not folder.exists()


# --- make ---


def test_make_alone_lists_every_target() -> None:
    quietly = ["make", "--no-print-directory"]
    said = subprocess.run(quietly, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = {line.split()[1] for line in said.splitlines()}
    assert listed == {"help", *command.COMMANDS} - {"manage"}
    assert all(len(line.split()) > 3 for line in said.splitlines())


def test_ci_only_calls_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"


@pytest.fixture
def bare(tmp_path: Path) -> Paths:
    """A clone of its own with an empty `var/`: what is written there bothers nobody."""
    paths = Paths(tmp_path)
    private_folder(paths.var)
    return paths


def test_manage_speaks_to_the_services_that_run_here(bare: Paths) -> None:
    with pytest.raises(LaunchError, match="No hay nada en marcha"):
        manage.run(bare, {}, ["check"])
    with socket.socket() as database:
        database.bind(("127.0.0.1", 0))
        database.listen(1)
        port = database.getsockname()[1]
        (bare.var / "ports.json").write_text(json.dumps({"postgres": port, "redis": 6399}))
        env = manage.beside(bare, {})
    assert env["DATABASE_URL"].endswith(f"@127.0.0.1:{port}/recuperada")
    assert env["DATABASE_URL"].startswith("postgresql://coop_app:")
    assert env["REDIS_URL"].endswith("@127.0.0.1:6399/0")
    with pytest.raises(LaunchError, match="No hay nada en marcha"):
        manage.beside(bare, {})


def test_manage_speaks_to_the_real_servers_that_are_named(bare: Paths) -> None:
    named = {"DATABASE_URL": "postgresql://real", "REDIS_URL": "redis://real"}
    script = bare.root / "manage.py"
    script.write_text(
        "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'] == 'postgresql://real' else 1)"
    )
    bare.python.parent.mkdir(parents=True)
    bare.python.symlink_to(sys.executable)
    assert manage.run(bare, named, ["check"]) == 7
