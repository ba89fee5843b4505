"""System libraries: looked for the way programs will load them, so that any Linux that has them passes."""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch.errors import LaunchError
from launch.shell import explained

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


@dataclass(frozen=True, slots=True)
class Need:
    """Something of the system, whether it is there, and the Debian package that brings it."""

    package: str
    present: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    def loads() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return loads


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def covers_spanish() -> bool:
    """Asks fontconfig; without its tool, any outline font will do (all of them cover Latin-1)."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=es", "file"], capture_output=True, check=False)
        return bool(listed.stdout.strip())
    return any(any(folder.rglob("*.[ot]tf")) for folder in FONT_FOLDERS)


def knows_time_zones() -> bool:
    try:
        zoneinfo.ZoneInfo("America/Argentina/Buenos_Aires")
    except zoneinfo.ZoneInfoNotFoundError:
        return False
    return True


RUN = (
    Need("libpango-1.0-0", library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", library("libharfbuzz-subset.so.0")),
    Need("fonts-dejavu-core", covers_spanish),
    Need("tzdata", knows_time_zones),
)
VENV = Need(
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    lambda: importlib.util.find_spec("ensurepip") is not None,
)
TEST = (
    Need("chromium", program("chromium", "chromium-browser")),
    Need("gettext", program("msgfmt")),
    # The node inside Playwright's wheel loads it.
    Need("libatomic1", library("libatomic.so.1")),
)
LONG = (Need("postgresql-15", (POSTGRES_15 / "initdb").exists),)


def require(needs: Sequence[Need], *, as_root: bool, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Installs what is missing when root, and returns its packages.

    Raises LaunchError, with the exact command as its one line, when not root; also when apt-get fails or is
    absent.
    """
    missing = [need.package for need in needs if not need.present()]
    if not missing:
        return []
    apt = shutil.which("apt-get", path=environ.get("PATH"))
    if apt is None:
        raise LaunchError(f"Faltan bibliotecas del sistema (así se llaman en Debian): {' '.join(missing)}")
    if not as_root:
        command = f"sudo apt-get install --no-install-recommends {' '.join(missing)}"
        raise LaunchError(f"Faltan bibliotecas del sistema. Instalalas con: {command}")
    print(f"Instalo bibliotecas del sistema: {' '.join(missing)}…", flush=True)
    install(apt, missing, environ)
    still = [need.package for need in needs if not need.present()]
    if still:
        raise LaunchError(f"apt-get terminó bien pero siguen faltando: {' '.join(still)}")
    return missing


def install(apt: str, packages: Sequence[str], environ: Mapping[str, str]) -> None:
    """The first try fails at once when the package lists are absent or stale; they are then fetched."""
    command = [apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    env = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    if attempt(command, env)[0]:
        return
    attempt([apt, "update", "-qq"], env)
    done, output = attempt(command, env)
    if not done:
        raise LaunchError(explained("apt-get no pudo instalar las bibliotecas del sistema.", output))


def attempt(command: Sequence[str], env: Mapping[str, str]) -> tuple[bool, str]:
    done = subprocess.run(
        command,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode == 0, done.stdout
