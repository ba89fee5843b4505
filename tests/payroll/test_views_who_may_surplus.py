"""Every address of the surplus, tried by a stranger, a member and the treasurer."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from coop.members.models import Member
from payroll.domain import surplus
from payroll.urls_surplus import urlpatterns
from tests.payroll import sharing
from tests.payroll.sharing import DRAFTED, presented, sample
from tests.support import people

pytestmark = pytest.mark.django_db

# name, what the address is about, stranger's status, member's, treasurer's
PAGES = [
    ("surplus", "", 302, 200, 200),
    ("surplus_new", "", 302, 403, 200),
    ("surplus_draft", "draft", 302, 403, 200),
    ("surplus_proposal", "proposal", 302, 200, 200),
    ("surplus_input", "proposal", 302, 200, 200),
    # No assembly is open.
    ("surplus_put", "proposal", 302, 422, 422),
]
ACTS = [
    ("surplus_new", "", 302, 403, 422),
    ("surplus_present", "draft", 302, 403, 302),
    ("surplus_discard", "draft", 302, 403, 302),
    ("surplus_put", "proposal", 302, 422, 422),
]


@pytest.fixture
def members(cooperative) -> list[Member]:
    sharing.reform()
    return sharing.more_members()


@pytest.fixture
def about(treasurer: Member) -> dict[str, list[object]]:
    held = presented(sample(), treasurer)
    draft = surplus.draft(year=sample(), title="Otra", by=treasurer.actor, at=DRAFTED)
    return {"": [], "proposal": [held.pk], "draft": [draft.key]}


@pytest.fixture
def readers(member: Member, treasurer: Member) -> tuple[Client, Client, Client]:
    return Client(), people.client_of(member), people.client_of(treasurer)


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "officer"), PAGES)
def test_pages_answer_each_reader(about, readers, name, what, stranger, plain, officer):
    url = reverse(f"payroll:{name}", args=about[what])
    assert [reader.get(url).status_code for reader in readers] == [stranger, plain, officer]


@pytest.mark.parametrize(("name", "what", "stranger", "plain", "officer"), ACTS)
def test_acts_answer_each_reader(about, readers, name, what, stranger, plain, officer):
    url = reverse(f"payroll:{name}", args=about[what])
    assert [reader.post(url).status_code for reader in readers] == [stranger, plain, officer]


@pytest.mark.parametrize("name", ["surplus_present", "surplus_discard"])
def test_what_changes_something_is_never_a_get(about, readers, name):
    url = reverse(f"payroll:{name}", args=about["draft"])
    assert [reader.get(url).status_code for reader in readers[1:]] == [405, 405]


def test_no_address_is_missing_from_these_lists():
    assert {pattern.name for pattern in urlpatterns} == {name for name, *_ in [*PAGES, *ACTS]}


@pytest.mark.parametrize("name", [name for name, what, *_ in PAGES if what])
def test_what_does_not_exist_is_not_found(readers, about, name):
    missing = [UUID(int=9)] if name == "surplus_draft" else [999_999]
    assert readers[2].get(reverse(f"payroll:{name}", args=missing)).status_code == 404


def test_another_treasurers_draft_is_not_there(about, members, readers):
    from coop.council.models import SeatCode

    people.give_seat(members[7], SeatCode.MEMBER_1)
    url = reverse("payroll:surplus_draft", args=about["draft"])
    assert people.client_of(members[7]).get(url).status_code == 403
