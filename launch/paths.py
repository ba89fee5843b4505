"""Where things are inside one clone."""

import os
from dataclasses import dataclass
from pathlib import Path

from launch.errors import LaunchError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """`root` is the clone. `var` is private (mode 700): it holds the secret key, the passwords and the
    data.
    """

    root: Path

    @property
    def var(self) -> Path:
        return self.root / "var"

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        """Raises LaunchError when `.venv` holds none."""
        for found in sorted((self.venv / "lib").glob("python3*/site-packages")):
            return found
        raise LaunchError("El entorno .venv está incompleto: borralo y volvé a probar.")


def private_folder(path: Path) -> Path:
    """Makes `path` with mode 700, or tightens it. Raises LaunchError when a file stands in its place."""
    if path.exists() and not path.is_dir():
        raise LaunchError(f"{path} tendría que ser una carpeta: movela a otro lado y volvé a probar.")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Replaces `path` in one step, mode 600: a reader or a crash sees the old text or the new, never half."""
    making = path.with_name(path.name + ".making")
    making.unlink(missing_ok=True)
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
