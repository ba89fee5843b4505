"""What can be printed: each room registers its kinds, with who may read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from coop.documents.models import Document

MayRead = Callable[[Document, int, datetime], bool]


PageOf = Callable[[Document, int], str]
Seen = Callable[[Document, int, datetime], None]


def nobody(document: Document, member_id: int, at: datetime) -> bool:
    return False


def nowhere(document: Document, member_id: int) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """`template` gets `facts`, `document`, `verify_url`, `qr` (see `templates/documents/pdf_base.html`).

    `may_read(document, member_id, at)`; without an answer it is no. `public_title`: whoever holds the control
    code, member or not, is shown the title; a title that names a person stays inside.
    `page(document, member_id)` is the address of what it was printed from, "" for who may not read that;
    `room` the tab it belongs to. `seen(document, member_id, at)` is told before somebody is shown the file.
    """

    name: str
    label: str | Promise
    template: str
    may_read: MayRead = nobody
    public_title: bool = False
    page: PageOf = nowhere
    room: str = "books"
    seen: Seen | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called from AppConfig.ready."""
    _kinds[kind.name] = kind


def kind_of(name: str) -> Kind:
    """KeyError for a kind that nobody registered."""
    return _kinds[name]


def known(name: str) -> Kind | None:
    """None for the kind of a room that is gone: its documents stay."""
    return _kinds.get(name)


def label_of(document: Document) -> str:
    kind = known(document.kind)
    return str(kind.label) if kind else document.kind


def may_read(document: Document, member_id: int, at: datetime) -> bool:
    kind = known(document.kind)
    return kind is not None and kind.may_read(document, member_id, at)
