"""Signing day: written at the desk, closed on a phone, printed by the worker, verified by a stranger."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from assemblies.models import Assembly, Minutes
from coop.members.models import Member
from launch.ports import LOOPBACK, any_free
from tests.journeys.conftest import Sit
from tests.support.browser import Person
from tests.support.database import RealDatabase
from tests.support.desk import Desk
from tests.support.live import Live, serving, working
from tests.support.minutes import held
from tests.support.people import give_account

pytestmark = pytest.mark.browser
PDF_PATIENCE_MS = 90_000
DEBATE = "Se leyó el presupuesto.\n\nÉlida preguntó por la garantía."


@pytest.fixture
def site(real_database: RealDatabase) -> Iterator[Live]:
    """It knows its own address, so that the paper carries a QR."""
    port = any_free()
    with serving(real_database, port=port, extra={"SITE_URL": f"http://{LOOPBACK}:{port}"}) as live:
        yield live


@pytest.fixture
def worker(real_database: RealDatabase) -> Iterator[Path]:
    with working(real_database) as log:
        yield log


@pytest.fixture
def over(desk: Desk, members: list[Member]) -> Assembly:
    return held(desk, members)


def write(secretary: Person) -> None:
    secretary.open("portal:home")
    secretary.sees("Acta para redactar")
    secretary.press(re.compile("Acta para redactar"))
    secretary.title_is("Redactar el acta")
    secretary.fill("Síntesis del punto 2", DEBATE)
    secretary.fill("Palabras de cierre", "Se agradece a quienes prepararon el mate.")
    secretary.look("30-redactar")
    secretary.press("Guardar")
    secretary.sees("Se guardaron 2 textos.")
    expect(secretary.page.get_by_label(re.compile("Síntesis del punto 2"))).to_have_value(DEBATE)


def name_signers(secretary: Person) -> None:
    secretary.press("Anotar quiénes firman")
    secretary.page.get_by_label("Firmante 1").select_option(label="Águila, Omar (4)")
    secretary.page.get_by_label("Firmante 2").select_option(label="D'Amico, Hugo (6)")
    secretary.look("31-firmantes")
    secretary.press("Anotar")
    secretary.sees("Quedó anotado quiénes firman.")
    secretary.sees("Borrador, todavía puede cambiar")
    secretary.sees(re.compile("Se leyó el presupuesto"))
    secretary.look("32-borrador")


def close(president: Person) -> None:
    president.open("portal:home")
    president.look("33-hoy-presidencia")
    president.press(re.compile("Hay un acta para cerrar"))
    president.fill("Última acta en papel", "211")
    president.fill("Folio", "45")
    president.press("Ver el acta con estos datos")
    president.sees(re.compile("ACTA N.º 212"))
    president.sees("Se agradece a quienes prepararon el mate.")
    president.look("34-cerrar")
    president.press("Sí, cerrar el acta N.º 212")
    president.proves()
    president.sees("Se cerró el acta N.º 212.")
    expect(president.control("Abrir el PDF")).to_be_visible(timeout=PDF_PATIENCE_MS)
    president.look("35-cerrada")


def opened(president: Person) -> PdfReader:
    """The file behind the button, with the same sign-in."""
    address = president.control("Abrir el PDF").get_attribute("href")
    answer = president.context.request.get(f"{president.address}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def test_signing_day(
    phone: Sit,
    laptop: Sit,
    worker: Path,
    over: Assembly,
    president: Member,
    secretary: Member,
    member: Member,
) -> None:
    give_account(president)
    desk = laptop(secretary)
    write(desk)
    name_signers(desk)
    chair = phone(president)
    close(chair)
    minutes = Minutes.objects.get()
    assert (minutes.number, minutes.folio, minutes.written_by, minutes.closed_by) == (
        212,
        "45",
        secretary,
        president,
    )
    said = re.sub(r"\s+", "", "".join(page.extract_text() for page in opened(chair).pages))
    for told in ("ACTA N.º 212", "Élida preguntó por la garantía.", "3 votos afirmativos", "Hugo D'Amico"):
        assert re.sub(r"\s+", "", told) in said
    stranger = phone()
    found = re.search(rf"{re.escape(stranger.address)}(/verificar/[a-z2-7-]{{19}}/)", said)
    assert found is not None
    stranger.page.goto(f"{stranger.address}{found[1]}")
    stranger.sees(re.compile("Acta N.º 212"))
    stranger.look("36-verificar")
    reader = phone(member)
    reader.open("portal:home")
    reader.sees("Se cerró el acta N.º 212")
    reader.press(re.compile("Se cerró el acta N.º 212"))
    reader.title_is("Acta N.º 212")
    reader.open("assemblies:minutes_book")
    reader.look("37-libro")
    reader.press("Acta N.º 212")
