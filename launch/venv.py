"""`.venv`, made from a hashed lock. A stamp inside says which lock it holds, so that the next start skips
it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from launch.paths import Paths, write_private
from launch.shell import run

RUN_LOCK = "requirements.txt"
DEV_LOCK = "requirements-dev.txt"
STAMP = "lock-stamp.json"


def ensure(paths: Paths, lock: str, *, base_python: str = sys.executable) -> bool:
    """Makes `.venv` hold `lock`; True when there was something to do. Raises LaunchError when pip fails.

    The stamp goes away before pip starts and comes back last: whatever is interrupted is done again.
    """
    if is_current(paths, lock):
        return False
    print("Preparo el entorno de Python (.venv). Sólo la primera vez: de 1 a 3 minutos…", flush=True)
    if not is_usable(paths):
        shutil.rmtree(paths.venv, ignore_errors=True)
        run([base_python, "-m", "venv", paths.venv], failure="No se pudo crear .venv.")
    (paths.venv / STAMP).unlink(missing_ok=True)
    run(
        [paths.python, "-m", "pip", "install", *PIP_OPTIONS, "--requirement", paths.root / lock],
        failure="No se pudieron instalar las bibliotecas de Python. ¿Hay conexión?",
    )
    write_private(paths.venv / STAMP, json.dumps(stamp(paths, lock)))
    return True


# The lock names every dependency with its hash, so pip has nothing to resolve; nothing is ever compiled here.
PIP_OPTIONS = (
    "--require-hashes",
    "--no-deps",
    "--only-binary=:all:",
    "--quiet",
    "--no-input",
    "--disable-pip-version-check",
)


def is_current(paths: Paths, lock: str) -> bool:
    """Whether `.venv` was finished from `lock` as it is now. The development lock holds all of the other."""
    try:
        found = json.loads((paths.venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    enough = {RUN_LOCK: (RUN_LOCK, DEV_LOCK), DEV_LOCK: (DEV_LOCK,)}[lock]
    return paths.python.exists() and any(found == stamp(paths, candidate) for candidate in enough)


def stamp(paths: Paths, lock: str) -> dict[str, str]:
    """`path` is there because a clone that moved has scripts that name the old folder."""
    digest = hashlib.sha256((paths.root / lock).read_bytes()).hexdigest()
    return {"lock": lock, "sha256": digest, "path": str(paths.venv)}


def is_usable(paths: Paths) -> bool:
    """Whether an unstamped `.venv` can be finished in place: it was made here and its pip answers."""
    if not paths.python.exists() or not made_here(paths.venv):
        return False
    probe = [str(paths.python), "-m", "pip", "--version"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def made_here(venv: Path) -> bool:
    try:
        return f" {venv}\n" in (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
