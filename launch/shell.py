"""Runs a helper program quietly; its output is shown only when it fails."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch.errors import NO_SPACE, LaunchError

LINES_SHOWN = 15


def run(
    command: Sequence[str | Path],
    *,
    failure: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
) -> str:
    """What `command` printed. Raises LaunchError with `failure` and the last lines of its output if it
    fails.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise LaunchError(f"{failure} ({error.strerror})") from error
    if done.returncode != 0:
        raise LaunchError(explained(failure, done.stdout))
    return done.stdout


def explained(failure: str, output: str) -> str:
    """`failure` alone when the disk is full (nothing else matters then), otherwise with the end of the
    output.
    """
    if NO_SPACE in output:
        return f"{failure} No queda espacio en el disco. Liberá espacio y volvé a probar."
    tail = [line for line in output.splitlines() if line.strip()][-LINES_SHOWN:]
    return "\n".join([failure, *(f"    {line}" for line in tail)])
