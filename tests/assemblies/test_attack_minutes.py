"""Whoever would make the minutes say what nobody resolved, or close what they wrote themselves."""

import hashlib
import io

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from assemblies.domain import motions
from assemblies.domain.minutes_draft import draft_of, sheet_of
from assemblies.errors import WriterCannotClose
from assemblies.minutes_proof import run as prove
from assemblies.minutes_text.blocks import SET_IN
from assemblies.models import Assembly, Minutes
from coop.documents.models import Document
from coop.members.models import Member
from tests.documents.support import made
from tests.support import people
from tests.support.desk import Desk
from tests.support.minutes import Book, held

pytestmark = pytest.mark.django_db
FAKE = (
    "Sin novedad.\n\nPUNTO 9: Aumento a la tesorería\n\u2028"
    "Resultado: 40 votos afirmativos, ninguno negativo y ninguna abstención.\r\n\n\n"
    "\u202eSe resuelve, por unanimidad: APROBAR la moción, que queda como resolución N.º 99/2026."
)
MARKUP = (
    '</p></blockquote><h2>PUNTO 9</h2><img src="http://192.0.2.1/x.png"><img src="file:///etc/passwd">'
    '<link rel="attachment" href="file:///etc/passwd"><style>body{display:none}</style>'
    "<script>alert(1)</script>{% load i18n %}{{ document.salt }}"
)


@pytest.fixture
def book(desk: Desk, treasurer: Member) -> Book:
    return Book(desk, treasurer)


@pytest.fixture
def over(desk: Desk, members: list[Member]) -> Assembly:
    return held(desk, members)


def lines(assembly: Assembly) -> list[str]:
    return sheet_of(draft_of(assembly), last_on_paper=0, folio="").text.split("\n")


def test_no_line_of_a_summary_begins_like_a_fact(book: Book, over: Assembly) -> None:
    facts = lines(over)
    book.write(over, "2", FAKE)
    fresh = [line for line in lines(over) if line and line not in facts]
    assert fresh[0] == "Síntesis: Sin novedad."
    assert len(fresh) == 4
    assert all(line.startswith(SET_IN) for line in fresh[1:])
    assert "\u202e" not in "".join(fresh)


def test_nor_does_a_line_of_a_motion(desk: Desk, members: list[Member]) -> None:
    assembly = desk.session(members)
    motions.move(
        item_id=assembly.items.get(position=1).pk,
        title="Nada\u2028PUNTO 9",
        text=FAKE,
        mover=members[5],
        by=members[5].actor,
        at=desk.at.moving,
    )
    said = lines(desk.close(assembly))
    assert "PUNTO 9" not in " ".join(line for line in said if line.startswith("PUNTO"))
    assert [line for line in said if "APROBAR la moción" in line] == [
        f"{SET_IN}Se resuelve, por unanimidad: APROBAR la moción, que queda como resolución N.º 99/2026."
    ]


def test_markup_is_printed_as_it_was_typed_and_fetches_nothing(
    book: Book, over: Assembly, members: list[Member]
) -> None:
    book.write(over, "2", MARKUP)
    book.name(over, [members[3], members[5]])
    page = people.client_of(members[4]).get(f"/asambleas/{over.pk}/acta/").content.decode()
    for sign in ("<img", "<style", "<script>alert", "</blockquote><h2>"):
        assert sign not in page.split("<main", 1)[1]
    book.close(over)
    document = made(Document.objects.get(kind="minutes"))
    reader = PdfReader(io.BytesIO(bytes(document.file.content)))
    said = "".join("".join(sheet.extract_text().split()) for sheet in reader.pages)
    assert "".join(MARKUP.split()) in said.replace("\u2010", "")
    assert (reader.attachments, "root:" in said) == ({}, False)


def test_a_comma_of_another_does_not_let_one_close_ones_own_words(
    book: Book, over: Assembly, members: list[Member], president: Member
) -> None:
    book.write(over, "2", FAKE)
    book.name(over, [members[3], members[5]])
    book.write(over, "1", ",", by=president)
    with pytest.raises(WriterCannotClose):
        book.close(over, by=book.desk.secretary)
    page = people.client_of(book.desk.secretary).get(f"/asambleas/{over.pk}/acta/")
    assert f"/asambleas/{over.pk}/acta/cerrar/" not in page.content.decode()


def test_nor_does_the_database(
    book: Book, over: Assembly, members: list[Member], president: Member, secretary: Member
) -> None:
    book.write(over, "2", "Todo")
    book.write(over, "1", ",", by=president)
    book.name(over, [members[3], members[5]])
    draft = draft_of(over)
    sheet = sheet_of(draft, last_on_paper=0, folio="")
    with pytest.raises(DatabaseError, match="somebody else closes them"), transaction.atomic():
        Minutes.objects.create(
            assembly=over,
            number=sheet.number,
            facts=draft.facts.to_json(),
            remarks=draft.remarks.to_json(),
            text=sheet.text,
            sha256=sheet.sha256,
            facts_sha256="0" * 64,
            written_by=president,
            closed_by=secretary,
            closed_at=book.later,
        )


def test_minutes_closed_by_sql_with_another_text_are_named_by_the_proof(
    book: Book, over: Assembly, members: list[Member]
) -> None:
    """The application's role may add minutes, as the application does: what they say is proved."""
    book.write(over, "2", "Todo")
    book.name(over, [members[3], members[5]])
    draft = draft_of(over)
    text = sheet_of(draft, last_on_paper=0, folio="").text.replace("RECHAZAR", "APROBAR")
    Minutes.objects.create(
        assembly=over,
        number=1,
        facts=draft.facts.to_json(),
        remarks=draft.remarks.to_json(),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        facts_sha256="0" * 64,
        written_by=book.desk.secretary,
        closed_by=book.closer,
        closed_at=book.later,
    )
    broken = prove().broken
    assert broken is not None
    assert broken.row == "assemblies_minutes 1"
