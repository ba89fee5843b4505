"""The proposal on paper: what the PDF says, read out of the PDF itself, is what is voted."""

import io
import os
from pathlib import Path

import pytest
from pypdf import PdfReader

from coop.documents.kinds import may_read
from coop.documents.rendering import draw
from payroll.domain.surplus_paper import paper_of
from tests.payroll import sharing
from tests.payroll.sharing import presented, sample
from tests.support.people import Instants

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(cooperative):
    sharing.reform()
    return sharing.more_members()


def flat(text: str) -> str:
    return "".join(text.split())


def test_the_paper_says_every_step_every_member_and_the_control_code(treasurer, member):
    held = presented(sample(), treasurer)
    document = paper_of(held)
    assert document is not None
    assert may_read(document, member.pk, Instants.voting)
    content = draw(document, [document.facts])
    if folder := os.environ.get("PICTURES"):
        (Path(folder) / "excedente.pdf").write_bytes(content)
    pages = PdfReader(io.BytesIO(content)).pages
    text = flat(" ".join(page.extract_text() for page in pages))
    assert flat(document.title) in text
    assert held.sha256 in text
    shown = held.facts["shown"]
    for paragraph in shown["paragraphs"]:
        assert flat(paragraph) in text
    for table in shown["tables"]:
        for row in table["rows"]:
            for cell in row:
                assert flat(cell) in text, cell
    assert len(pages) <= 3


def test_the_same_facts_give_the_same_bytes(treasurer):
    document = paper_of(presented(sample(), treasurer))
    assert document is not None
    assert draw(document, [document.facts]) == draw(document, [document.facts])
