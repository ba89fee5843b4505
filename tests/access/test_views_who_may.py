"""Every address of this room, tried by a stranger, a member and the secretary."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
KEY = UUID(int=7)

# name, arguments, stranger's status, member's, secretary's
PAGES: list[tuple[str, list[object], int, int, int]] = [
    ("access:type_code", [], 200, 200, 200),
    ("access:enrol", ["abcdefghjk"], 404, 404, 404),
    ("access:choose", [], 302, 302, 302),
    ("access:choose_password", [], 302, 302, 302),
    ("access:waiting", [], 302, 302, 302),
    ("access:waiting_live", [], 302, 302, 302),
    ("access:witnesses", [], 302, 403, 200),
    ("access:cards", [], 302, 403, 200),
    ("access:card", [5], 302, 403, 200),
    ("access:card", [500], 302, 403, 404),
    ("access:enter_pin", [], 302, 302, 302),
    ("access:ask_mail", [], 302, 302, 302),
    ("access:mail_code", [], 302, 302, 302),
    ("access:devices", [], 302, 200, 200),
    ("access:enrol_hall_pin", [], 302, 200, 200),
]
ACTS: list[tuple[str, list[object], int, int, int]] = [
    ("access:choose_passkey", [], 302, 302, 302),
    ("access:new_passkey_options", [], 409, 409, 409),
    ("access:witness", [KEY], 302, 403, 422),
    ("access:turn_away", [KEY], 302, 403, 422),
    ("access:void_card", [KEY], 302, 403, 422),
    ("access:enter_passkey", [], 302, 302, 302),
    ("access:passkey_options", [], 409, 409, 409),
    ("access:void_device", [KEY], 302, 422, 422),
]
# Those of the hall have a list of their own beside their tests.
ELSEWHERE = ("hall", "kiosk", "confirm")


@pytest.fixture
def readers(member: Member, secretary: Member) -> tuple[Client, Client, Client]:
    return Client(), people.client_of(member), people.client_of(secretary)


@pytest.mark.parametrize(("name", "arguments", "stranger", "plain", "officer"), PAGES)
def test_pages_answer_each_reader(readers, name, arguments, stranger, plain, officer) -> None:
    statuses = [reader.get(reverse(name, args=arguments)).status_code for reader in readers]
    assert statuses == [stranger, plain, officer]


@pytest.mark.parametrize(("name", "arguments", "stranger", "plain", "officer"), ACTS)
def test_acts_answer_each_reader_and_are_never_a_get(
    readers, name, arguments, stranger, plain, officer
) -> None:
    url = reverse(name, args=arguments)
    assert [reader.get(url).status_code for reader in readers[1:]] == [405, 405]
    assert [reader.post(url).status_code for reader in readers] == [stranger, plain, officer]


def test_giving_a_card_is_the_secretarys(readers) -> None:
    for url in ("/alta/tarjetas/", "/registro/5/tarjeta/"):
        sent = {"whom": "numbers", "numbers": "5"}
        assert [reader.post(url, sent).status_code for reader in readers] == [302, 403, 200]


def test_no_address_is_missing_from_this_list() -> None:
    names = {
        f"{room.namespace}:{pattern.name}"
        for room in get_resolver().url_patterns
        if room.namespace == "access"
        for pattern in room.url_patterns
        if not pattern.name.startswith(ELSEWHERE)
    }
    assert names == {name for name, *_ in PAGES + ACTS}


def test_codes_by_e_mail_are_offered_only_where_the_server_can_send_them(cooperative, settings) -> None:
    settings.EMAIL_OFFERED = False
    assert "/ingresar/correo/" not in Client().get("/ingresar/").content.decode()
    settings.EMAIL_OFFERED = True
    assert "/ingresar/correo/" in Client().get("/ingresar/").content.decode()
    assert Client().get("/ingresar/correo/").status_code == 200
