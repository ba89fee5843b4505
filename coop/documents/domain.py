"""Freezing what a document says. Making it is the workers' business: `coop.documents.jobs`."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from coop.common.errors import NotAllowed
from coop.documents import codes, kinds
from coop.documents.codes import Facts
from coop.documents.enums import PartState, State
from coop.documents.house import house
from coop.documents.models import Document, Part
from coop.documents.queueing import enqueue
from coop.powers import Actor

# One-page receipts that a worker makes at a time: see docs/documents.md for what was measured.
PER_PART = 25


def locked(what: str) -> None:
    """Until the transaction ends, nobody else of this cooperative holds `what`."""
    with connection.cursor() as cursor:
        name = f"documents.{what}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.' || %s::text))", [name])


def find(kind: str, key: str) -> Document | None:
    return Document.objects.filter(kind=kind, key=key).first()


def next_number(series: str) -> int:
    """The number after the last of the series, 1 at first; the series is held until the transaction ends."""
    locked(series)
    last = Document.objects.filter(series=series).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def freeze(
    *,
    kind: str,
    key: str,
    title: str,
    facts: Facts,
    by: Actor,
    at: datetime,
    series: str = "",
    number: int | None = None,
    parts: Sequence[Facts] = (),
) -> Document:
    """Keeps the facts for ever, and asks for the PDF when the caller's transaction commits.

    One for each (kind, key): the same key again gives the document that is there, whatever its facts. With
    `parts` the template is used once for each of them, in order, and gets the part's facts; the document's
    own facts are kept and sealed beside them. Who may freeze is for the verb above to ask. KeyError for a
    kind that nobody registered, TypeError for facts with floats.
    """
    kinds.kind_of(kind)
    locked(f"{kind}/{key}")
    if known := find(kind, key):
        return known
    whose = house()
    sealed, salt = codes.seal(facts, parts), secrets.token_hex(16)
    document = Document.objects.create(
        kind=kind,
        key=key,
        title=title,
        series=series,
        number=number,
        facts=facts,
        facts_sha256=sealed,
        salt=salt,
        code=codes.code_of(kind=kind, key=key, facts_sha256=sealed, salt=salt),
        house=whose.name,
        zone=whose.zone,
        language=whose.language,
        site_url=settings.SITE_URL,
        by_number=by.number,
        by_name=by.name,
        frozen_at=at,
    )
    _queue(document, parts, at)
    return document


def _queue(document: Document, parts: Sequence[Facts], at: datetime) -> None:
    chunks = [list(parts[start : start + PER_PART]) for start in range(0, len(parts), PER_PART)] or [[]]
    made = Part.objects.bulk_create(
        Part(document=document, position=position, facts=chunk, sent_at=at)
        for position, chunk in enumerate(chunks, start=1)
    )
    enqueue([part.pk for part in made])


@transaction.atomic
def retry(*, document_id: int, by: Actor, at: datetime) -> Document:
    """Sends a failed document to be made again; one that has not failed stays as it is.

    Whoever may read it may do so: nothing is changed by it. Raises NotAllowed, Document.DoesNotExist.
    """
    document = Document.objects.select_for_update().get(pk=document_id)
    if not kinds.may_read(document, by.signature, at):
        raise NotAllowed
    if not document.is_failed:
        return document
    document.state, document.reason = State.QUEUED, ""
    document.save(update_fields=["state", "reason"])
    # From the first part on: what was made may be what could not be joined.
    document.parts.update(state=PartState.QUEUED, attempts=0, content=None, sent_at=at)
    again = list(document.parts.values_list("pk", flat=True))
    enqueue(again)
    return document
