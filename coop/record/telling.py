"""Each act as a sentence: the room that writes an act registers how it is told, from its facts alone."""

from collections.abc import Callable, Mapping
from typing import Any

from coop.record.models import Act

Facts = Mapping[str, Any]
Tell = Callable[[Facts], str]

_told: dict[str, Tell] = {}


def tells(words: Mapping[Act, Tell]) -> None:
    """Called from AppConfig.ready."""
    _told.update({act.value: tell for act, tell in words.items()})


def teller(act: str) -> Tell | None:
    """What tells that act; None when no room registered it here."""
    return _told.get(act)
