"""`make run`: from a clean clone to a page that answers."""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from launch import environment, prepare, secrets, services, supervise, system, venv
from launch.errors import LaunchError
from launch.paths import Paths, private_folder
from launch.ports import LOOPBACK, require_free, web_port
from launch.prepare import SignIn
from launch.process import Process
from launch.services import Services
from launch.timing import Timing

# A first start writes about 350 MB of libraries and 50 MB of data; a later one needs room to work.
SPACE_FIRST, SPACE_LATER = 800 * 1024**2, 100 * 1024**2


def run(paths: Paths, environ: Mapping[str, str]) -> None:
    """Serves until it is stopped (Stopped) or something fails (LaunchError)."""
    timing, port = Timing(), web_port(environ)
    lan = environment.flag(environ, "LAN")
    address = "0.0.0.0" if lan else LOOPBACK  # noqa: S104 - asked for with LAN=1
    private_folder(paths.var)
    with services.only_one(paths.var):
        require_free(port, address)
        require_space(paths, SPACE_LATER if paths.python.exists() else SPACE_FIRST)
        with timing.step("system"):
            needs = system.RUN if paths.python.exists() else (*system.RUN, system.VENV)
            system.require(needs, as_root=os.geteuid() == 0)
        with timing.step("venv"):
            venv.ensure(paths, venv.RUN_LOCK)
        with reachable(paths, environ, timing) as found:
            serve(paths, environ, found, timing, address=address, port=port)


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
    paths: Paths, environ: Mapping[str, str], found: Services, timing: Timing, *, address: str, port: int
) -> None:
    env = environment.for_application(
        environ,
        paths,
        database_url=found.database_url,
        redis_url=found.redis_url,
        secret_key_file=secrets.secret_key_file(paths.var),
    )
    env.setdefault("SITE_URL", site_url(port, environment.primary_address() if address != LOOPBACK else ()))
    sign_ins = prepared(paths, env, found, timing)
    with supervise.running(paths, env, address=address, port=port) as started:
        watched, relay = (*started, *found.processes), supervise.Relay(started)
        with timing.step("web"):
            wait_for_web(watched, relay, port)
        timing.keep(paths.var)
        print(welcome(port, environment.lan_addresses() if address != LOOPBACK else (), sign_ins), flush=True)
        supervise.watch(watched, relay, until=lambda: False)


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
    if not found.processes or not environment.flag(env, "DEMO", default=True):
        return []
    with timing.step("demonstration"):
        return prepare.load_demonstration(paths, env)


def wait_for_web(watched: Sequence[Process], relay: supervise.Relay, port: int) -> None:
    seconds = supervise.SECONDS_TO_ANSWER
    if not supervise.watch(watched, relay, until=lambda: supervise.healthy(port), seconds=seconds):
        raise LaunchError(
            f"La página no respondió en {seconds:.0f} segundos. El porqué está en los renglones de arriba."
        )


def welcome(port: int, lan: Sequence[str], sign_ins: Sequence[SignIn]) -> str:
    """Address, sign-ins in columns, how to stop."""
    lines = ["", f"Recuperada está en http://localhost:{port}/"]
    lines += [f"    desde otros teléfonos de la red: http://{address}:{port}/" for address in lan]
    if sign_ins:
        lines += ["", "Para entrar a la cooperativa de demostración:"]
        widths = [max(len(text) for text in column) for column in zip(*map(cells, sign_ins), strict=True)]
        lines += ["    " + "   ".join(map(str.ljust, cells(one), widths)).rstrip() for one in sign_ins]
    return "\n".join([*lines, "", "Ctrl-C para cerrar.", ""])


def cells(one: SignIn) -> tuple[str, str, str]:
    return one.label, f"número {one.sign_in}", f"clave {one.password}"
