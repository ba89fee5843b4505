"""The draw itself: pure, one page, and nothing in it that anybody could choose afterwards.

1. Before: a secret seed is chosen, and its SHA-256 is published with the list of who takes part, how many are
   drawn, and which public value will be named aloud on the day (nobody may know it before).
2. On the day the public value is named, and the seed revealed. Its SHA-256 must be the published one.
3. Of each participant: SHA-256 of `seed:value:number`, in hex. Whoever has the lowest comes first.

Who knows the seed does not know the value, who knows the value does not know the seed, and both are fixed
before anybody knows both.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


class BadDraw(ValueError):
    """`str(error)` says in English what is wrong with the file of a draw."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """`codes` are the SHA-256 of each, in the drawn order; the first `places` were drawn."""

    order: tuple[int, ...]
    codes: tuple[str, ...]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def value_of(spoken: str) -> str:
    """What was named aloud as it is counted: without spaces or marks, letters small."""
    return re.sub(r"[^0-9a-záéíóúüñ]", "", spoken.lower())


def code_of(seed: str, value: str, number: int) -> str:
    return sha256(f"{seed}:{value}:{number}")


def draw(*, seed: str, value: str, numbers: Iterable[int]) -> Drawn:
    """Everybody's place. `value` as `value_of` gives it."""
    places = sorted((code_of(seed, value, number), number) for number in set(numbers))
    return Drawn(tuple(number for _, number in places), tuple(code for code, _ in places))


def reproduce(told: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a draw's file, from the file alone. Raises BadDraw.

    Keys: `seed`, `commitment`, `public_value`, `places`, `participants` (`[{"number", "name"}]`) and, when it
    was held, `drawn`: the numbers in order.
    """
    seed, value, numbers, names, places = _read(told)
    found = draw(seed=seed, value=value, numbers=numbers)
    order = [
        {"place": place, "number": number, "name": names[number], "code": code, "drawn": place <= places}
        for place, (number, code) in enumerate(zip(found.order, found.codes, strict=True), start=1)
    ]
    claimed = told.get("drawn")
    return {
        "commitment": sha256(seed),
        "commitment_holds": sha256(seed) == told.get("commitment"),
        "order": order,
        "as_published": None if claimed is None else list(claimed) == list(found.order),
    }


def _read(told: Mapping[str, Any]) -> tuple[str, str, Sequence[int], dict[int, str], int]:
    try:
        seed, value, people, places = (
            told[key] for key in ("seed", "public_value", "participants", "places")
        )
        names = {one["number"]: str(one.get("name", "")) for one in people}
        numbers = [one["number"] for one in people]
    except (KeyError, TypeError, AttributeError) as missing:
        raise BadDraw(f"not the file of a draw that was held: {missing}") from missing
    if not isinstance(seed, str) or not isinstance(value, str) or not value_of(value):
        raise BadDraw("seed and public_value are text, and not empty")
    if not all(type(number) is int and number > 0 for number in numbers) or len(names) != len(numbers):
        raise BadDraw("each participant has a number of their own")
    if type(places) is not int or not 1 <= places <= len(numbers):
        raise BadDraw("places is between 1 and the number of participants")
    return seed, value_of(value), numbers, names, places
