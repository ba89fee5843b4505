"""The secret key and the services' passwords: made once, mode 600, never printed."""

import json
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from launch.paths import write_private


@dataclass(frozen=True, slots=True)
class Passwords:
    """`superuser` is PostgreSQL's own, `owner` migrates, `application` serves; all are safe inside a URL."""

    superuser: str
    owner: str
    application: str
    redis: str

    @classmethod
    def made(cls) -> "Passwords":
        return cls(*(secrets.token_urlsafe(32) for _ in fields(cls)))


def secret_key_file(var: Path) -> Path:
    """The file with Django's secret key, made when it is missing or too short to be whole."""
    path = var / "secret_key"
    if not path.is_file() or len(path.read_text(encoding="utf-8").strip()) < 50:
        write_private(path, secrets.token_urlsafe(64) + "\n")
    path.chmod(0o600)
    return path


def passwords(var: Path) -> Passwords:
    """The passwords of this `var/`. A missing or half-written file is made anew: the services then take the
    new ones.
    """
    path = var / "passwords.json"
    try:
        return Passwords(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        made = Passwords.made()
        write_private(path, json.dumps(asdict(made), indent=2) + "\n")
        return made
