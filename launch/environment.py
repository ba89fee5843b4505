"""The environment of every process of the application, as `coop/settings.py` reads it."""

import os
import socket
import subprocess
from collections.abc import Mapping
from pathlib import Path

from launch.errors import LaunchError
from launch.paths import Paths

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
# The owner's address is for `migrate` alone; it must not reach a process that serves.
NEVER_PASSED = ("OWNER_DATABASE_URL",)


def flag(environ: Mapping[str, str], name: str, *, default: bool = False) -> bool:
    """0 or 1. Raises LaunchError for anything else."""
    value = environ.get(name, "").strip() or ("1" if default else "0")
    if value not in ("0", "1"):
        raise LaunchError(f"{name}={value} no se entiende: tiene que ser 0 o 1.")
    return value == "1"


def for_application(
    environ: Mapping[str, str],
    paths: Paths,
    *,
    database_url: str,
    redis_url: str,
    secret_key_file: Path,
    hall: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """What the person set wins, except for the two addresses, which are the ones in use.

    `hall` is what hall mode tells the settings (`launch.hall.application`).
    """
    env = {name: value for name, value in environ.items() if name not in NEVER_PASSED}
    env |= {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "DJANGO_SETTINGS_MODULE": "coop.settings",
        "PYTHONUNBUFFERED": "1",
        "VIRTUAL_ENV": str(paths.venv),
        "PATH": f"{paths.venv / 'bin'}{os.pathsep}{environ.get('PATH', os.defpath)}",
    }
    if not (env.get("SECRET_KEY") or env.get("SECRET_KEY_FILE")):
        env["SECRET_KEY_FILE"] = str(secret_key_file)
    for name, value in (hall or {}).items():
        env.setdefault(name, value)
    env.setdefault("HTTPS", "0")
    env.setdefault("DEBUG", "0")
    env.setdefault(
        "ALLOWED_HOSTS", ",".join((*LOCAL_HOSTS, *(lan_addresses() if flag(environ, "LAN") else ())))
    )
    return env


def lan_addresses() -> tuple[str, ...]:
    """This machine's addresses as its neighbours see them; none when it has no network."""
    found = dict.fromkeys(primary_address())
    try:
        listed = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout
    except OSError:
        listed = ""
    found |= dict.fromkeys(address for address in listed.split() if ":" not in address)
    return tuple(found)


def primary_address() -> tuple[str, ...]:
    """The address of the default route. Connecting a datagram socket sends nothing; the target is a
    reserved one.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ()
        return (str(probe.getsockname()[0]),)
