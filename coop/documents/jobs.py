"""Making what is queued: claimed by one worker, kept once, and given back when the worker is gone.

A worker that makes a part holds a lock of its own session on it. The server lets go of it the moment the
worker's connection ends, however it ended: so a part that is being made and whose lock is free is lost.
"""

import contextlib
import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from coop.documents.enums import PartState, Reason, State
from coop.documents.models import Document, File, Part

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# How often its parts are joined: at least so many times, more when a part came at the first claim.
MOST_JOINS = 3
# Long enough that what waits behind others is not sent twice all the time, short for whoever waits.
SENT_AGAIN_AFTER = timedelta(seconds=8)
SENT_AT_ONCE = 300
KEY = "hashtextextended(current_schema() || '.documents.' || %s::text, 0)"
ON_ITS_WAY = (State.QUEUED, State.RENDERING)

# The document and what the template gets for each piece of the part -> the part's PDF.
Draw = Callable[[Document, list[object]], bytes]
# The document and its parts' PDFs, in order -> one PDF and its number of pages.
Bind = Callable[[Document, Sequence[bytes]], tuple[bytes, int]]


@contextlib.contextmanager
def held(what: str) -> Iterator[bool]:
    """Whether this session got the lock; it is let go at the end, or by the server when the session ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({KEY})", [what])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            # A session that broke has lost the lock already.
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({KEY})", [what])


def make(*, part_id: int, draw: Draw, at: datetime) -> int | None:
    """Makes one part, unless somebody else does or did. Gives its document when the part was made.

    What `draw` raises fails the document at once: the same facts would raise it again.
    """
    with held(f"part.{part_id}") as mine:
        part = claim(part_id=part_id, at=at) if mine else None
        if part is None:
            return None
        try:
            content = draw(part.document, part.facts or [part.document.facts])
        except MemoryError:
            raise
        except Exception:
            log.exception("document %s, part %s cannot be made", part.document_id, part.position)
            fail(document_id=part.document_id, reason=Reason.TEMPLATE)
            return None
        # The attempt is the claim's own number: who was given up meanwhile keeps nothing.
        mine_still = Part.objects.filter(pk=part.pk, state=PartState.RENDERING, attempts=part.attempts)
        kept = mine_still.update(state=PartState.RENDERED, content=content)
    return part.document_id if kept == 1 else None


@transaction.atomic
def claim(*, part_id: int, at: datetime) -> Part | None:
    """The part, with its document, for this worker alone; None when there is nothing to make (any more)."""
    wanted = Part.objects.filter(state__in=[PartState.QUEUED, PartState.RENDERING], pk=part_id)
    part = wanted.select_related("document").filter(document__state__in=ON_ITS_WAY).first()
    if part is None:
        return None
    if part.attempts >= MOST_ATTEMPTS:
        fail(document_id=part.document_id, reason=Reason.CRASHED)
        return None
    seen = Part.objects.filter(pk=part.pk, state=part.state, attempts=part.attempts)
    if seen.update(state=PartState.RENDERING, attempts=F("attempts") + 1, claimed_at=at) != 1:
        return None
    Document.objects.filter(pk=part.document_id, state=State.QUEUED).update(state=State.RENDERING)
    part.attempts += 1
    return part


def fail(*, document_id: int, reason: Reason) -> None:
    Document.objects.filter(pk=document_id, state__in=ON_ITS_WAY).update(state=State.FAILED, reason=reason)


def join(*, document_id: int, bind: Bind, at: datetime) -> bool:
    """Makes the file when every part is there. The first file is the record: whoever comes later changes
    nothing. Whether this call made it.
    """
    if not joinable().filter(pk=document_id).exists():
        return False
    with held(f"document.{document_id}") as mine:
        document = joinable().filter(pk=document_id).first() if mine else None
        if document is None or not _may_join(document):
            return False
        contents = [bytes(one) for one in document.parts.values_list("content", flat=True) if one]
        try:
            content, pages = bind(document, contents)
        except MemoryError:
            raise
        except Exception:
            log.exception("the parts of document %s cannot be joined", document_id)
            fail(document_id=document_id, reason=Reason.TEMPLATE)
            return False
        return _store(document, content, pages, at)


def _may_join(document: Document) -> bool:
    """Counted with the first part's claims before it begins: what kills whoever joins it ends, too."""
    first = Part.objects.filter(document=document, position=1, state=PartState.RENDERED)
    if first.filter(attempts__lt=MOST_ATTEMPTS + MOST_JOINS).update(attempts=F("attempts") + 1):
        return True
    fail(document_id=document.pk, reason=Reason.CRASHED)
    return False


@transaction.atomic
def _store(document: Document, content: bytes, pages: int, at: datetime) -> bool:
    """The parts' bytes go when the file comes: everything is kept once."""
    making = Document.objects.select_for_update().filter(pk=document.pk, state=State.RENDERING)
    if not making.exists():
        return False
    digest = hashlib.sha256(content).hexdigest()
    File.objects.create(
        document=document, content=content, sha256=digest, pages=pages, size=len(content), made_at=at
    )
    Document.objects.filter(pk=document.pk).update(state=State.READY)
    document.parts.update(state=PartState.JOINED, content=None)
    return True


def joinable() -> QuerySet[Document]:
    """Documents whose parts are all made and wait to be joined."""
    missing = Part.objects.filter(document=OuterRef("pk")).exclude(state=PartState.RENDERED)
    return Document.objects.filter(~Exists(missing), state=State.RENDERING)


# --- what was lost ---


def give_back(*, at: datetime) -> None:
    """Parts whose worker is gone wait again; after MOST_ATTEMPTS their document fails."""
    being_made = Part.objects.filter(state=PartState.RENDERING, document__state__in=ON_ITS_WAY)
    for pk, document_id, attempts in being_made.values_list("pk", "document_id", "attempts"):
        with transaction.atomic():
            if not _is_free(f"part.{pk}"):
                continue
            if attempts >= MOST_ATTEMPTS:
                fail(document_id=document_id, reason=Reason.CRASHED)
                continue
            lost = Part.objects.filter(pk=pk, state=PartState.RENDERING, attempts=attempts)
            lost.update(state=PartState.QUEUED, sent_at=at - SENT_AGAIN_AFTER)


def _is_free(what: str) -> bool:
    """Nobody's session holds the lock; until the transaction ends nobody's can."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({KEY})", [what])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def to_send_again(*, at: datetime) -> list[int]:
    """Parts that wait for longer than a message takes, marked as sent now."""
    waiting = Part.objects.filter(
        state=PartState.QUEUED, document__state__in=ON_ITS_WAY, sent_at__lte=at - SENT_AGAIN_AFTER
    )
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:SENT_AT_ONCE])
    Part.objects.filter(pk__in=found, state=PartState.QUEUED).update(sent_at=at)
    return found
