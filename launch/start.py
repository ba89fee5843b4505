"""`make run`: from a clean clone to a page that answers."""

import contextlib
import datetime
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from launch import environment, own, prepare, secrets, services, supervise, system, venv
from launch.errors import LaunchError
from launch.hall import Hall, Made, application, asked, make_certificate, watcher
from launch.manage import SERVING, TOLD
from launch.paths import Paths, private_folder, write_private
from launch.ports import LOOPBACK, require_free, web_port
from launch.prepare import SignIn
from launch.process import Process
from launch.services import Services
from launch.timing import Timing
from launch.welcome import say_welcome

# A first start writes about 350 MB of libraries and 50 MB of data; a later one needs room to work.
SPACE_FIRST, SPACE_LATER = 800 * 1024**2, 100 * 1024**2


def run(paths: Paths, environ: Mapping[str, str]) -> None:
    """Serves until it is stopped (Stopped) or something fails (LaunchError)."""
    timing, port = Timing(), web_port(environ)
    hall = asked(environ, paths, port)
    lan = environment.flag(environ, "LAN") or hall is not None
    address = "0.0.0.0" if lan else LOOPBACK  # noqa: S104 - asked for with LAN=1 or HALL=1
    private_folder(paths.var)
    with services.only_one(paths.var):
        require_free(port, address)
        if hall is not None:
            require_free(hall.port, address, "HALL_PORT")
        require_space(paths, SPACE_LATER if paths.python.exists() else SPACE_FIRST)
        with timing.step("system"):
            needs = system.RUN if paths.python.exists() else (*system.RUN, system.VENV)
            system.require(needs, as_root=os.geteuid() == 0)
        with timing.step("venv"):
            venv.ensure(paths, venv.RUN_LOCK)
        with reachable(paths, environ, timing) as found:
            serve(paths, environ, found, timing, address=address, port=port, hall=hall)


def require_space(paths: Paths, needed: int) -> None:
    """`needed` in bytes. Raises LaunchError: better before than in the middle of a write."""
    free = shutil.disk_usage(paths.root).free
    if free < needed:
        raise LaunchError(
            f"No queda espacio en el disco: hay {free // 1024**2} MB libres en {paths.root} y hacen falta "
            f"{needed // 1024**2}. Liberá espacio y volvé a probar."
        )


@contextlib.contextmanager
def reachable(paths: Paths, environ: Mapping[str, str], timing: Timing) -> Iterator[Services]:
    """The real servers that the environment names, or the embedded ones. Raises LaunchError for one without
    the other.
    """
    database_url, redis_url = environ.get("DATABASE_URL", ""), environ.get("REDIS_URL", "")
    if bool(database_url) != bool(redis_url):
        raise LaunchError("DATABASE_URL y REDIS_URL van juntas: poné las dos, o ninguna.")
    if database_url:
        yield Services(database_url, redis_url, environ.get("OWNER_DATABASE_URL") or None)
        return
    with services.embedded(paths, secrets.passwords(paths.var), timing) as found:
        yield found


def serve(
    paths: Paths,
    environ: Mapping[str, str],
    found: Services,
    timing: Timing,
    *,
    address: str,
    port: int,
    hall: Hall | None = None,
) -> None:
    """Until something ends it. In hall mode the pages go away for some seconds when the certificate must be
    made again: this machine has a new address, or the old one is about to expire.
    """
    made = certified(paths, hall, timing)
    found = own.chosen(paths, environ, found)
    env = environment_of(paths, environ, found, address=address, port=port, hall=hall, made=made)
    sign_ins = prepared(paths, env, found, timing)
    invitation = invited(paths, env, found, port)
    while True:
        with (
            remembered(paths.var, env),
            supervise.running(paths, env, address=address, port=port, hall=hall) as started,
        ):
            watched, relay = (*started, *found.processes), supervise.Relay(started)
            with timing.step("web"):
                wait_for_web(watched, relay, port, hall)
            timing.keep(paths.var)
            say_welcome(paths, port, address, sign_ins, hall, made, invitation)
            due = watcher(made, clock=time.monotonic, now=right_now) if made else never
            supervise.watch(watched, relay, until=own.or_asked(due, paths, found))
        if own.asked(paths, found):
            print("Preparo la base de datos de tu cooperativa…", flush=True)
            found = own.own_of(paths, found)
            env = environment_of(paths, environ, found, address=address, port=port, hall=hall, made=made)
            sign_ins = prepared(paths, env, found, timing)
            invitation = invited(paths, env, found, port)
            continue
        print("Hago de nuevo el certificado del salón…", flush=True)
        made = certified(paths, hall, timing)
        env = environment_of(paths, environ, found, address=address, port=port, hall=hall, made=made)


def invited(paths: Paths, env: Mapping[str, str], found: Services, port: int) -> Sequence[str]:
    """How to begin one's own, unless this is the demonstration: its page offers it."""
    if not own.is_own(found) and environment.flag(env, "DEMO", default=True):
        return []
    return own.invitation(paths, env, found, env.get("SITE_URL") or site_url(port, ()))


def never() -> bool:
    return False


def right_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def certified(paths: Paths, hall: Hall | None, timing: Timing) -> Made | None:
    if hall is None:
        return None
    with timing.step("certificate"):
        return make_certificate(paths, hall)


def environment_of(
    paths: Paths,
    environ: Mapping[str, str],
    found: Services,
    *,
    address: str,
    port: int,
    hall: Hall | None,
    made: Made | None,
) -> dict[str, str]:
    env = environment.for_application(
        environ,
        paths,
        database_url=found.database_url,
        redis_url=found.redis_url,
        secret_key_file=secrets.secret_key_file(paths.var),
        hall=application(hall, made.addresses) if hall and made else None,
    )
    env.setdefault("SITE_URL", site_url(port, environment.primary_address() if address != LOOPBACK else ()))
    return env | own.told(paths, found)


@contextlib.contextmanager
def remembered(var: Path, env: Mapping[str, str]) -> Iterator[None]:
    """`var/serving.json`, while it serves: `python -m launch manage` then has the same settings."""
    file = var / SERVING
    write_private(file, json.dumps({name: env[name] for name in TOLD if env.get(name)}, indent=2) + "\n")
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def site_url(port: int, lan: Sequence[str]) -> str:
    """Where the QR of a document leads: this machine, as the phones of the network see it if they may."""
    return f"http://{(*lan, 'localhost')[0]}:{port}"


def prepared(paths: Paths, env: Mapping[str, str], found: Services, timing: Timing) -> list[SignIn]:
    """A demonstration goes only into the embedded database, never into a real server."""
    if found.owner_url:
        with timing.step("migrate"):
            role = urlsplit(found.database_url).username or ""
            prepare.migrate(paths, env, owner_url=found.owner_url, role=role)
    with timing.step("static"):
        prepare.collect_static(paths, env)
    if not found.processes or own.is_own(found) or not environment.flag(env, "DEMO", default=True):
        return []
    with timing.step("demonstration"):
        return prepare.load_demonstration(paths, env)


def wait_for_web(
    watched: Sequence[Process], relay: supervise.Relay, port: int, hall: Hall | None = None
) -> None:
    def answers() -> bool:
        return supervise.healthy(port) and (hall is None or supervise.healthy(hall.port, secure=True))

    seconds = supervise.SECONDS_TO_ANSWER
    if not supervise.watch(watched, relay, until=answers, seconds=seconds):
        raise LaunchError(
            f"La página no respondió en {seconds:.0f} segundos. El porqué está en los renglones de arriba."
        )
