"""What a motion puts to the vote beyond its words: frozen facts, opaque here and sealed by their SHA-256.

The room that drafts proposals registers its kind: the page that explains one, and what must hold before
it is voted. `facts["shown"]` is what any room may print: `{"paragraphs": [str], "tables": [{"title": str,
"columns": [str], "rows": [[str]]}]}`, written in the cooperative's language; the rest is the drafter's own.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`id` is the drafter's own row; `sha256` is `seal(facts)`, in hex."""

    kind: str
    id: int
    sha256: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Kind:
    """`page(id)` is the address that explains it; `check(proposal, at)` raises DomainError when it cannot be
    voted (any more): asked when it is moved and again when its poll opens.

    `matter` and `sealed` only for a kind that a resolution of the paper book may name too: the matter whose
    adoption carries it out, and the proposals that wait, each with its title.
    """

    page: Callable[[int], str]
    check: Callable[[Proposal, datetime], None]
    matter: str = ""
    sealed: Callable[[], Iterable[tuple[Proposal, str]]] | None = None
    # Only for a kind that any room may take to an assembly: the proposal of that id, and the motion's title
    # and text in the cooperative's language.
    words: Callable[[int], tuple[Proposal, str, str]] | None = None


_kinds: dict[str, Kind] = {}


def seal(facts: Facts) -> str:
    """SHA-256, in hex, of the facts as canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def register(name: str, kind: Kind) -> None:
    """Called from AppConfig.ready."""
    _kinds[name] = kind


def page_of(kind: str, number: int) -> str | None:
    """The address of the page that explains it; None when nobody registered the kind."""
    return _kinds[kind].page(number) if kind in _kinds else None


def check(proposal: Proposal, at: datetime) -> None:
    """Raises what its kind raises; KeyError for a kind that nobody registered."""
    _kinds[proposal.kind].check(proposal, at)


def waiting_for(matter: str) -> list[tuple[Proposal, str]]:
    """The sealed proposals, with their titles, that a resolution of the paper book on `matter` may name."""
    kinds = [kind for kind in _kinds.values() if kind.sealed is not None and kind.matter == matter]
    return [found for kind in kinds if kind.sealed is not None for found in kind.sealed()]


@dataclass(frozen=True, slots=True)
class Moved:
    """A motion that puts a proposal: its title, its state in words, and its page."""

    title: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a proposal stands in the assemblies. `put_url` is "" when the reader cannot put it now."""

    moved: tuple[Moved, ...]
    put_url: str


Whereabouts = Callable[[str, int, int | None, datetime], Standing]
_whereabouts: list[Whereabouts] = []


def whereabouts(answer: Whereabouts) -> Whereabouts:
    """Registers who knows `(kind, id, member_id, at)`: a higher room; called from AppConfig.ready."""
    _whereabouts[:] = [answer]
    return answer


def standing(kind: str, number: int, member_id: int | None, at: datetime) -> Standing:
    return _whereabouts[0](kind, number, member_id, at) if _whereabouts else Standing((), "")


def to_put(kind: str, number: int) -> tuple[str, Proposal, str, str] | None:
    """Matter, proposal, title and text of the motion; None for a kind that no room takes by itself."""
    held = _kinds.get(kind)
    if held is None or held.words is None:
        return None
    return held.matter, *held.words(number)
