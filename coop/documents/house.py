"""Whose documents these are. The cooperative lives in a higher room, which registers the answer."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """Name, time zone (`America/Argentina/Buenos_Aires`) and language (`es-ar`) of the cooperative."""

    name: str
    zone: str
    language: str


_answers: list[Callable[[], House]] = []
_logos: list[Callable[[], str]] = []


def house_answers(answer: Callable[[], House], logo: Callable[[], str] | None = None) -> None:
    """Registers who knows; called from AppConfig.ready. `logo()` is a data URI, "" for none."""
    _answers[:] = [answer]
    _logos[:] = [logo] if logo else []


def house_logo() -> str:
    """What is printed at the head of a document: as it is when its file is drawn, once."""
    return _logos[0]() if _logos else ""


def house() -> House:
    """LookupError when no room has answered: nothing is printed for nobody."""
    if not _answers:
        raise LookupError("no room has said whose documents these are")
    return _answers[0]()
