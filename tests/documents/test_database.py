"""Going round Python: what the database itself refuses, asked as the application's role."""

import hashlib
from datetime import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from coop.documents import jobs
from coop.documents.domain import retry
from coop.documents.models import Document, File, Part
from coop.members.models import Member
from tests.documents.support import frozen, made
from tests.support.raw import refused, refused_rows, run, try_to_ignore_triggers

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 not quite"


def file_for(document: Document, **changes: object) -> File:
    values: dict[str, object] = {
        "document": document,
        "content": PDF,
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "pages": 1,
        "size": len(PDF),
        "made_at": timezone.now(),
    }
    return File(**values | changes)


def test_database_refuses_to_change_what_was_frozen(member: Member) -> None:
    frozen(member)
    for column in ("facts", "title", "code", "number", "facts_sha256", "kind", "key", "site_url"):
        refused(f"UPDATE documents_document SET {column} = {column}", match="denied")
    refused("DELETE FROM documents_document", match="denied")
    refused("DELETE FROM documents_part", match="denied")


@pytest.mark.parametrize("state", ["rendering", "ready", "failed"])
def test_database_refuses_a_document_that_does_not_begin_in_the_queue(member: Member, state: str) -> None:
    document = frozen(member)
    document.pk, document.key, document.code, document.state = None, "2", "aaaa-aaaa-aaaa-aaaa", state
    document.reason = "template" if state == "failed" else ""
    refused_rows(document, match="begins in the queue")


@pytest.mark.parametrize("state", ["ready", "queued"])
def test_database_refuses_a_step_that_is_not_the_next(member: Member, state: str) -> None:
    frozen(member)
    refused(f"UPDATE documents_document SET state = '{state}'", match="does not go to|has no file")


def test_database_refuses_a_ready_document_without_a_file(member: Member) -> None:
    frozen(member)
    run("UPDATE documents_document SET state = 'rendering'")
    refused("UPDATE documents_document SET state = 'ready'", match="has no file")


def test_database_refuses_to_change_a_ready_document(member: Member) -> None:
    document = made(frozen(member))
    try_to_ignore_triggers("documents_document", "documents_part", "documents_file")
    for state in ("queued", "rendering", "failed"):
        refused(
            "UPDATE documents_document SET state = %s, reason = 'crashed'", [state], match="does not go to"
        )
    refused("UPDATE documents_file SET content = ''", match="denied")
    refused("UPDATE documents_part SET state = 'queued'", match="Cannot update")
    refused_rows(file_for(document, document_id=document.pk), match="not being made|already exists")


def test_database_refuses_a_file_that_is_not_what_its_sha256_says(member: Member) -> None:
    document = frozen(member)
    run("UPDATE documents_document SET state = 'rendering'")
    refused_rows(file_for(document, sha256="0" * 64), match="file_is_what_its_sha256_says")
    refused_rows(file_for(document, size=1), match="file_is_of_its_size")
    refused_rows(file_for(document, pages=0), match="file_has_a_page")


def test_database_refuses_a_file_whose_document_is_not_made_ready_with_it(member: Member) -> None:
    document = frozen(member)
    refused_rows(file_for(document), match="is not being made")
    run("UPDATE documents_document SET state = 'rendering'")
    refused_rows(file_for(document), match="is not ready")


def test_database_refuses_a_part_that_comes_later(member: Member) -> None:
    document = made(frozen(member))
    late = Part(document=document, position=2, facts=[], sent_at=timezone.now())
    refused_rows(late, match="comes with its document")


def test_database_refuses_a_number_that_does_not_follow(member: Member) -> None:
    frozen(member, key="7", series="actas", number=7)
    for number in (6, 7, 9):
        with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
            frozen(member, key=f"n{number}", series="actas", number=number)
    frozen(member, key="8", series="actas", number=8)


def test_database_refuses_a_number_without_a_series_and_a_series_without_a_number(member: Member) -> None:
    for series, number in (("", 3), ("actas", None)):
        with pytest.raises(DatabaseError, match="document_number_is_of_a_series"), transaction.atomic():
            frozen(member, key="x", series=series, number=number)


def test_a_part_is_claimed_once_and_a_worker_given_up_keeps_nothing(member: Member) -> None:
    part = frozen(member).parts.get()
    now = timezone.now()
    first = jobs.claim(part_id=part.pk, at=now)
    assert first is not None
    assert first.attempts == 1

    def overtaken(document: Document, facts: object) -> bytes:
        """While this one draws, somebody else took the part."""
        Part.objects.filter(pk=part.pk).update(attempts=7)
        return PDF

    assert jobs.make(part_id=part.pk, draw=overtaken, at=now) is None
    assert Part.objects.get(pk=part.pk).state == "rendering"


def test_running_twice_changes_nothing(member: Member, at: type) -> None:
    document = made(frozen(member))
    before = File.objects.get()
    part = document.parts.get()
    later: datetime = at.closing
    assert jobs.make(part_id=part.pk, draw=lambda *_: b"other", at=later) is None
    assert jobs.join(document_id=document.pk, bind=lambda *_: (b"other", 1), at=later) is False
    assert bytes(File.objects.get().content) == bytes(before.content)


def test_what_could_not_be_joined_is_made_again_from_the_first_part(member: Member) -> None:
    document = frozen(member, parts=[{"text": str(number)} for number in range(30)])
    now = timezone.now()
    for part in document.parts.all():
        jobs.make(part_id=part.pk, draw=lambda *_: PDF, at=now)

    def breaks(*_: object) -> tuple[bytes, int]:
        raise ValueError("no PDF")

    assert jobs.join(document_id=document.pk, bind=breaks, at=now) is False
    assert Document.objects.get().state == "failed"
    retry(document_id=document.pk, by=member.actor, at=now)
    assert set(Part.objects.values_list("state", "attempts", "content")) == {("queued", 0, None)}
    assert made(Document.objects.get()).is_ready
