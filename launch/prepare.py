"""Between the database and the web: tables, rights, static files, the demonstration cooperative."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launch.cluster import APPLICATION
from launch.paths import Paths, write_private
from launch.shell import run


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of the welcome: who, with what, to try."""

    label: str
    sign_in: str
    password: str


def manage(paths: Paths, env: Mapping[str, str], *arguments: str, failure: str) -> str:
    return run([paths.python, paths.root / "manage.py", *arguments], env=env, cwd=paths.root, failure=failure)


def migrate(paths: Paths, env: Mapping[str, str], *, owner_url: str, role: str = APPLICATION) -> None:
    """As the owner; then gives `role` what it may do with each table. Raises LaunchError with Django's
    words.
    """
    as_owner = {**env, "DATABASE_URL": owner_url}
    manage(
        paths, as_owner, "migrate", "--noinput", "--verbosity=0", failure="No se pudieron crear las tablas."
    )
    manage(paths, as_owner, "grant_application_role", role, failure="No se pudieron dar los permisos.")


def collect_static(paths: Paths, env: Mapping[str, str]) -> bool:
    """Gathers static files into `staticfiles/`; False when nothing changed since the last time."""
    kept, digest = paths.var / "static-digest", static_digest(paths, env)
    manifest = paths.root / "staticfiles" / "staticfiles.json"
    if manifest.exists() and kept.exists() and kept.read_text(encoding="utf-8") == digest:
        return False
    kept.unlink(missing_ok=True)
    manage(
        paths,
        env,
        "collectstatic",
        "--noinput",
        "--clear",
        failure="No se pudieron reunir los archivos estáticos.",
    )
    write_private(kept, digest)
    return True


def static_digest(paths: Paths, env: Mapping[str, str]) -> str:
    """Names, sizes and times of our files, the lock (for those of libraries) and the settings."""
    digest = hashlib.sha256(env.get("DEBUG", "0").encode())
    for path in (paths.root / "requirements.txt", paths.root / "coop" / "settings.py"):
        digest.update(path.read_bytes())
    for path in sorted((paths.root / "static").rglob("*")):
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def load_demonstration(paths: Paths, env: Mapping[str, str]) -> list[SignIn]:
    """Loads the demonstration cooperative as the application's role; the command leaves an existing one
    alone.
    """
    file = paths.var / "demo_passwords.json"
    failure = "No se pudo cargar la cooperativa de demostración."
    manage(paths, env, "load_demo", "--passwords-file", str(file), failure=failure)
    return sign_ins(file)


def sign_ins(file: Path) -> list[SignIn]:
    """An absent or odd file gives none: the welcome is then shorter."""
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return [SignIn(str(row["label"]), str(row["sign_in"]), str(row["password"])) for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return []
