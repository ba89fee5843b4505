"""PostgreSQL as a child of the launcher: it stops with us, whatever happens to us.

It listens on 127.0.0.1 and not on a Unix socket: a socket's path may have 107 bytes, which a deep clone
exceeds, and under root it would have to lie in a folder that both users reach. Every connection needs a
password (scram-sha-256).
"""

import os
import signal
from pathlib import Path

from launch.cluster import APPLICATION, DATABASE, OWNER, Cluster
from launch.errors import LaunchError
from launch.ports import LOOPBACK
from launch.process import Process, wait_until
from launch.secrets import Passwords
from launch.shell import explained

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
SECONDS_TO_START = 60.0


def start(cluster: Cluster, *, port: int, log: Path) -> Process:
    """Begins to start the server; `wait_ready` says when it answers. A server that a killed launcher left
    is stopped.
    """
    stop_leftover(cluster.data)
    settings = {
        "port": str(port),
        "listen_addresses": LOOPBACK,
        "unix_socket_directories": "",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        **(DURABLE if cluster.durable else FAST),
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    # A new log at each start keeps it short; the one before stays beside it.
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return Process(
            "postgres",
            [*cluster.who.prefix, cluster.bin_folder / "postgres", "-D", cluster.data, *options],
            env=os.environ,
            cwd=Path("/"),
            output=output,
            # SIGINT is the fast shutdown: open transactions are undone, the data is written. SIGQUIT leaves
            # it to the log.
            stop_signal=signal.SIGINT,
            last_signal=signal.SIGQUIT,
            patience=20.0,
        )


def wait_ready(process: Process, cluster: Cluster, log: Path) -> None:
    """Returns when the server accepts connections. Raises LaunchError with the end of its log when it does
    not.
    """

    def decided() -> bool:
        return process.returncode() is not None or status(cluster.data) == "ready"

    if not wait_until(decided, seconds=SECONDS_TO_START) or process.returncode() is not None:
        process.stop()
        raise LaunchError(explained("La base de datos no arrancó.", log.read_text("utf-8", errors="replace")))


def status(data: Path) -> str:
    """The eighth line of postmaster.pid, which is how pg_ctl learns it too: `starting`, `ready`, `stopping`
    or ''.
    """
    lines = pid_file_lines(data)
    return lines[7].strip() if len(lines) > 7 else ""


def pid_file_lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def stop_leftover(data: Path) -> None:
    """Stops a server that still runs on `data`, and removes a pid file whose number now belongs to somebody
    else.

    Only called while holding `var/lock`, so that server is no other launcher's.
    """
    lines = pid_file_lines(data)
    if not lines:
        return
    pid = int(lines[0]) if lines[0].strip().isdecimal() else 0
    if not serves(pid, data):
        (data / "postmaster.pid").unlink(missing_ok=True)
        return
    os.kill(pid, signal.SIGINT)
    if not wait_until(lambda: not serves(pid, data), seconds=20.0, every=0.05):
        raise LaunchError(
            f"Quedó una base de datos en marcha (proceso {pid}) que no se cierra: cerrala y volvé a probar."
        )


def serves(pid: int, data: Path) -> bool:
    """Whether process `pid` is the server of `data`: a server's working folder is its data."""
    try:
        return pid > 0 and Path(f"/proc/{pid}/cwd").resolve(strict=True) == data.resolve()
    except OSError:
        return False


def url(role: str, password: str, port: int, database: str = DATABASE) -> str:
    return f"postgresql://{role}:{password}@{LOOPBACK}:{port}/{database}"


def owner_url(passwords: Passwords, port: int) -> str:
    return url(OWNER, passwords.owner, port)


def application_url(passwords: Passwords, port: int) -> str:
    return url(APPLICATION, passwords.application, port)
