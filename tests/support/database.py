"""Databases for tests: a template made once as the owner, then clones used with the application's rights.

Django's own way (flush after a transactional test) needs TRUNCATE, which nobody but the owner has. So a test
that needs real transactions gets a clone of the template for itself.
"""

import contextlib
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.core.management import call_command
from django.db import connection, connections, transaction
from psycopg import sql

from coop.common.grants import grant_to

_serial = itertools.count(1)


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
        self.template = f"{self.prefix}_template"

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
        self._run("CREATE DATABASE {}", self.template)
        self.use(self.template, self.owner)
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            grant_to(self.application.name)
        # Django finds out by making a table, which the application's role may not.
        assert connection.features.supports_transactions
        connections["default"].close()

    def clone(self) -> str:
        name = f"{self.prefix}_{next(_serial)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, self.template)
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
def cloned(databases: Databases) -> Iterator[RealDatabase]:
    """The default connection goes to a fresh clone, then back to where it was."""
    before = dict(databases.settings)
    name = databases.clone()
    try:
        databases.use(name, databases.application)
        yield RealDatabase(databases, name)
    finally:
        connections["default"].close()
        databases.settings.update(before)
        databases.drop(name)
