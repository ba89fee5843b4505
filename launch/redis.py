"""Redis, the broker: nothing in it is the truth (jobs are rows in PostgreSQL), so it saves nothing."""

import os
import socket
from pathlib import Path

from launch.errors import LaunchError
from launch.ports import LOOPBACK
from launch.process import Process, wait_until
from launch.shell import explained

SECONDS_TO_START = 20.0


def start(binary: Path, *, port: int, password: str, log: Path) -> Process:
    """The configuration goes in by standard input: on the command line everybody could read the password."""
    configuration = "\n".join(
        (
            f"bind {LOOPBACK}",
            f"port {port}",
            f"requirepass {password}",
            'save ""',
            "appendonly no",
            "daemonize no",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
        )
    )
    with log.open("wb") as output:
        return Process(
            "redis",
            [binary, "-"],
            env=os.environ,
            cwd=log.parent,
            output=output,
            stdin=configuration.encode() + b"\n",
        )


def wait_ready(process: Process, *, port: int, password: str, log: Path) -> None:
    """Returns when Redis takes the password. Raises LaunchError with the end of its log when it does not."""

    def decided() -> bool:
        return process.returncode() is not None or answers(port, password)

    if not wait_until(decided, seconds=SECONDS_TO_START) or process.returncode() is not None:
        process.stop()
        raise LaunchError(explained("Redis no arrancó.", log.read_text("utf-8", errors="replace")))


def answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1.0) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            said = b""
            while b"PONG" not in said and (part := connection.recv(256)):
                said += part
    except OSError:
        return False
    return said.startswith(b"+OK") and b"PONG" in said


def url(password: str, port: int) -> str:
    return f"redis://:{password}@{LOOPBACK}:{port}/0"
