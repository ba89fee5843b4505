"""`python -m launch manage …`: manage.py against the services that `make run` has running in this clone."""

import json
import subprocess
from collections.abc import Mapping, Sequence

from launch import environment, own, postgres, redis, secrets
from launch.errors import LaunchError
from launch.paths import Paths
from launch.ports import is_free

# While `make run` serves, what it told the settings beside the two addresses.
SERVING = "serving.json"
TOLD = (
    "SITE_URL",
    "ALLOWED_HOSTS",
    "HTTPS",
    "HALL",
    "HALL_PORT",
    "HALL_DOOR_PORT",
    "HALL_CERTIFICATE",
    "HALL_AUTHORITY",
)


def run(paths: Paths, environ: Mapping[str, str], arguments: Sequence[str]) -> int:
    """The command's exit code. Raises LaunchError when nothing is running here."""
    command = [str(paths.python), "manage.py", *arguments]
    return subprocess.run(command, cwd=paths.root, env=beside(paths, environ), check=False).returncode


def beside(paths: Paths, environ: Mapping[str, str]) -> dict[str, str]:
    """The environment that the running processes have: the real servers' if it is named, or the embedded."""
    named = environ.get("DATABASE_URL"), environ.get("REDIS_URL")
    database_url, redis_url = named if all(named) else embedded_urls(paths)
    if not all(named) and (paths.var / own.CHOICE).exists():
        database_url, redis_url = (
            own.with_path(str(database_url), own.DATABASE),
            own.with_path(str(redis_url), own.BROKER),
        )
    return environment.for_application(
        environ,
        paths,
        database_url=str(database_url),
        redis_url=str(redis_url),
        secret_key_file=secrets.secret_key_file(paths.var),
        hall=told(paths),
    )


def told(paths: Paths) -> dict[str, str]:
    try:
        kept = json.loads((paths.var / SERVING).read_text(encoding="utf-8"))
        return {name: str(kept[name]) for name in TOLD if name in kept}
    except (OSError, ValueError, TypeError):
        return {}


def embedded_urls(paths: Paths) -> tuple[str, str]:
    stopped = LaunchError("No hay nada en marcha en esta carpeta: poné make run en otra terminal.")
    try:
        ports = json.loads((paths.var / "ports.json").read_text(encoding="utf-8"))
        at, broker = int(ports["postgres"]), int(ports["redis"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise stopped from error
    if is_free(at):
        raise stopped
    words = secrets.passwords(paths.var)
    return postgres.application_url(words, at), redis.url(words.redis, broker)
