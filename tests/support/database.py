"""Databases for tests: a template made once as the owner, then clones used with the application's rights.

Django's own way (flush after a transactional test) needs TRUNCATE, which nobody but the owner has. So a test
that needs real transactions gets a clone of the template for itself.

Fifteen seconds of migrations are run once for each state of the source, not once for each process: the
template is named after what it is made from, and stays on the server for whoever comes next.
"""

import contextlib
import hashlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from coop.common.grants import grant_to

_serial = itertools.count(1)
# Templates of other sources that may stay on the server.
KEPT = 12
SOURCES = ("coop", "assemblies", "payroll", "requirements.txt")


def made_from(application: str) -> str:
    """Sixteen signs for everything that decides what a template is: the source, and who gets rights in it."""
    seen = hashlib.sha256(application.encode())
    for source in SOURCES:
        top = Path(settings.BASE_DIR) / source
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            seen.update(str(path.relative_to(settings.BASE_DIR)).encode())
            seen.update(path.read_bytes())
    return seen.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Role:
    name: str
    password: str


class Databases:
    """Makes, clones and drops databases beside the one that DATABASE_URL names."""

    def __init__(self) -> None:
        missing = [name for name in ("TEST_APP_ROLE", "TEST_APP_PASSWORD") if not os.environ.get(name)]
        if missing:
            raise RuntimeError(
                f"{' and '.join(missing)} not set: tests act as the application's role (make test)"
            )
        self.settings = connections.settings["default"]
        self.before = dict(self.settings)
        self.owner = Role(self.settings["USER"], self.settings["PASSWORD"])
        self.application = Role(os.environ["TEST_APP_ROLE"], os.environ["TEST_APP_PASSWORD"])
        self.prefix = f"test_{self.settings['NAME']}_{os.getpid()}"
        self.shared = f"test_{self.settings['NAME']}_shared_"
        self.template = f"{self.shared}{made_from(self.application.name)}"
        self._holding: psycopg.Connection | None = None

    def connect(self, name: str, role: Role) -> psycopg.Connection:
        """A connection of one's own, autocommit."""
        return psycopg.connect(
            host=self.settings["HOST"],
            port=self.settings["PORT"],
            dbname=name,
            user=role.name,
            password=role.password,
            autocommit=True,
        )

    def make_template(self) -> None:
        """Or finds it as another process left it. It is held until `restore`: nobody drops it meanwhile."""
        self._holding = self.connect(self.before["NAME"], self.owner)
        self._holding.execute("SELECT pg_advisory_lock(hashtext(%s))", [f"{self.template} is made"])
        self._holding.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [self.template])
        if self.template not in self._templates():
            self._drop_old_ones()
            unfinished = f"{self.prefix}_unfinished"
            self._migrate(unfinished)
            self._run("ALTER DATABASE {} RENAME TO {}", unfinished, self.template)
        self._holding.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"{self.template} is made"])

    def _migrate(self, name: str) -> None:
        self._run("CREATE DATABASE {}", name)
        self.use(name, self.owner)
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            grant_to(self.application.name)
        connections["default"].close()

    def _templates(self) -> list[str]:
        """The newest first."""
        assert self._holding is not None
        found = self._holding.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [self.shared]
        )
        return [name for (name,) in found]

    def _drop_old_ones(self) -> None:
        """Templates of a source that is no more, unless somebody's tests are still running on it."""
        assert self._holding is not None
        for name in self._templates()[KEPT:]:
            asked = "SELECT pg_try_advisory_lock(hashtext(%s))"
            (free,) = self._holding.execute(asked, [name]).fetchone() or (False,)
            if free:
                self._run("DROP DATABASE IF EXISTS {}", name)
                self._holding.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])

    def clone(self, source: str | None = None, name: str = "") -> str:
        """`name`: for whoever must find the next one where the last one was."""
        name = name or f"{self.prefix}_{next(_serial)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, source or self.template)
        return name

    def drop(self, name: str) -> None:
        """Whoever is still connected is thrown out: a role can end its own connections only."""
        for role in (self.application, self.owner):
            with contextlib.closing(self.connect(self.before["NAME"], role)) as maintenance:
                maintenance.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = %s AND usename = current_user",
                    [name],
                )
        # Without FORCE the server waits five seconds for those on their way out.
        self._run("DROP DATABASE IF EXISTS {}", name)

    def use(self, name: str, role: Role) -> None:
        """From now on every connection of Django's, in whatever thread, is to `name` as `role`."""
        connections["default"].close()
        self.settings.update(NAME=name, USER=role.name, PASSWORD=role.password)

    def restore(self) -> None:
        connections["default"].close()
        self.settings.update(self.before)
        if self._holding is not None:
            self._holding.close()

    def url(self, name: str, role: Role) -> str:
        return (
            f"postgresql://{role.name}:{role.password}@{self.settings['HOST']}:{self.settings['PORT']}/{name}"
        )

    def _run(self, statement: str, *names: str) -> None:
        with contextlib.closing(self.connect(self.before["NAME"], self.owner)) as maintenance:
            maintenance.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@dataclass(frozen=True, slots=True)
class RealDatabase:
    """A clone in use by this test alone; what is committed stays until the test ends."""

    databases: Databases
    name: str

    @property
    def url(self) -> str:
        """As the application's role."""
        return self.databases.url(self.name, self.databases.application)

    @property
    def owner_url(self) -> str:
        return self.databases.url(self.name, self.databases.owner)


@contextlib.contextmanager
def cloned(databases: Databases, source: str | None = None, *, name: str = "") -> Iterator[RealDatabase]:
    """The default connection goes to a fresh clone (of the template, or of `source`), then back to where it
    was.
    """
    before = dict(databases.settings)
    # Nobody may be connected to what is cloned.
    connections["default"].close()
    name = databases.clone(source, name)
    try:
        databases.use(name, databases.application)
        yield RealDatabase(databases, name)
    finally:
        connections["default"].close()
        databases.settings.update(before)
        databases.drop(name)
