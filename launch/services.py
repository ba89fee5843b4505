"""PostgreSQL and Redis together: those of one clone (`embedded`), or of one test run (`temporary`)."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from launch import binaries, cluster, postgres, redis
from launch.cluster import Cluster
from launch.errors import LaunchError
from launch.identity import Identity, identity
from launch.paths import Paths
from launch.ports import any_free, remembered
from launch.process import Process, stop_all
from launch.secrets import Passwords
from launch.timing import Timing


@dataclass(frozen=True, slots=True)
class Services:
    """What runs and how to reach it. A real server, given by its URL, has no process here."""

    database_url: str
    redis_url: str
    owner_url: str | None = None
    processes: tuple[Process, ...] = ()


@contextlib.contextmanager
def embedded(paths: Paths, passwords: Passwords, timing: Timing) -> Iterator[Services]:
    """The services of this clone, their data kept in `var/` (or where `var/cluster.json` says)."""
    who = identity()
    pointer = cluster.read_pointer(paths.var)
    folder = cluster.home_folder(paths, who)
    if pointer is not None and pointer.made:
        folder = Path(pointer.folder)
    with timing.step("cluster"):
        home = Cluster(folder, binaries.postgres_bin(paths, who, cluster.home_folder(paths, who)), who)
        cluster.ensure(home, paths.var, passwords)
    ports = remembered(paths.var, "postgres"), remembered(paths.var, "redis")
    with timing.step("services"), contextlib.ExitStack() as failing:
        running = start_both(paths, home, passwords, ports, logs=paths.var, failing=failing)
        failing.pop_all()
    try:
        yield running
    finally:
        stop_all(running.processes)


@contextlib.contextmanager
def temporary(paths: Paths, *, postgres_bin: Path | None = None, durable: bool = False) -> Iterator[Services]:
    """Services of their own in a folder that goes away; the owner may create databases (the tests')."""
    who, passwords = identity(), Passwords.made()
    with tempfile.TemporaryDirectory(prefix="recuperada-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        bin_folder = postgres_bin or binaries.postgres_bin(paths, who, binaries_folder(paths, who, folder))
        home = Cluster(folder, bin_folder, who, durable=durable, owner_creates_databases=True)
        cluster.make(home, passwords)
        with contextlib.ExitStack() as failing:
            running = start_both(
                paths, home, passwords, (any_free(), any_free()), logs=folder, failing=failing
            )
            failing.pop_all()
        try:
            yield running
        finally:
            stop_all(running.processes)


def binaries_folder(paths: Paths, who: Identity, folder: Path) -> Path:
    """Copies of the programs are kept between test runs, beside the clone's own data."""
    return folder if who.uid is None else cluster.home_folder(paths, who)


def start_both(
    paths: Paths,
    home: Cluster,
    passwords: Passwords,
    ports: tuple[int, int],
    *,
    logs: Path,
    failing: contextlib.ExitStack,
) -> Services:
    """Both start at once. Whatever already runs is stopped by `failing` when the other does not come up."""
    postgres_port, redis_port = ports
    postgres_log, redis_log = logs / "postgres.log", logs / "redis.log"
    database = postgres.start(home, port=postgres_port, log=postgres_log)
    failing.callback(database.stop)
    broker = redis.start(
        binaries.redis_server(paths), port=redis_port, password=passwords.redis, log=redis_log
    )
    failing.callback(broker.stop)
    redis.wait_ready(broker, port=redis_port, password=passwords.redis, log=redis_log)
    postgres.wait_ready(database, home, postgres_log)
    return Services(
        database_url=postgres.application_url(passwords, postgres_port),
        redis_url=redis.url(passwords.redis, redis_port),
        owner_url=postgres.owner_url(passwords, postgres_port),
        processes=(broker, database),
    )


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[None]:
    """Holds `var/lock`. Raises LaunchError when another launcher of this clone holds it."""
    descriptor = os.open(var / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise LaunchError(
            "Ya está en marcha desde esta carpeta: cerralo con Ctrl-C en su terminal."
        ) from error
    finally:
        os.close(descriptor)
