"""What is held about a member: each room says what it keeps; the page, the JSON and the PDF print it all."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Held:
    """A table. `name` is stable (it is in the JSON); `title`, `columns` and `rows` are for people, in the
    language of the request. `why`: what it is kept for and who sees it, in one sentence. A list of facts
    about one thing has the two columns `(Dato, Dice)`.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"name": self.name, "title": self.title, "why": self.why, "rows": rows}


Provider = Callable[[int, datetime], Iterable[Held]]
_providers: list[Provider] = []


def holds(provider: Provider) -> Provider:
    """Registers `provider(member_id, at)`; called from AppConfig.ready. What a room keeps about a person and
    nobody may see, not even that person, does not exist: every table with a member in it belongs here.
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def held_about(member_id: int, at: datetime) -> list[Held]:
    """In the order in which the rooms were registered: the register first."""
    return [held for provider in _providers for held in provider(member_id, at)]
