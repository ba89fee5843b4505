"""`make test` and its sisters: the development environment, services of their own, and what runs against
them.
"""

import contextlib
import os
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from launch import environment, services, system, venv
from launch.cluster import APPLICATION
from launch.paths import Paths
from launch.services import Services

STATIC: tuple[tuple[str, ...], ...] = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("djlint", "--lint", "--check", "templates", "--quiet"),
)
# What every test's database is cloned from: half a minute of migrations, made while the static checks run.
TEMPLATE = ("python", "-m", "tests.support.template")
MIGRATIONS = ("python", "manage.py", "makemigrations", "--check", "--dry-run")
PYTEST = ("python", "-m", "pytest")
# Two processes, whatever the machine has. Without a browser each file's tests stay together, in their order;
# with one, each journey goes to whoever is free, and the list of pages is two groups with a town each.
FILES, JOURNEYS = ("-n", "2", "--dist", "loadfile"), ("-n", "2", "--dist", "loadgroup")
TOGETHER = "not (browser or launcher or long)"
BROWSERS = "browser and not (launcher or long)"
# Has the machine for itself: the launcher, with servers of its own.
ALONE = "launcher and not long"
MORE = ("--cov", "--cov-append")
FIRST = (*PYTEST, "-m", TOGETHER, *FILES, "--cov", "--cov-report=", "--cov-fail-under=0")
SECOND = (*PYTEST, "-m", BROWSERS, *JOURNEYS, *MORE, "--cov-report=", "--cov-fail-under=0")
THIRD = (*PYTEST, "-m", ALONE, *MORE, "--cov-report=term:skip-covered")
# What somebody chose with ARGS: a part never reaches the gate, and need not.
CHOSEN = (*PYTEST, "-m", "not long", "--cov", "--cov-report=term:skip-covered", "--cov-fail-under=0")


def test(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    """Static checks first, since they fail fast; pytest last, so that the output ends with its summary."""
    ready(paths, system.TEST)
    with services.temporary(paths) as found:
        env = test_environment(environ, paths, found)
        checks = [*STATIC, MIGRATIONS]
        with beside(TEMPLATE, env, paths.root):
            failed = first_failure(checks, env, paths.root)
        if failed or extra:
            return failed or call((*CHOSEN, *extra), env, paths.root)
        # All always, so that one run tells everything that is wrong; the last one's coverage is of all.
        codes = [call(part, env, paths.root) for part in (FIRST, SECOND, THIRD)]
        return next((code for code in codes if code), 0)


def long(paths: Paths, environ: Mapping[str, str], extra: Sequence[str]) -> int:
    """The whole database suite on Debian's PostgreSQL 15, then what is marked `long` on the embedded one."""
    ready(paths, (*system.TEST, *system.LONG))
    with services.temporary(paths, postgres_bin=system.POSTGRES_15) as found:
        everywhere = (*PYTEST, "-m", TOGETHER, *FILES, *extra)
        code = call(everywhere, test_environment(environ, paths, found), paths.root)
    with services.temporary(paths, durable=True) as found:
        marked = (*PYTEST, "-m", "long", *extra)
        return call(marked, test_environment(environ, paths, found), paths.root) or code


def lint(paths: Paths, environ: Mapping[str, str]) -> int:
    """The static checks alone. They import the settings but touch no server: the addresses lead nowhere."""
    ready(paths, ())
    nowhere = Services("postgresql://nobody@127.0.0.1:1/none", "redis://127.0.0.1:1/0")
    return first_failure(STATIC, test_environment(environ, paths, nowhere), paths.root)


def with_services(paths: Paths, environ: Mapping[str, str], command: Sequence[str], *, durable: bool) -> int:
    """Runs `command` with the development environment and services of its own (bench, screenshots)."""
    ready(paths, system.TEST)
    with services.temporary(paths, durable=durable) as found:
        return call(command, test_environment(environ, paths, found), paths.root)


def ready(paths: Paths, needs: Sequence[system.Need]) -> None:
    made = paths.python.exists()
    system.require((*system.RUN, *(() if made else (system.VENV,)), *needs), as_root=os.geteuid() == 0)
    venv.ensure(paths, venv.DEV_LOCK)


def test_environment(environ: Mapping[str, str], paths: Paths, found: Services) -> dict[str, str]:
    """The owner's address as DATABASE_URL (tests make databases); the application's role beside it."""
    clean = {
        name: value for name, value in environ.items() if name not in ("SECRET_KEY_FILE", "ALLOWED_HOSTS")
    }
    env = environment.for_application(
        {**clean, "SECRET_KEY": secrets.token_urlsafe(64), "DEBUG": "0", "HTTPS": "0"},
        paths,
        database_url=found.owner_url or found.database_url,
        redis_url=found.redis_url,
        secret_key_file=Path("/nonexistent"),
    )
    return {
        **env,
        "TEST_APP_ROLE": APPLICATION,
        "TEST_APP_PASSWORD": urlsplit(found.database_url).password or "",
        "TEST_POSTGRES_PID": str(found.processes[-1].pid) if found.processes else "",
    }


@contextlib.contextmanager
def beside(command: Sequence[str], env: Mapping[str, str], root: Path) -> Iterator[None]:
    """Runs `command` during the block, silently, and waits for it unless the block fails. Whoever needs what
    it makes makes it themselves when it is not there, and says what is wrong.
    """
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command_line(command, root), env=dict(env), cwd=root, stdout=quiet, stderr=quiet
    ) as process:
        try:
            yield
        except BaseException:
            process.terminate()
            raise


def first_failure(commands: Sequence[Sequence[str]], env: Mapping[str, str], root: Path) -> int:
    """The exit code of the first command that fails, whose output is shown; 0 when none does."""
    for command in commands:
        print(f"· {' '.join(command)}", flush=True)
        done = subprocess.run(
            command_line(command, root),
            env=dict(env),
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            print(done.stdout, flush=True)
            return done.returncode
    return 0


def call(command: Sequence[str], env: Mapping[str, str], root: Path) -> int:
    return subprocess.run(command_line(command, root), env=dict(env), cwd=root, check=False).returncode


def command_line(command: Sequence[str], root: Path) -> list[str]:
    """Programs are those of `.venv`, whatever else the PATH holds."""
    return [str(root / ".venv" / "bin" / command[0]), *command[1:]]
