"""Whoever would stop the workers, forge a message or a file, or ask the public page for more than it says."""

import contextlib

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.documents import jobs, tasks
from coop.documents.enums import Reason, State
from coop.documents.models import Document, File, Part
from coop.documents.views import _disposition
from coop.members.models import Member
from tests.documents.support import PARTED, frozen
from tests.support import people

pytestmark = pytest.mark.django_db


def killed(document: Document, contents: object) -> tuple[bytes, int]:
    """As the machine does it to whoever takes too much."""
    raise MemoryError


def test_a_document_whose_joining_kills_the_worker_fails_in_the_end_and_may_be_tried_again(
    member: Member,
) -> None:
    parts = [{"text": str(number)} for number in range(60)]
    document = frozen(member, kind=PARTED.name, facts={"member": member.pk}, parts=parts)
    for part in document.parts.all():
        jobs.make(part_id=part.pk, draw=lambda document, pieces: b"%PDF", at=timezone.now())
    for _attempt in range(jobs.MOST_ATTEMPTS + jobs.MOST_JOINS - 1):
        with pytest.raises(MemoryError):
            jobs.join(document_id=document.pk, bind=killed, at=timezone.now())
    assert jobs.join(document_id=document.pk, bind=killed, at=timezone.now()) is False
    document.refresh_from_db()
    assert (document.state, document.reason) == (State.FAILED, Reason.CRASHED)
    assert not jobs.joinable().exists()
    people.client_of(member).post(reverse("documents:retry", args=[document.pk]))
    assert set(Part.objects.values_list("state", "attempts")) == {("queued", 0)}


@pytest.mark.parametrize("said", [None, "x", -1, 0, 10**30, [1], {"pk": 1}, "1; DROP TABLE x", 1.5, True])
def test_a_forged_message_makes_nothing(member: Member, said: object) -> None:
    document = frozen(member)
    Part.objects.filter(document=document).update(attempts=0)
    for task in (tasks.render, tasks.join, tasks.spread):
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            task(said)
    assert not File.objects.exists()
    assert Document.objects.get().state in (State.QUEUED, State.RENDERING)


def test_messages_are_no_programs() -> None:
    assert set(current_app.conf.accept_content) == {"json"}


def test_the_public_page_tells_what_a_receipt_is_and_nothing_of_it(member: Member) -> None:
    facts = {"member": member.pk, "text": "Omar Águila cobró $ 1"}
    document = frozen(member, kind=PARTED.name, title="Recibo de Omar Águila", facts=facts)
    said = Client().get(reverse("documents:verify", args=[document.code]))
    text = said.content.decode()
    assert said.status_code == 200
    for hidden in ("Águila", "cobró", document.facts_sha256, document.salt, document.by_name):
        assert hidden not in text
    nearly = document.code[:-1] + ("a" if document.code[-1] != "a" else "b")
    assert Client().get(reverse("documents:verify", args=[nearly])).status_code == 404


def test_a_file_of_more_than_ten_megabytes_is_not_compared_and_one_of_twenty_not_read(member: Member) -> None:
    document = frozen(member)
    url = reverse("documents:verify", args=[document.code])
    big = SimpleUploadedFile("x.pdf", b"%" * (10 * 1024 * 1024 + 1), "application/pdf")
    assert Client().post(url, {"archivo": big}).status_code == 422
    huge = SimpleUploadedFile("x.pdf", b"%" * (20 * 1024 * 1024 + 1), "application/pdf")
    assert Client().post(url, {"archivo": huge}).status_code == 413


@pytest.mark.parametrize(
    "title",
    [
        '"; filename="x.exe',
        "a\r\nSet-Cookie: x=1",
        "../../etc/passwd",
        "\u202efdp.exe",
        "%22%0d%0a",
        "é" * 190,
    ],
)
def test_no_title_leaves_its_header(member: Member, title: str) -> None:
    said = _disposition(Document(kind="sample", title=title), keep=True)
    assert said.isascii()
    assert said.isprintable()
    assert said.count('"') == 2
    assert "/" not in said
