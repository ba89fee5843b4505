"""Two kinds of document for tests, and one frozen by a member."""

from pathlib import Path
from typing import Any

from django.template import engines
from django.utils import timezone

from coop.documents import jobs, kinds
from coop.documents.domain import freeze
from coop.documents.enums import Reason
from coop.documents.kinds import Kind
from coop.documents.models import Document
from coop.members.models import Member
from tests.support.people import Instants

TEXT = "Se resuelve comprar la prensa."
KIND = Kind("sample", "Ensayo", "documents/sample.html", lambda document, member_id, at: True, True)
# Personal: only its reader, the fourth member of the invented cooperative, may open it.
PARTED = Kind(
    "own",
    "Recibo de ensayo",
    "documents/sample.html",
    lambda document, member_id, at: owner_is(document, member_id),
)
for known in (KIND, PARTED):
    kinds.register(known)
engines["django"].engine.dirs.append(Path(__file__).parent / "templates")


def owner_is(document: Document, member_id: int) -> bool:
    return bool(document.facts.get("member") == member_id)


def frozen(member: Member, **changes: Any) -> Document:
    """Frozen by `member` when the invented assembly ended."""
    values: dict[str, Any] = {
        "kind": KIND.name,
        "key": "1",
        "title": "Acta de ensayo",
        "facts": {"text": TEXT},
        "by": member.actor,
        "at": Instants.closing,
    }
    return freeze(**values | changes)


def made(document: Document) -> Document:
    """As a worker makes it, in this process, which needs WeasyPrint from now on."""
    from coop.documents import rendering

    at = timezone.now()
    for part in document.parts.all():
        assert jobs.make(part_id=part.pk, draw=rendering.draw, at=at) == document.pk
    assert jobs.join(document_id=document.pk, bind=rendering.bind, at=at)
    return Document.objects.get(pk=document.pk)


def failed(document: Document) -> Document:
    """As a worker leaves it whose template has a mistake."""
    jobs.fail(document_id=document.pk, reason=Reason.TEMPLATE)
    return Document.objects.get(pk=document.pk)
