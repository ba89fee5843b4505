"""People with browsers in front of the real server; `phone(member)` is signed in, `phone()` a stranger."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Protocol

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from coop.members.models import Member, SignIn
from tests.journeys.town import Town, populate
from tests.support.browser import LAPTOP, PHONE, PROJECTOR, Person, Screen, chromium, cookie_of, seated
from tests.support.database import Databases, RealDatabase, cloned
from tests.support.desk import Desk
from tests.support.live import Live, serving
from tests.support.people import Instants


class Sit(Protocol):
    def __call__(self, who: Member | SignIn | None = None, **options: Any) -> Person: ...


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def real_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[RealDatabase]:
    """A clone for this journey alone, and always of the same name: the server outlives it."""
    with django_db_blocker.unblock(), cloned(databases, name=f"{databases.prefix}_journey") as database:
        yield database


@pytest.fixture(scope="package")
def served() -> Iterator[Callable[[RealDatabase], Live]]:
    """`served(database)`: one server for all journeys, started with the first. Each finds the database of
    that name as new as a server that was restored; a connection of the last one is found dead and made anew.
    """
    started: list[Live] = []
    with contextlib.ExitStack() as house:

        def serve(database: RealDatabase) -> Live:
            if not started:
                started.append(house.enter_context(serving(database)))
            return started[0]

        yield serve


@pytest.fixture
def site(real_database: RealDatabase, served: Callable[[RealDatabase], Live]) -> Live:
    return served(real_database)


@pytest.fixture
def sit(browser: Browser, site: Live) -> Iterator[Callable[..., Person]]:
    """`sit(screen, member)`: everybody leaves at the end, and says what went wrong."""
    with contextlib.ExitStack() as room:

        def down(screen: Screen, who: Member | SignIn | None, **options: Any) -> Person:
            cookie = cookie_of(who) if who else None
            return room.enter_context(seated(browser, site.address, screen, cookie, **options))

        yield down


@pytest.fixture(scope="package")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases) -> Iterator[Town]:
    """Read only: everything that changes something has a `site` of its own."""
    built = Town()
    with contextlib.ExitStack() as open_house:
        with django_db_blocker.unblock():
            before = dict(databases.settings)
            database = open_house.enter_context(cloned(databases))
            populate(built, timezone.now())
            # Other tests go on with their own database while this one is served.
            connections["default"].close()
            databases.settings.update(before)
        with_samples = serving(database, application="tests.documents.web:application")
        built.address = open_house.enter_context(with_samples).address
        yield built


@pytest.fixture(scope="package")
def readers(browser: Browser, town: Town) -> Iterator[Callable[..., Person]]:
    """`readers(screen, who, **options)`: the same person keeps the same screen from test to test."""
    seats: dict[tuple[str, ...], Person] = {}
    with contextlib.ExitStack() as room:

        def reader(screen: Screen, who: str | None, **options: Any) -> Person:
            key = (str(screen), who or "", str(options))
            if key not in seats:
                cookie = town.cookies[who] if who else None
                seats[key] = room.enter_context(seated(browser, town.address, screen, cookie, **options))
                seats[key].expects("^status 4(0[34]|10): GET ")
            return seats[key]

        yield reader


@pytest.fixture
def phone(sit: Callable[..., Person]) -> Sit:
    """390 by 844, with touch."""
    return lambda who=None, **options: sit(PHONE, who, **options)


@pytest.fixture
def laptop(sit: Callable[..., Person]) -> Sit:
    """1280 by 800."""
    return lambda who=None, **options: sit(LAPTOP, who, **options)


@pytest.fixture
def projector(sit: Callable[..., Person]) -> Sit:
    """1920 by 1080."""
    return lambda who=None, **options: sit(PROJECTOR, who, **options)


@pytest.fixture
def at() -> type[Instants]:
    """An assembly that began an hour ago: the server's clock is the real one."""
    began = timezone.now() - timedelta(hours=1)

    class Today(Instants):
        convening = began - timedelta(days=3)
        hour = began
        opening = began + timedelta(minutes=5)
        moving = began + timedelta(minutes=10)
        voting = began + timedelta(minutes=20)
        closing = began + timedelta(minutes=50)

    return Today


@pytest.fixture
def desk(president: Member, secretary: Member, at: type[Instants]) -> Desk:
    return Desk(president, secretary, at)
