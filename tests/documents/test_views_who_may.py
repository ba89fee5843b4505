"""Every address of the documents, tried by a stranger, a member who may not read it, and its reader."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from coop.documents.models import Document
from coop.members.models import Member
from tests.documents.support import PARTED, failed, frozen, made
from tests.support import people

pytestmark = pytest.mark.django_db

# name, whether it takes the document, stranger's status, another member's, its reader's
PAGES = [
    ("document", "pk", 302, 403, 200),
    ("state", "pk", 302, 403, 200),
    ("pdf", "pk", 302, 403, 200),
    ("ask", "", 200, 200, 200),
    ("verify", "code", 200, 200, 200),
]
ACTS = [("retry", "pk", 302, 403, 302)]


@pytest.fixture
def document(members: list[Member]) -> Document:
    """The fourth member's own."""
    return made(frozen(members[3], kind=PARTED.name, facts={"text": "x", "member": members[3].pk}))


@pytest.fixture
def readers(members: list[Member], president: Member) -> tuple[Client, Client, Client]:
    """The president is no reader of what is somebody's own."""
    return Client(), people.client_of(president), people.client_of(members[3])


def url_of(name: str, what: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[getattr(document, what)] if what else [])


@pytest.mark.parametrize(("name", "what", "stranger", "other", "reader"), PAGES)
def test_pages_answer_each_reader(
    document: Document,
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    other: int,
    reader: int,
) -> None:
    url = url_of(name, what, document)
    assert [client.get(url).status_code for client in readers] == [stranger, other, reader]


@pytest.mark.parametrize(("name", "what", "stranger", "other", "reader"), ACTS)
def test_acts_answer_each_reader_and_are_never_a_get(
    document: Document,
    readers: tuple[Client, ...],
    name: str,
    what: str,
    stranger: int,
    other: int,
    reader: int,
) -> None:
    url = url_of(name, what, document)
    assert [client.get(url).status_code for client in readers[1:]] == [405, 405]
    assert [client.post(url).status_code for client in readers] == [stranger, other, reader]


def test_no_address_is_missing_from_these_lists() -> None:
    room = get_resolver("coop.documents.urls")
    names = {key for key in room.reverse_dict if isinstance(key, str)}
    assert names == {name for name, *_ in [*PAGES, *ACTS]}


@pytest.mark.parametrize(
    ("name", "what"), [("document", "pk"), ("state", "pk"), ("pdf", "pk"), ("verify", "code")]
)
def test_what_does_not_exist_is_not_found(readers: tuple[Client, ...], name: str, what: str) -> None:
    url = reverse(f"documents:{name}", args=[999_999])
    assert readers[2].get(url).status_code == 404


def test_retrying_what_does_not_exist_is_not_found(readers: tuple[Client, ...]) -> None:
    assert readers[2].post(reverse("documents:retry", args=[999_999])).status_code == 404


def test_a_kind_whose_room_is_gone_is_read_by_nobody(document: Document, readers: tuple[Client, ...]) -> None:
    from coop.documents import kinds

    kind = kinds._kinds.pop(document.kind)
    try:
        assert [client.get(url_of("pdf", "pk", document)).status_code for client in readers] == [
            302,
            403,
            403,
        ]
        assert readers[0].get(url_of("verify", "code", document)).status_code == 200
    finally:
        kinds.register(kind)


def test_an_act_without_a_csrf_token_is_refused(
    members: list[Member], client_of: Callable[..., Client], document: Document
) -> None:
    client = client_of(members[3], enforce_csrf_checks=True)
    assert client.post(url_of("retry", "pk", document)).status_code == 403
    assert client.post(url_of("verify", "code", document)).status_code == 403


@pytest.mark.parametrize("parts", [1, 60])
@pytest.mark.parametrize("name", ["document", "state"])
def test_a_page_costs_the_same_however_many_parts(
    members: list[Member], django_assert_max_num_queries: Callable[[int], object], name: str, parts: int
) -> None:
    waiting = frozen(members[3], key="w", parts=[{"text": str(n)} for n in range(parts)])
    client = people.client_of(members[3])
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert client.get(url_of(name, "pk", waiting)).status_code == 200


def test_who_may_read_it_may_send_it_to_be_made_again(members: list[Member]) -> None:
    document = failed(frozen(members[3], key="f"))
    client = people.client_of(members[0])
    assert (
        "El modelo de este documento tiene un error"
        in client.get(url_of("document", "pk", document)).content.decode()
    )
    assert client.post(url_of("retry", "pk", document)).status_code == 302
    assert Document.objects.get(pk=document.pk).state == "queued"
