"""How long each step of a start took, kept in `var/timing.json` for whoever asks."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.paths import write_private


class Timing:
    """Seconds per step, in the order the steps began."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        try:
            yield
        finally:
            self.seconds[name] = round(time.monotonic() - began, 3)

    def keep(self, var: Path) -> None:
        write_private(var / "timing.json", json.dumps(self.seconds, indent=2) + "\n")
