"""Every address of the assemblies, tried by a stranger, a member and an officer."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member
from tests.support import people
from tests.support.database import Databases, cloned
from tests.support.desk import Desk

pytestmark = pytest.mark.django_db

# name, what the address is about, stranger's status, member's, secretary's
PAGES = [
    ("list", "", 302, 200, 200),
    ("convene", "", 302, 403, 200),
    ("detail", "assembly", 302, 200, 200),
    ("live", "assembly", 302, 200, 200),
    ("board", "assembly", 302, 200, 200),
    ("board_live", "assembly", 302, 200, 200),
    ("attendance", "assembly", 302, 403, 200),
    ("attendance_live", "assembly", 302, 403, 200),
    ("move", "assembly", 302, 200, 200),
    ("poll", "poll", 302, 200, 200),
    ("poll_live", "poll", 302, 200, 200),
    ("named_list", "poll", 302, 302, 302),
    # While the session lasts there are no minutes yet: see test_minutes_views.py for the rest.
    ("minutes", "assembly", 302, 200, 200),
    ("minutes_book", "", 302, 200, 200),
    ("minutes_write", "assembly", 302, 403, 422),
    ("minutes_signers", "assembly", 302, 403, 200),
    ("minutes_close", "assembly", 302, 403, 422),
]
# What a member may not do is 403; what nobody may do at that moment is 422.
ACTS = [
    ("open", "assembly", 302, 403, 422),
    ("close", "assembly", 302, 403, 422),
    ("item", "assembly", 302, 403, 422),
    ("check_in", "assembly", 302, 302, 302),
    ("tick", "assembly", 302, 404, 404),
    ("second", "motion", 302, 422, 422),
    ("withdraw", "motion", 302, 403, 422),
    ("poll_open", "motion", 302, 403, 422),
    ("cast", "poll", 422, 422, 422),
    ("poll_close", "poll", 302, 403, 302),
]


@pytest.fixture(scope="module", autouse=True)
def written_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, databases: Databases
) -> Iterator[str]:
    """A poll that is open; every test begins with it and is rolled back."""
    with django_db_blocker.unblock(), cloned(databases) as kept:
        members = people.make_house()
        desk = Desk(members[0], members[1])
        desk.open_poll(desk.seconded(desk.session(members), members[3], members[4]))
        connections["default"].close()
        yield kept.name


@pytest.fixture
def open_poll(db: None) -> Poll:
    return Poll.objects.get()


@pytest.fixture
def motion(open_poll: Poll) -> Motion:
    return open_poll.motion


@pytest.fixture
def session(open_poll: Poll) -> Assembly:
    return Assembly.objects.get()


@pytest.fixture
def about(session: Assembly, motion: Motion, open_poll: Poll) -> dict[str, list[int]]:
    return {"": [], "assembly": [session.pk], "motion": [motion.pk], "poll": [open_poll.pk]}


@pytest.fixture
def readers(members: list[Member], secretary: Member) -> tuple[Client, Client, Client]:
    """A stranger, a member without a seat who neither moved nor seconded, and the secretary."""
    return Client(), people.client_of(members[6]), people.client_of(secretary)


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "officer"), PAGES)
def test_pages_answer_each_reader(
    about: dict[str, list[int]],
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    plain: int,
    officer: int,
) -> None:
    url = reverse(f"assemblies:{name}", args=about[what])
    assert [reader.get(url).status_code for reader in readers] == [stranger, plain, officer]


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "officer"), ACTS)
def test_acts_answer_each_reader_and_are_never_a_get(
    about: dict[str, list[int]],
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    plain: int,
    officer: int,
) -> None:
    url = reverse(f"assemblies:{name}", args=about[what])
    assert [reader.get(url).status_code for reader in readers[1:]] == [405, 405]
    assert [reader.post(url).status_code for reader in readers] == [stranger, plain, officer]


@pytest.mark.parametrize("name", [name for name, what, *_ in [*PAGES, *ACTS] if what])
def test_what_does_not_exist_is_not_found(
    readers: tuple[Client, ...], about: dict[str, list[int]], name: str
) -> None:
    url = reverse(f"assemblies:{name}", args=[999_999])
    is_page = name in {page for page, *_ in PAGES}
    answer = readers[2].get(url) if is_page else readers[2].post(url, {"choice": "yes", "here": "1"})
    # A ballot for a poll that is not there is refused like one for a closed poll.
    assert answer.status_code == (422 if name == "cast" else 404)


def test_an_act_without_a_csrf_token_is_refused(
    open_poll: Poll, voter_of: Callable[[Member], object]
) -> None:
    browser = people.client_of(open_poll.motion.mover, enforce_csrf_checks=True)
    url = reverse("assemblies:cast", args=[open_poll.pk])
    assert browser.post(url, {"choice": "yes"}).status_code == 403


def test_a_power_that_ended_yesterday_opens_nothing(desk: Desk, members: list[Member]) -> None:
    former = members[5]
    browser = people.client_of(former)
    assert browser.get(reverse("assemblies:convene")).status_code == 403
