"""The pages themselves: every character, the same bytes, and nothing from outside."""

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pypdf import PdfReader

from coop.documents import libraries, rendering
from coop.documents.models import Document
from coop.members.models import Member
from tests.documents.support import frozen

pytestmark = pytest.mark.django_db
SIGNS = "Ñandú, ÁÉÍÓÚ áéíóú üÜ çã łž ¿qué? ¡sí! ° º ª – — « » “ ” ½ $ − × € % 1.410.400,00"

AGAIN = """
import django; django.setup()
import datetime, hashlib, json, sys
from coop.documents import house, rendering
house._logos.clear()  # there is no database here to read one from
from coop.documents.models import Document
from tests.documents import support
asked = json.load(sys.stdin)
class Alone:
    def count(self): return asked["parts"]
Document.parts = Alone()
asked["document"]["frozen_at"] = datetime.datetime.fromisoformat(asked["document"]["frozen_at"])
document = Document(**asked["document"])
drawn = [rendering.draw(document, piece) for piece in asked["pieces"]]
print(hashlib.sha256(rendering.bind(document, drawn)[0]).hexdigest())
"""


def drawn(document: Document) -> bytes:
    contents = [
        rendering.draw(document, part.facts or [document.facts])
        for part in document.parts.order_by("position")
    ]
    return rendering.bind(document, contents)[0]


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def test_every_sign_is_drawn_with_our_own_fonts_and_read_back_as_it_was(member: Member) -> None:
    content = drawn(frozen(member, facts={"text": SIGNS}, title="Año Ñ.º 1 · «Élida»"))
    assert SIGNS in text_of(content)
    assert "Año Ñ.º 1 · «Élida»" in text_of(content)
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1]
        for page in PdfReader(io.BytesIO(content)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert [name for name in fonts if not name.startswith("Print")] == []


def test_a_document_says_whose_it_is_in_which_language_and_on_which_page(member: Member) -> None:
    document = frozen(member, facts={"text": "x", "paragraphs": ["Se lee el acta. " * 60] * 8})
    reader = PdfReader(io.BytesIO(drawn(document)))
    assert (reader.metadata.title, reader.metadata.author) == (document.title, document.house)
    assert reader.trailer["/Root"]["/Lang"] == "es-ar"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert len(reader.pages) == 2
    for number, page in enumerate(reader.pages, start=1):
        assert f"Página {number} de 2" in page.extract_text()
        assert f"Código de control {document.code}" in page.extract_text()


def test_the_hour_is_the_cooperatives(member: Member) -> None:
    """Frozen at 21:50 UTC: 18:50 in Buenos Aires."""
    assert "18:50" in text_of(drawn(frozen(member)))


@pytest.mark.parametrize("parts", [1, 3], ids=["alone", "in parts"])
def test_the_same_facts_are_the_same_bytes_in_another_process(member: Member, parts: int) -> None:
    facts = [{"text": f"Recibo {n}", "paragraphs": ["Ñ"]} for n in range(60)] if parts > 1 else []
    document = frozen(member, parts=facts)
    pieces = [part.facts or [document.facts] for part in document.parts.all()]
    assert len(pieces) == parts
    fields = {field.attname: getattr(document, field.attname) for field in Document._meta.concrete_fields}
    fields["frozen_at"] = document.frozen_at.isoformat()
    asked = {"document": fields, "pieces": pieces, "parts": parts}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "coop.settings", "PYTHONHASHSEED": "random"}
    once, twice = (
        subprocess.run(
            [sys.executable, "-c", AGAIN],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            cwd=settings.BASE_DIR,
            env=environment,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    )
    assert once == twice == hashlib.sha256(drawn(document)).hexdigest()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/x.png",
        "https://print.invalid/../settings.py",
        "https://print.invalid/print/../../coop/settings.py",
        "https://print.invalid/css/recuperada.css",
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
    ],
)
def test_a_template_reaches_neither_the_network_nor_the_disk(member: Member, address: str) -> None:
    with pytest.raises(rendering.Unreachable, match="a template asked for"):
        drawn(frozen(member, facts={"text": "x", "image": address}))


def test_pages_of_parts_are_numbered_each_from_one(member: Member) -> None:
    text = text_of(drawn(frozen(member, parts=[{"text": f"Recibo {n}"} for n in range(3)])))
    assert text.count("Página 1 de 1") == 3


def test_the_qr_leads_to_the_verification_page(member: Member, settings: Any) -> None:
    settings.SITE_URL = "https://chimenea.coop"
    document = frozen(member)
    content = drawn(document)
    assert f"https://chimenea.coop/verificar/{document.code}/" in text_of(content)
    settings.SITE_URL = "https://otro.coop"
    assert drawn(document) == content


def test_a_site_without_an_address_prints_the_code_and_no_qr(member: Member, settings: Any) -> None:
    settings.SITE_URL = ""
    document = frozen(member)
    assert "data:" not in rendering.pages_of(document, [document.facts])[0]
    assert document.code in text_of(drawn(document))


def test_a_missing_library_is_named_with_its_debian_package() -> None:
    assert libraries.missing() == []
    absent = libraries.missing([("libno-such-thing.so.0", "libno-such-thing0")])
    assert "apt-get install --no-install-recommends libno-such-thing0" in libraries.explained(absent)


def test_weasyprint_is_imported_by_one_file_and_that_one_by_the_tasks_alone() -> None:
    root = Path(settings.BASE_DIR)
    files = [path for room in ("coop", "assemblies", "payroll") for path in (root / room).rglob("*.py")]
    texts = {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in files}
    assert [name for name, text in texts.items() if "import weasyprint" in text] == [
        "coop/documents/rendering.py"
    ]
    assert [name for name, text in texts.items() if "import rendering" in text] == ["coop/documents/tasks.py"]


def test_a_process_that_serves_pages_does_not_load_weasyprint() -> None:
    script = "import coop.wsgi, sys; import coop.documents.tasks; print('weasyprint' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "coop.settings"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    assert done.stdout.strip() == "False"
