"""Ports on this machine: the web's is chosen by the person, the services' are free ones that `var/`
remembers.
"""

import json
import os
import socket
from collections.abc import Mapping
from pathlib import Path

from launch.errors import LaunchError
from launch.paths import write_private

LOOPBACK = "127.0.0.1"
DEFAULT_WEB_PORT = 8000


def web_port(environ: Mapping[str, str]) -> int:
    """PORT from the environment, 8000 without it. Raises LaunchError when it is not a port number."""
    return port_number(environ, "PORT", DEFAULT_WEB_PORT)


def port_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise LaunchError(f"{name}={text} no es un número de puerto: va de 1 a 65535.")
    return int(text)


def is_free(port: int, address: str = LOOPBACK) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError:
            return False
    return True


def require_free(port: int, address: str = LOOPBACK, name: str = "PORT") -> None:
    """Raises LaunchError, which names the port and the way out, when something already listens there."""
    if port < 1024 and os.geteuid() != 0:
        raise LaunchError(f"El puerto {port} es sólo para root: elegí otro con {name}=8080 make run.")
    if not is_free(port, address):
        other = port + 1 if port < 65535 else DEFAULT_WEB_PORT
        raise LaunchError(
            f"El puerto {port} está ocupado: cerrá lo que lo usa o elegí otro con {name}={other} make run."
        )


def any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def remembered(var: Path, name: str) -> int:
    """The port that `name` used before if it is free now, otherwise a free one, which is remembered."""
    path = var / "ports.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        port = known.get(name)
    except (FileNotFoundError, ValueError, AttributeError):
        known, port = {}, None
    if isinstance(port, int) and is_free(port):
        return port
    known[name] = any_free()
    write_private(path, json.dumps(known, indent=2) + "\n")
    return int(known[name])
