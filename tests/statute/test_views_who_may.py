"""Each address of the statute and of the cooperative, tried by a stranger, a member and an officer."""

import uuid

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from coop.council.models import SeatCode
from coop.members.models import Member
from coop.statute import drafting
from coop.statute.models import Cooperative, StatuteDraft, StatuteReform, StatuteVersion
from tests.statute.test_reforms import changed
from tests.support.people import Instants, client_of, give_seat, make_members
from tests.support.reform import present

pytestmark = pytest.mark.django_db

# Address, its arguments, and what a stranger, a member, the treasurer and the secretary get by GET.
PAGES = [
    ("house", (), 302, 200, 200, 200),
    ("house_change", (), 302, 403, 403, 200),
    ("logo", (), 404, 404, 404, 404),
    ("logo_drop", (), 302, 405, 405, 405),
    ("statute", (), 302, 200, 200, 200),
    ("version", ("version",), 302, 200, 200, 200),
    ("version", (99_999,), 302, 404, 404, 404),
    ("version_data", ("version",), 302, 200, 200, 200),
    ("reforms", (), 302, 200, 200, 200),
    ("reform", ("reform",), 302, 200, 200, 200),
    ("reform", (99_999,), 302, 404, 404, 404),
    ("begin", (), 302, 403, 200, 200),
    ("draft", ("draft",), 302, 403, 200, 200),
    ("draft", (uuid.UUID(int=7),), 302, 403, 404, 404),
    ("describe", ("draft",), 302, 403, 200, 200),
    ("edit_section", ("draft", "council"), 302, 403, 200, 200),
    ("edit_section", ("draft", "majorities.recall"), 302, 403, 200, 200),
    ("edit_section", ("draft", "law"), 302, 403, 404, 404),
    ("edit_section", ("draft", "majorities"), 302, 403, 404, 404),
    ("edit_section", ("draft", "majorities.nada"), 302, 403, 404, 404),
    ("present", ("draft",), 302, 405, 405, 405),
    ("discard", ("draft",), 302, 405, 405, 405),
]


@pytest.fixture
def members(cooperative: Cooperative) -> list[Member]:
    found = make_members()
    give_seat(found[1], SeatCode.SECRETARY)
    give_seat(found[2], SeatCode.TREASURER)
    return found


@pytest.fixture
def keys(members: list[Member]) -> dict[str, object]:
    held = present(changed(), at=Instants.convening)
    draft = drafting.begin(title="Borrador", by=members[2].actor, at=Instants.convening)
    return {"version": StatuteVersion.objects.get().pk, "reform": held.pk, "draft": draft.key}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page[0]}-{'-'.join(map(str, page[1]))}")
def test_each_address_answers_each_reader(members: list[Member], keys: dict[str, object], page) -> None:
    name, args, *wanted = page
    url = reverse(f"statute:{name}", args=[keys.get(arg, arg) for arg in args])
    readers = [Client(), *(client_of(members[one]) for one in (3, 2, 1))]
    assert [reader.get(url).status_code for reader in readers] == wanted


def test_no_address_is_missing_from_this_list() -> None:
    known = get_resolver("coop.statute.urls").reverse_dict
    assert {name for name in known if isinstance(name, str)} == {page[0] for page in PAGES}


@pytest.mark.parametrize("name", ["present", "discard", "describe"])
def test_a_member_without_a_seat_changes_nothing(
    members: list[Member], keys: dict[str, object], name: str
) -> None:
    url = reverse(f"statute:{name}", args=[keys["draft"]])
    answer = client_of(members[3]).post(url, {"turn": "0", "title": "x"})
    assert answer.status_code == 403
    assert (StatuteDraft.objects.get().title, StatuteReform.objects.count()) == ("Borrador", 1)


def test_a_member_does_not_see_the_councils_drafts(members: list[Member], keys: dict[str, object]) -> None:
    assert "Borrador" not in client_of(members[3]).get(reverse("statute:reforms")).content.decode()
    assert "Borrador" in client_of(members[1]).get(reverse("statute:reforms")).content.decode()


def test_only_who_keeps_the_house_corrects_the_cooperative(members: list[Member]) -> None:
    url = reverse("statute:house_change")
    assert client_of(members[3]).post(url, {"name": "Otra"}).status_code == 403
    assert client_of(members[3]).post(reverse("statute:logo_drop")).status_code == 403
    assert Cooperative.objects.get().name == "Cooperativa de Trabajo La Chimenea"
