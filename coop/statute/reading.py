"""Documents read once: the same document gives the same rules, in whatever database it stands."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from coop.statute.rules import Rules, seal_of


class _Held:
    """A document by its seal, so that the cache asks for nothing but that."""

    __slots__ = ("document", "sha256")

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.sha256 = seal_of(document)

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.sha256 == self.sha256


@lru_cache(maxsize=64)
def _read(held: _Held) -> Rules:
    return Rules.from_json(held.document)


def rules_of(document: Mapping[str, Any]) -> Rules:
    """The document's rules. Sealed anew each time: no stored seal is trusted with what the rules say."""
    return _read(_Held(document))
