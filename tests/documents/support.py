"""Two kinds of document for tests, and one frozen by a member."""

from pathlib import Path
from typing import Any

from django.template import engines

from coop.documents import kinds
from coop.documents.domain import freeze
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
