"""What the pages say: how a document stands, its file, and what a stranger is told of it."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coop.documents import codes, proof
from coop.documents.models import Document, File
from coop.members.models import Member
from tests.documents.support import PARTED, failed, frozen, made
from tests.support import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(member: Member) -> Client:
    return people.client_of(member)


def get(client: Client, name: str, document: Document, **headers: str) -> object:
    return client.get(reverse(f"documents:{name}", args=[document.pk]), headers=headers)


def test_how_it_stands_is_asked_again_only_while_it_is_on_its_way(member: Member, reader: Client) -> None:
    document = frozen(member, parts=[{"text": str(n)} for n in range(60)])
    said = get(reader, "document", document).content.decode()
    assert "En la fila" in said
    assert "de 3 partes" in said
    assert "data-live" in said
    for finished in (made(document), failed(frozen(member, key="2"))):
        assert "data-live" not in get(reader, "document", finished).content.decode()


def test_an_unchanged_state_is_a_304(member: Member, reader: Client) -> None:
    document = frozen(member)
    tag = get(reader, "state", document).headers["ETag"]
    assert get(reader, "state", document, if_none_match=tag).status_code == 304
    made(document)
    answer = get(reader, "state", document, if_none_match=tag)
    assert answer.status_code == 200
    assert "Abrir el PDF" in answer.content.decode()


def test_the_file_is_what_was_made_under_a_name_that_every_browser_can_keep(
    member: Member, reader: Client
) -> None:
    document = made(frozen(member, title="Acta N.º 12 · año / 2026"))
    answer = get(reader, "pdf", document)
    assert hashlib.sha256(answer.content).hexdigest() == document.file.sha256
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"] == f'"{document.file.sha256}"'
    assert answer.headers["Content-Disposition"] == (
        'inline; filename="acta-no-12-ano-2026.pdf"; '
        "filename*=UTF-8''Acta%20N.%C2%BA%2012%20%C2%B7%20a%C3%B1o%20-%202026.pdf"
    )
    again = get(reader, "pdf", document, if_none_match=answer.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_file_that_is_not_there_yet_is_not_found(member: Member, reader: Client) -> None:
    assert get(reader, "pdf", frozen(member)).status_code == 404


def test_a_title_with_line_breaks_breaks_no_header(member: Member, reader: Client) -> None:
    document = made(frozen(member, title='Acta\r\nSet-Cookie: x="1"'))
    header = get(reader, "pdf", document).headers["Content-Disposition"]
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2


def verified(code: str) -> object:
    return Client().get(reverse("documents:verify", args=[code]))


def test_a_stranger_is_told_whose_it_is_and_no_name_that_is_in_a_title(member: Member) -> None:
    public = made(frozen(member))
    own = made(frozen(member, kind=PARTED.name, title="Recibo de Águila, Omar", facts={"text": "$ 1"}))
    said = verified(public.code).content.decode()
    assert [part in said for part in ("Acta de ensayo", "La Chimenea", public.file.sha256)] == [True] * 3
    said = verified(own.code).content.decode()
    assert "Recibo de ensayo" in said
    assert "Águila" not in said
    assert "$ 1" not in said


@pytest.mark.parametrize(
    "how", [str.upper, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_is_understood_as_people_type_it(member: Member, how: object) -> None:
    document = frozen(member)
    typed = how(document.code)  # type: ignore[operator]
    assert verified(typed).headers["Location"] == f"/verificar/{document.code}/"
    asked = Client().get(reverse("documents:ask"), {"codigo": typed})
    assert asked.headers["Location"] == f"/verificar/{document.code}/"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ABCD efgh-ijkl/mnop", "abcd-efgh-ijkl-mnop"),
        ("0bcd1fgh8jklmnop", "obcd-lfgh-bjkl-mnop"),
        ("abcd-efgh-ijkl-mno", None),
        ("abcd-efgh-ijkl-mnop-q", None),
        ("abcd-efgh-ijkl-mno9", None),
        ("", None),
        ("ñbcd-efgh-ijkl-mnop", None),
    ],
)
def test_zeros_and_ones_are_the_letters_they_look_like(said: str, meant: str | None) -> None:
    assert codes.typed(said) == meant


@pytest.mark.parametrize("code", ["abcd-efgh-ijkl-mnop", "x", "9999", "a" * 300, "<script>"])
def test_an_unknown_code_is_a_page_that_says_so(member: Member, code: str) -> None:
    answer = verified(code)
    assert answer.status_code == 404
    assert "Ese código no es de acá" in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_half_a_code_is_asked_for_again(member: Member) -> None:
    answer = Client().get(reverse("documents:ask"), {"codigo": "abcd"})
    assert answer.status_code == 422
    assert "16 letras y números" in answer.content.decode()


def compared(document: Document, content: bytes | None) -> tuple[int, str]:
    sent = {"archivo": SimpleUploadedFile("x.pdf", content)} if content is not None else {}
    answer = Client().post(reverse("documents:verify", args=[document.code]), sent)
    return answer.status_code, answer.content.decode()


def test_a_file_is_the_same_or_it_is_not(member: Member) -> None:
    document = made(frozen(member))
    content = bytes(File.objects.get().content)
    status, said = compared(document, content)
    assert status == 200
    assert "Es el mismo archivo" in said
    status, said = compared(document, content + b" ")
    assert status == 200
    assert "No es el mismo archivo" in said
    assert compared(document, None)[0] == 422
    status, said = compared(document, bytes(10 * 1024 * 1024 + 1))
    assert status == 422
    assert "más de 10 MB" in said
    assert compared(frozen(member, key="2"), content)[0] == 422


# --- proof ---


def test_the_proof_finds_nothing_wrong_with_what_was_made(member: Member) -> None:
    made(frozen(member))
    made(frozen(member, key="2", parts=[{"text": str(n)} for n in range(30)]))
    frozen(member, key="3", series="actas", number=3)
    frozen(member, key="4", series="actas", number=4)
    assert proof.run().broken is None
    assert proof.run().rows == 4
