"""Every address of the hall, tried by a stranger, a member, an officer without that power, and its keeper."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assemblies.domain.hall import open_kiosk
from assemblies.models import Assembly, Kiosk, Poll
from coop.members.models import Member
from tests.support import people
from tests.support.people import Instants

pytestmark = pytest.mark.django_db

# name, what it is about, method, stranger's status, member's, treasurer's, secretary's
ADDRESSES = [
    ("hall", "assembly", "get", 302, 403, 403, 200),
    ("kiosk_close", "kiosk", "post", 302, 403, 403, 302),
    ("kiosk", "", "get", 200, 200, 200, 200),
    ("kiosk", "", "post", 200, 200, 200, 200),
    ("kiosk_live", "", "get", 302, 302, 302, 302),
    ("kiosk_turn", "", "get", 302, 302, 302, 302),
    ("kiosk_done", "", "get", 302, 302, 302, 302),
    ("kiosk_check_in", "", "post", 302, 302, 302, 302),
    ("kiosk_cast", "poll", "post", 302, 302, 302, 302),
    ("kiosk_leave", "", "post", 302, 302, 302, 302),
    # It makes the secretary's own device a kiosk.
    ("hall", "assembly", "post", 302, 403, 403, 302),
]
NAMES = {name for name, *_rest in ADDRESSES}


@pytest.fixture
def about(session: Assembly, open_poll: Poll, secretary: Member) -> dict[str, list[object]]:
    kiosk: Kiosk = open_kiosk(assembly_id=session.pk, name="Entrada", by=secretary.actor, at=Instants.opening)
    return {"": [], "assembly": [session.pk], "poll": [open_poll.pk], "kiosk": [kiosk.key]}


@pytest.mark.parametrize(("name", "what", "method", "stranger", "plain", "treasury", "keeper"), ADDRESSES)
def test_addresses_answer_each_reader(
    about: dict[str, list[object]],
    members: list[Member],
    treasurer: Member,
    secretary: Member,
    name: str,
    what: str,
    method: str,
    stranger: int,
    plain: int,
    treasury: int,
    keeper: int,
) -> None:
    url = reverse(f"assemblies:{name}", args=about[what])
    readers = (Client(), *(people.client_of(one) for one in (members[6], treasurer, secretary)))
    said: list[Callable[..., object]] = [getattr(reader, method) for reader in readers]
    assert [one(url).status_code for one in said] == [stranger, plain, treasury, keeper]


@pytest.mark.parametrize("name", ["kiosk_close", "kiosk_check_in", "kiosk_cast", "kiosk_leave"])
def test_an_act_is_never_a_get(about: dict[str, list[object]], secretary: Member, name: str) -> None:
    what = next(what for one, what, *_rest in ADDRESSES if one == name)
    url = reverse(f"assemblies:{name}", args=about[what])
    assert people.client_of(secretary).get(url).status_code == 405


def test_what_does_not_exist_is_not_found(about: dict[str, list[object]], secretary: Member) -> None:
    keeper = people.client_of(secretary)
    assert keeper.get(reverse("assemblies:hall", args=[999_999])).status_code == 404
    nobody = "00000000-0000-0000-0000-000000000000"
    assert keeper.post(reverse("assemblies:kiosk_close", args=[nobody])).status_code == 404
