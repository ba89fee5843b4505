"""Fixtures for every room: tests act with the application's rights, in a small invented cooperative.

`@pytest.mark.django_db` is a transaction that is rolled back. `real_database` is a clone of its own, for
threads, servers and everything that must really commit. The fixtures below work with either.
"""

import os
from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from assemblies.models import Assembly, Motion, Poll
from coop.council.models import SeatCode
from coop.members.models import Member, SignIn
from coop.statute.models import Cooperative
from tests.support import people
from tests.support.database import Databases, RealDatabase, cloned
from tests.support.desk import Desk
from tests.support.measured import unmeasured
from tests.support.people import Instants

_slow = [HealthCheck.too_slow]
hypothesis_settings.register_profile("small", max_examples=25, deadline=None, suppress_health_check=_slow)
hypothesis_settings.register_profile("big", max_examples=1000, deadline=None, suppress_health_check=_slow)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))

FLUSHES = frozenset(
    {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    refused = [item.nodeid for item in items if _flushes(item)]
    if refused:
        raise pytest.UsageError(
            "transactional tests end in TRUNCATE, which the application's role may not: "
            f"use the fixture real_database instead ({', '.join(refused)})"
        )


def _flushes(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    options = marker.kwargs if marker else {}
    asked = any(options.get(name) for name in ("transaction", "reset_sequences", "serialized_rollback"))
    return asked or not FLUSHES.isdisjoint(getattr(item, "fixturenames", ()))


# --- databases ---


@pytest.fixture(scope="session")
def databases() -> Databases:
    return Databases()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    databases: Databases,
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    """One template, migrated and granted as the owner; one clone of it for the tests that roll back."""
    with django_db_blocker.unblock():
        with unmeasured(pytestconfig):
            databases.make_template()
        name = databases.clone()
        # Django finds out by making a table, which the application's role may not.
        databases.use(name, databases.owner)
        assert connections["default"].features.supports_transactions
        databases.use(name, databases.application)
    yield
    with django_db_blocker.unblock():
        databases.restore()
        databases.drop(name)


@pytest.fixture(scope="module")
def written_once() -> str | None:
    """What `real_database` clones, if a file's tests all begin with the same past: it overrides this fixture
    with the name of a database where that is written, once (`cloned`). Tests that roll back run in it.
    """
    return None


@pytest.fixture
def real_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    databases: Databases,
    written_once: str | None,
) -> Iterator[RealDatabase]:
    """A clone for this test alone, as the application's role: commits are real, threads see each other."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("real_database and django_db exclude each other")
    with django_db_blocker.unblock(), cloned(databases, written_once) as database:
        yield database


@pytest.fixture
def database(request: pytest.FixtureRequest) -> None:
    """The clone if the test asked for one, otherwise the transaction that is rolled back."""
    request.getfixturevalue("real_database" if "real_database" in request.fixturenames else "db")


@pytest.fixture
def owner(database: None, databases: Databases) -> Iterator[psycopg.Connection]:
    """The owner's own connection, autocommit. It does not see what a rolled-back test has written."""
    with databases.connect(connections["default"].settings_dict["NAME"], databases.owner) as connection:
        yield connection


@pytest.fixture(scope="session", autouse=True)
def light_hashing() -> Iterator[None]:
    """Argon2 as it is served, with less memory and one round: what is slow on purpose is asked for often."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
            patch.setattr(Argon2PasswordHasher, name, value)
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Two tests may use the same keys within a second."""
    cache.clear()


# --- the cooperative: made, or as the file's history left it ---


@pytest.fixture
def at() -> type[Instants]:
    return Instants


@pytest.fixture
def cooperative(database: None) -> Cooperative:
    """With the model statute from 2002 on, and the nine seats."""
    return Cooperative.objects.first() or people.make_cooperative()


@pytest.fixture
def members(cooperative: Cooperative) -> list[Member]:
    """Seven, numbers 1 to 7. The first three take their seats with `president`, `secretary`, `treasurer`."""
    return (
        list(Member.objects.filter(number__lte=len(people.NAMES)).order_by("number")) or people.make_members()
    )


def _seated(member: Member, seat: SeatCode) -> Member:
    if not member.terms.filter(seat__code=seat).exists():
        people.give_seat(member, seat)
    return member


@pytest.fixture
def president(members: list[Member]) -> Member:
    return _seated(members[0], SeatCode.PRESIDENT)


@pytest.fixture
def secretary(members: list[Member]) -> Member:
    return _seated(members[1], SeatCode.SECRETARY)


@pytest.fixture
def treasurer(members: list[Member]) -> Member:
    return _seated(members[2], SeatCode.TREASURER)


@pytest.fixture
def member(members: list[Member]) -> Member:
    """Holds no seat."""
    return members[3]


@pytest.fixture
def client_of(database: None) -> Callable[..., object]:
    """`client_of(member)`: a browser signed in as that member by a real SignIn."""
    return people.client_of


@pytest.fixture
def voter_of(database: None, at: type[Instants]) -> Callable[[Member], SignIn]:
    """`voter_of(member)`: a sign-in that is alive at the assembly's instants."""
    return lambda member: people.signed_in(member, at.convening)


# --- an assembly ---


@pytest.fixture
def desk(president: Member, secretary: Member) -> Desk:
    return Desk(president, secretary)


@pytest.fixture
def assembly(desk: Desk) -> Assembly:
    """Convened; nobody is there yet."""
    return desk.convene()


@pytest.fixture
def session(desk: Desk, members: list[Member]) -> Assembly:
    """Open, with everyone present."""
    return desk.session(members)


@pytest.fixture
def motion(desk: Desk, session: Assembly, members: list[Member]) -> Motion:
    """Seconded, ready for the vote: moved by the fourth member, seconded by the fifth."""
    return desk.seconded(session, members[3], members[4])


@pytest.fixture
def open_poll(desk: Desk, motion: Motion) -> Poll:
    """Everyone is on its roll, nobody has voted."""
    return desk.open_poll(motion)
