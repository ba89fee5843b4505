"""`make lock` and `make clean`."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launch import cluster, environment, services
from launch.errors import LaunchError
from launch.paths import Paths
from launch.shell import run
from launch.venv import DEV_LOCK, RUN_LOCK

EXTRAS = {RUN_LOCK: ("embedded",), DEV_LOCK: ("embedded", "dev")}
# The lock says what and with which hash, never from where: that is the machine's business.
UV_OPTIONS = (
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--universal",
    "--python-version=3.11",
    "--quiet",
)
CACHES = (
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "htmlcov",
    ".coverage",
)


def lock(paths: Paths, extra: Sequence[str] = ()) -> None:
    """Writes both locks anew with uv. `extra` goes to uv (`--upgrade`). Raises LaunchError when uv is
    absent or fails.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise LaunchError("Falta uv para escribir los requirements: instalalo con pipx install uv.")
    for file, extras in EXTRAS.items():
        wanted = [f"--extra={name}" for name in extras]
        command = [
            uv,
            "pip",
            "compile",
            *UV_OPTIONS,
            *wanted,
            *extra,
            "--output-file",
            file,
            "pyproject.toml",
        ]
        run(command, cwd=paths.root, failure=f"uv no pudo escribir {file}.")


def clean(paths: Paths, environ: Mapping[str, str], ask: Callable[[str], str] = input) -> bool:
    """Deletes `.venv`, `var/` with all its data, static files and caches. Asks first unless YES=1; False
    when told no.
    """
    targets = [paths.venv, paths.var, paths.root / "staticfiles", *data_elsewhere(paths)]
    targets = [path for path in targets if path.exists()]
    if paths.var.is_dir() and not environment.flag(environ, "YES"):
        print("Se borra para siempre:", *(f"    {path}" for path in targets), sep="\n")
        try:
            if ask("¿Seguro? Escribí sí: ").strip().lower() not in ("sí", "si"):
                return False
        except EOFError:
            return False
    if paths.var.is_dir():
        with services.only_one(paths.var):
            delete(targets)
    delete([*targets, *(paths.root / name for name in CACHES), *bytecode(paths.root)])
    return True


def data_elsewhere(paths: Paths) -> list[Path]:
    """The folder outside the clone that holds its data under root, when there is one."""
    pointer = cluster.read_pointer(paths.var)
    if pointer is None or os.geteuid() != 0 or Path(pointer.folder).parent != cluster.SYSTEM_STATE:
        return []
    return [Path(pointer.folder)]


def bytecode(root: Path) -> list[Path]:
    rooms = [
        path
        for path in root.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.name != "var"
    ]
    return [found for room in rooms for found in room.rglob("__pycache__")]


def delete(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
