"""Spanish as minutes write it. Literal on purpose: what is frozen must not follow a catalogue or a reader."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
SHARES = {(1, 2): "la mitad", (2, 3): "dos tercios", (3, 4): "tres cuartos", (1, 1): "la totalidad"}
CALLS = {1: "primera", 2: "segunda", 3: "tercera", 4: "cuarta"}


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def on_the_day(text: str) -> str:
    """`a los 14 días del mes de noviembre de 2026`."""
    at = instant(text)
    day = "al primer día" if at.day == 1 else f"a los {at.day} días"
    return f"{day} del mes de {MONTHS[at.month - 1]} de {at.year}"


def day(text: str) -> str:
    """`14 de noviembre de 2026`; the first is `1.º`."""
    at = instant(text)
    number = "1.º" if at.day == 1 else str(at.day)
    return f"{number} de {MONTHS[at.month - 1]} de {at.year}"


def clock(text: str) -> str:
    at = instant(text)
    return f"{at.hour}:{at.minute:02d}"


def hour(text: str) -> str:
    """`las 18:05`, `la 1:05`."""
    return f"{'la' if instant(text).hour == 1 else 'las'} {clock(text)}"


def hour_after(text: str, *, since: str) -> str:
    """The hour, with its day when that is not the day of `since` any more."""
    later = instant(text).date() != instant(since).date()
    return f"{hour(text)} del {day(text)}" if later else hour(text)


def listing(parts: Sequence[str]) -> str:
    """`Ana, Juan e Irma`: "y" becomes "e" before the sound of an i."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_and(parts[-1])} {parts[-1]}"


def _and(word: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.casefold()) if sign.isalpha())
    sounds = plain.removeprefix("h")
    glides = plain.startswith("h") and sounds[:2] in ("ia", "ie", "io")
    return "e" if sounds.startswith("i") and not glides else "y"


def counted(n: int, one: str, many: str, none: str = "") -> str:
    """`1 voto`, `3 votos`, and for none its own words when there are any."""
    if n == 0 and none:
        return none
    return f"{n} {one if n == 1 else many}"


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def ends_as_sentence(text: str) -> str:
    """With a full stop, unless it closes itself."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
