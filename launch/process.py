"""One child process: its own session, so that Ctrl-C reaches only the launcher, which stops children in
order.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None, use_errno=True)


def dies_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `with_signal` when the launcher dies, however it dies."""

    def ask_the_kernel() -> None:  # pragma: no cover - runs in the forked child
        libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)

    return ask_the_kernel


class Process:
    """`stop_signal` asks politely; after `patience` seconds comes `last_signal`, to the whole group."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        cwd: Path,
        output: int | IO[bytes],
        stdin: bytes | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        last_signal: signal.Signals = signal.SIGKILL,
        patience: float = 10.0,
    ) -> None:
        self.name, self.stop_signal, self.last_signal, self.patience = (
            name,
            stop_signal,
            last_signal,
            patience,
        )
        self.popen = subprocess.Popen(
            [str(part) for part in command],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(stop_signal),
        )
        if stdin is not None and self.popen.stdin is not None:
            with contextlib.suppress(BrokenPipeError), self.popen.stdin as pipe:
                pipe.write(stdin)

    @property
    def pid(self) -> int:
        return self.popen.pid

    def returncode(self) -> int | None:
        return self.popen.poll()

    def ask_to_stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.send_signal(self.stop_signal)

    def stop(self) -> None:
        """Returns once the process and its group are gone."""
        self.ask_to_stop()
        try:
            self.popen.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.popen.send_signal(self.last_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(self.patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()


def stop_all(processes: Sequence[Process]) -> None:
    """Asks all first, then waits for each: as slow as the slowest, not as their sum."""
    for process in processes:
        process.ask_to_stop()
    for process in processes:
        process.stop()


def wait_until(condition: Callable[[], bool], *, seconds: float, every: float = 0.01) -> bool:
    """Whether `condition` came true within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(every)
    return condition()
