"""A document in the browser, with the real worker and broker: it is waited for, opened, and verified."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from coop.documents.models import Document, File
from coop.members.models import Member
from tests.documents.live import empty_queue, worker
from tests.documents.support import frozen
from tests.journeys.conftest import Sit
from tests.support.database import RealDatabase
from tests.support.live import Live, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def site(real_database: RealDatabase) -> Iterator[Live]:
    with serving(real_database, application="tests.documents.web:application") as live:
        yield live


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_a_document_is_waited_for_opened_and_verified(
    request: pytest.FixtureRequest,
    real_database: RealDatabase,
    member: Member,
    screen: str,
    tmp_path: Path,
) -> None:
    sit: Sit = request.getfixturevalue(screen)
    empty_queue()
    person = sit(member)
    document = frozen(member, parts=[{"text": f"Recibo {n}"} for n in range(60)], title="Recibos de marzo")
    person.open("documents:document", document.pk)
    person.sees("En la fila")
    person.sees("de 3 partes")
    person.look(f"document-waiting-{screen}")
    with worker(real_database):
        person.sees("Abrir el PDF")
    person.look(f"document-ready-{screen}")

    file = File.objects.get(document=document)
    with person.page.expect_download() as kept:
        person.press("Descargar")
    assert Path(kept.value.path()).read_bytes() == bytes(file.content)
    assert kept.value.suggested_filename == "Recibos de marzo.pdf"

    stranger = sit()
    stranger.open("documents:ask")
    stranger.fill("Código de control", document.code.upper().replace("-", " "))
    stranger.press("Verificar")
    stranger.sees(file.sha256)
    stranger.look(f"document-verify-{screen}")
    for content, answer in (
        (bytes(file.content), "Es el mismo archivo"),
        (b"%PDF", "No es el mismo archivo"),
    ):
        (tmp_path / "x.pdf").write_bytes(content)
        stranger.page.locator("#archivo").set_input_files(tmp_path / "x.pdf")
        stranger.press("Comparar")
        stranger.sees(re.compile(f"^\\s*{answer}"))


def test_the_browser_shows_the_pdf_inside_its_own_window(
    real_database: RealDatabase, member: Member, laptop: Sit
) -> None:
    """Inline, under the strict policy, without a complaint."""
    from tests.documents.support import made

    document: Document = made(frozen(member))
    person = laptop(member)
    person.open("documents:document", document.pk)
    href = person.control("Abrir el PDF").get_attribute("href")
    assert href == reverse("documents:pdf", args=[document.pk])
    answer = person.context.request.get(f"{person.address}{href}")
    assert answer.headers["content-disposition"].startswith("inline")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.body() == bytes(File.objects.get().content)
