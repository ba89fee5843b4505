"""One's own cooperative beside the demonstration: a second database in the same cluster, and which it is.

`var/own` is the choice. It is written by `OWN=1 make run`, or by the page that offers it in the browser,
which has its path as OWN_CHOICE; `OWN=0 make run` takes it away. Neither touches the data of the other.
"""

import contextlib
import dataclasses
import json
import os
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit, urlunsplit

from launch import environment, postgres, prepare, secrets
from launch.cluster import APPLICATION, OWNER
from launch.errors import LaunchError
from launch.paths import Paths, write_private
from launch.services import Services
from launch.shell import run

CHOICE = "own"
DATABASE = "propia"
# Jobs of the one are not the other's.
BROKER = "1"
MAKE = """
import os, sys, psycopg
database, owner, application = sys.argv[1:]
with psycopg.connect(os.environ["SUPERUSER_URL"], autocommit=True) as server:
    if not server.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone():
        server.execute(f"CREATE DATABASE {database} OWNER {owner}")
    server.execute(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")
    server.execute(f"GRANT CONNECT ON DATABASE {database} TO {application}")
"""


def chosen(paths: Paths, environ: Mapping[str, str], found: Services) -> Services:
    """The services to serve with: of the demonstration, or of one's own cooperative. Embedded ones only."""
    if environ.get("OWN", "").strip():
        choose(paths, own=environment.flag(environ, "OWN"))
    return own_of(paths, found) if found.processes and is_chosen(paths) else found


def choose(paths: Paths, *, own: bool) -> None:
    if own:
        write_private(paths.var / CHOICE, "1\n")
    else:
        (paths.var / CHOICE).unlink(missing_ok=True)


def is_chosen(paths: Paths) -> bool:
    return (paths.var / CHOICE).exists()


def own_of(paths: Paths, found: Services) -> Services:
    """The same servers, its own database (made when it is missing) and its own queue."""
    server = urlsplit(found.database_url).port or 0
    superuser = postgres.url("postgres", secrets.passwords(paths.var).superuser, server)
    failure = "No se pudo hacer la base de datos de tu cooperativa."
    env = {**os.environ, "SUPERUSER_URL": superuser}
    run([paths.python, "-c", MAKE, DATABASE, OWNER, APPLICATION], env=env, cwd=paths.root, failure=failure)
    return dataclasses.replace(
        found,
        database_url=with_path(found.database_url, DATABASE),
        redis_url=with_path(found.redis_url, BROKER),
        owner_url=with_path(found.owner_url or found.database_url, DATABASE),
    )


def with_path(url: str, path: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{path}"))


def is_own(found: Services) -> bool:
    return bool(found.processes) and urlsplit(found.database_url).path == f"/{DATABASE}"


def told(paths: Paths, found: Services) -> dict[str, str]:
    """Where the page that offers it writes the choice; nothing where there is no choice any more."""
    offers = bool(found.processes) and not is_own(found)
    return {"OWN_CHOICE": str(paths.var / CHOICE)} if offers else {}


def asked(paths: Paths, found: Services) -> bool:
    """Whether the browser chose it while the demonstration was served."""
    return bool(found.processes) and not is_own(found) and is_chosen(paths)


def or_asked(due: Callable[[], bool], paths: Paths, found: Services) -> Callable[[], bool]:
    return lambda: due() or asked(paths, found)


def invitation(paths: Paths, env: Mapping[str, str], found: Services, site: str) -> Sequence[str]:
    """What the terminal says of an embedded database without a cooperative: where to begin, with its code."""
    if not found.processes:
        return []
    # An exit code other than 0 says that there is one already.
    with contextlib.suppress(LaunchError, ValueError, KeyError):
        path = json.loads(prepare.manage(paths, env, "begin", "--json", failure=""))["path"]
        return ["", "Para empezar con tu cooperativa:", f"    {site}{path}"]
    return []
