"""Minutes on paper: what the PDF says, read out of the PDF itself, is what the minutes say."""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections
from pypdf import PdfReader

from assemblies.domain import motions, polls
from assemblies.domain.minutes import document_key
from assemblies.enums import Choice
from assemblies.models import Assembly, Ballot, Minutes, Motion, MotionProposal
from coop.documents.domain import find
from coop.documents.models import Document
from coop.documents.rendering import draw
from coop.members.models import Member
from coop.statute import proposals
from coop.statute.models import Matter
from coop.statute.proposals import Kind, Proposal, seal
from tests.support import people
from tests.support.database import cloned
from tests.support.desk import Desk
from tests.support.minutes import Book, held
from tests.support.people import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written_once")]
SHOWN = {
    "paragraphs": ["El excedente del año se reparte por horas trabajadas, después de los fondos de ley."],
    "tables": [
        {
            "title": "Reparto del excedente 2025",
            "columns": ["Asociado/a", "Horas", "Parte", "Retorno"],
            "rows": [
                [
                    f"Persona {number}",
                    f"1.{number:03d}",
                    f"{number}/300",
                    f"$\u00a0{number}.000.000,{number:02d}",
                ]
                for number in range(1, 25)
            ],
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Long:
    """Printed once."""

    pdf: PdfReader
    names: list[str]


def document_of(minutes: Minutes) -> Document:
    document = find("minutes", document_key(minutes.assembly_id))
    assert document is not None
    return document


def printed(minutes: Minutes) -> PdfReader:
    """With PICTURES set, the file is left in that folder for whoever wants to look at it."""
    document = document_of(minutes)
    content = draw(document, [document.facts])
    if folder := os.environ.get("PICTURES"):
        (Path(folder) / f"acta-{minutes.number}.pdf").write_bytes(content)
    return PdfReader(io.BytesIO(content))


def words(text: str) -> str:
    """Without what the lines of a page add: breaks, and the blanks that columns leave."""
    return re.sub(r"\s+", "", text)


def read(pdf: PdfReader) -> str:
    """Every page's words, one after the other, without what the foot of each repeats."""
    whole = "".join(words(page.extract_text()) for page in pdf.pages)
    return re.sub(r"CooperativadeTrabajoLaChimenea·Acta.{0,120}?Página\d+de\d+", "", whole)


@pytest.fixture(scope="module")
def written_once(django_db_setup, django_db_blocker, databases) -> Iterator[None]:
    """The minutes of a short assembly, number 12."""
    with django_db_blocker.unblock(), cloned(databases):
        members = people.make_house()
        desk = Desk(members[0], members[1])
        Book(desk, members[2]).closed(held(desk, members), [members[3], members[5]], after=11)
        connections["default"].close()
        yield


@pytest.fixture
def short(db: None) -> Minutes:
    return Minutes.objects.get()


@pytest.fixture(scope="module")
def long(django_db_setup, django_db_blocker, databases) -> Long:
    with django_db_blocker.unblock(), cloned(databases), pytest.MonkeyPatch.context() as patch:
        kind = Kind(page=lambda number: f"/{number}/", check=lambda proposal, at: None)
        patch.setitem(proposals._kinds, "surplus", kind)
        members = people.make_house()
        pdf = printed(_long(Book(Desk(members[0], members[1]), members[2]), members))
        names = [member.listed_name for member in Member.objects.all()]
    return Long(pdf, names)


def _long(book: Book, members: list[Member]) -> Minutes:
    """Eighty-four people, nine items, twelve motions, one of them with a table of 24 rows."""
    desk = book.desk
    Member.objects.bulk_create(
        people.new_member(number, f"Pérez Gutiérrez {number}", "Juana María") for number in range(8, 85)
    )
    everybody = list(Member.objects.order_by("number"))
    agenda = [f"Tema número {number} de la semana, con su informe" for number in range(1, 10)]
    assembly = desk.convene(agenda)
    desk.arrive(assembly, everybody)
    desk.open(assembly)
    phones = {member.pk: signed_in(member, desk.at.convening).key for member in everybody}
    for position in range(1, 10):
        item = assembly.items.get(position=position)
        for turn in range(2 if position % 3 == 0 else 1):
            motion = motions.record(
                item_id=item.pk,
                title=f"¿Aprobamos lo que propone el sector {position}, parte {turn + 1}?",
                text="Con el detalle que figura en el informe.\n\nSe revisa a los tres meses.",
                mover=everybody[position + 10],
                seconder=everybody[position + 30],
                by=desk.secretary.actor,
                at=desk.at.moving,
            )
            _put_to_the_vote(desk, motion, phones)
    _surplus(desk, assembly, everybody)
    assembly = desk.close(assembly)
    for position in range(1, 10):
        book.write(assembly, str(position), f"Se informó sobre el tema {position}. " * 12)
    book.name(assembly, everybody[3:5])
    return book.close(assembly, after=210, folio="145 vuelta")


def _surplus(desk: Desk, assembly: Assembly, everybody: list[Member]) -> None:
    facts = {"year": 2025, "shown": SHOWN}
    proposal = Proposal(kind="surplus", id=1, sha256=seal(facts), facts=facts)
    motion = motions.move(
        item_id=assembly.items.get(position=9).pk,
        title="Repartir el excedente de 2025",
        text="",
        mover=everybody[20],
        by=everybody[20].actor,
        at=desk.at.moving,
        matter=Matter.SURPLUS_DISTRIBUTION,
        proposal=proposal,
    )
    assert MotionProposal.objects.filter(motion=motion).exists()
    motions.withdraw(motion_id=motion.pk, by=everybody[20].actor, at=desk.at.voting + timedelta(minutes=1))


def _put_to_the_vote(desk: Desk, motion: Motion, phones: dict[int, UUID]) -> None:
    poll = desk.open_poll(motion)
    choices = [Choice.YES] * 6 + [Choice.NO] * 2 + [Choice.ABSTAIN]
    entries = list(poll.roll.order_by("pk"))
    Ballot.objects.bulk_create(
        Ballot(
            entry=entry,
            choice=choices[index % 9],
            cast_at=desk.at.voting,
            sign_in=phones[entry.member_id],
        )
        for index, entry in enumerate(entries)
        if index % 10
    )
    polls.close_poll(poll_id=poll.pk, by=desk.president.actor, at=desk.at.voting)


def test_the_paper_says_everything_that_the_minutes_say(short):
    said = read(printed(short))
    for block in short.text.split("\n\n"):
        for line in block.splitlines():
            for cell in line.split(" | "):
                assert words(cell) in said, cell


def test_the_paper_tells_every_motion_figure_and_name(short, members):
    said = read(printed(short))
    for told in (
        "ACTA N.º 12 – ASAMBLEA DE TRABAJO",
        "«Comprar un torno»",
        "«Trabajar los domingos»",
        "«Pintar el portón»",
        "«Cambiar de proveedor»",
        "3 votos afirmativos, 1 negativo y 1 abstención; 2 personas habilitadas no votaron",
        "resolución N.º 1/2026",
        "son «seis meses» <sin cargo>.",
        "no lo reemplaza",
        *(member.listed_name for member in members),
        *(member.name for member in (members[0], members[1], members[3], members[5])),
    ):
        assert words(told) in said, told


def test_the_paper_carries_its_control_code_and_its_pages(short):
    pdf, document = printed(short), document_of(short)
    assert document.code in pdf.pages[-1].extract_text()
    for number, page in enumerate(pdf.pages, 1):
        assert words(f"Página {number} de {len(pdf.pages)}") in words(page.extract_text())


def test_same_facts_same_bytes(short):
    document = document_of(short)
    assert draw(document, [document.facts]) == draw(document, [document.facts])


def test_a_long_assembly_is_printed_whole(long):
    said = read(long.pdf)
    assert len(long.pdf.pages) > 6
    for cell in (cell for row in SHOWN["tables"][0]["rows"] for cell in row):
        assert words(cell) in said
    assert len(long.names) == 84
    for name in long.names:
        assert words(name) in said
    assert words("ACTA N.º 211") in said
    assert words("Folio 145 vuelta") in said


def test_a_table_that_goes_on_repeats_its_head(long):
    pages = [page.extract_text() for page in long.pdf.pages]
    annex = next(index for index, page in enumerate(pages) if "ANEXO – REGISTRO" in page)
    assert "Apellido y nombre" in pages[annex + 1]


def test_any_member_may_have_a_copy_and_nobody_else(short, members):
    from coop.documents.kinds import may_read

    document = document_of(short)
    later = document.frozen_at + timedelta(days=1)
    assert may_read(document, members[6].pk, later)
    gone = people.new_member(70, "Ida", "Rosa", left_on=later.date())
    gone.save()
    assert not may_read(document, gone.pk, later)
    assert not may_read(document, 10**9, later)
