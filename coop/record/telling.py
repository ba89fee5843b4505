"""Each act as a sentence: the room that writes an act registers how it is told, from its facts alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from coop.record.models import Act, Entry

Facts = Mapping[str, Any]
Tell = Callable[[Facts], str]
Reader = Callable[[Sequence[Entry]], list[str]]

_told: dict[str, Tell] = {}
_readers: list[Reader] = []


def tells(words: Mapping[Act, Tell]) -> None:
    """Called from AppConfig.ready."""
    _told.update({act.value: tell for act, tell in words.items()})


def teller(act: str) -> Tell | None:
    """What tells that act; None when no room registered it here."""
    return _told.get(act)


def reads(reader: Reader) -> Reader:
    """Registers how a whole page is told: a higher room knows the names that facts only point at.

    Called from AppConfig.ready. A few statements, however long the page.
    """
    _readers[:] = [reader]
    return reader


def sentences(entries: Sequence[Entry]) -> list[str]:
    """Of each entry, in their order."""
    return _readers[0](entries)
