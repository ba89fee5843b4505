"""Every address of portal, members and council, tried by a stranger, a member and an officer."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
KEY = UUID(int=7)

# name, arguments, stranger's status, member's, secretary's
PAGES: list[tuple[str, list[object], int, int, int]] = [
    ("portal:home", [], 302, 200, 200),
    ("portal:cards", [], 302, 200, 200),
    ("portal:books", [], 302, 200, 200),
    ("portal:resolutions", [], 302, 200, 200),
    ("portal:resolution", [2026, 99], 302, 404, 404),
    ("portal:record", [], 302, 200, 200),
    ("portal:components", [], 200, 200, 200),
    ("portal:health", [], 200, 200, 200),
    ("portal:doctor", [], 302, 200, 200),
    ("portal:certificate", [], 200, 200, 200),
    ("portal:certificate_file", [], 404, 404, 404),
    ("portal:certificate_profile", [], 404, 404, 404),
    ("members:sign_in", [], 200, 302, 302),
    ("members:choose_password", [], 302, 200, 200),
    ("members:account", [], 302, 200, 200),
    ("members:register", [], 302, 200, 200),
    ("members:member", [5], 302, 200, 200),
    ("members:member", [500], 302, 404, 404),
    ("members:import_register", [], 302, 403, 200),
    ("council:seats", [], 302, 200, 200),
]
ACTS: list[tuple[str, list[object], int, int, int]] = [
    ("portal:set_language", [], 302, 302, 302),
    ("portal:set_theme", [], 302, 302, 302),
    ("members:sign_out", [], 302, 302, 302),
    ("members:end_sign_in", [KEY], 302, 302, 302),
    ("members:end_everywhere", [], 302, 302, 302),
    ("members:confirm_import", [KEY], 302, 403, 302),
]


@pytest.fixture
def readers(member: Member, secretary: Member) -> tuple[Client, Client, Client]:
    return Client(), people.client_of(member), people.client_of(secretary)


@pytest.mark.parametrize(("name", "arguments", "stranger", "plain", "officer"), PAGES)
def test_pages_answer_each_reader(
    readers: tuple[Client, Client, Client],
    name: str,
    arguments: list[object],
    stranger: int,
    plain: int,
    officer: int,
) -> None:
    statuses = [reader.get(reverse(name, args=arguments)).status_code for reader in readers]
    assert statuses == [stranger, plain, officer]


@pytest.mark.parametrize(("name", "arguments", "stranger", "plain", "officer"), ACTS)
def test_acts_answer_each_reader_and_are_never_a_get(
    readers: tuple[Client, Client, Client],
    name: str,
    arguments: list[object],
    stranger: int,
    plain: int,
    officer: int,
) -> None:
    url = reverse(name, args=arguments)
    assert [reader.get(url).status_code for reader in readers[1:]] == [405, 405]
    assert [reader.post(url).status_code for reader in readers] == [stranger, plain, officer]


@pytest.mark.parametrize("name", [name for name, arguments, status, *_ in PAGES if status == 302])
def test_a_stranger_is_sent_to_sign_in_and_back(cooperative: object, name: str) -> None:
    arguments = next(arguments for known, arguments, *_ in PAGES if known == name)
    url = reverse(name, args=arguments)
    assert Client().get(url).headers["Location"] == f"/ingresar/?next={url.replace('/', '%2F')}"


def test_an_act_without_the_forms_token_is_refused_with_a_page(
    member: Member, client_of: Callable[..., Client]
) -> None:
    for name, arguments, *_ in ACTS:
        client = client_of(member, enforce_csrf_checks=True)
        answer = client.post(reverse(name, args=arguments))
        assert answer.status_code == 403
        assert "La página venció" in answer.content.decode()


def test_every_page_carries_the_strict_policy_and_stays_out_of_shared_caches(
    readers: tuple[Client, Client, Client],
) -> None:
    for name, arguments, *_ in PAGES:
        answer = readers[1].get(reverse(name, args=arguments))
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "private" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["portal:home", "portal:record", "members:register", "council:seats"])
@pytest.mark.parametrize("more", [0, 60])
def test_a_page_costs_the_same_however_many_members(
    secretary: Member, django_assert_max_num_queries: Callable[[int], object], name: str, more: int
) -> None:
    Member.objects.bulk_create(
        people.new_member(number, f"Pérez {number}", "Juana") for number in range(100, 100 + more)
    )
    client = people.client_of(secretary)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(name)).status_code == 200
