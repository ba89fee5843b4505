"""Values out of parsed JSON, each by its place; what is wrong is noted and reading goes on."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from coop.common.words import visible

LARGEST_CENTS: Final = 10**15
LARGEST_NUMBER: Final = 2_147_483_647
LONGEST_PLACE: Final = 120
_RATE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,9})?|[0-9]{1,9}/[1-9][0-9]{0,8}")
_HOURS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` as one finds it in the file ("members[3].hours"); `kind` is a stable English phrase."""

    place: str
    kind: str
    message: str


@dataclass(slots=True)
class Taking:
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, place: str, kind: str, message: str) -> None:
        # A key of the file may hold what no page can say: half a letter, marks of direction, a whole novel.
        self.problems.append(Problem(visible(place)[:LONGEST_PLACE], kind, message))

    def fields(
        self, value: object, place: str, names: tuple[str, ...], maybe: tuple[str, ...] = ()
    ) -> Mapping[str, Any]:
        """An object with exactly these keys; those that are missing are noted and left out.

        `maybe` are keys that it may have too.
        """
        if not isinstance(value, dict):
            self.refuse(place, "not an object", _("Acá va un objeto: { … }."))
            return {}
        for name in names:
            if name not in value:
                self.refuse(_at(place, name), "missing", _("Falta este dato."))
        for name in value:
            if name not in names + maybe:
                self.refuse(_at(place, name), "unknown", _("No conocemos este dato. ¿Está bien escrito?"))
        return {name: value[name] for name in names + maybe if name in value}

    def rows(self, value: object, place: str) -> list[Any]:
        if not isinstance(value, list):
            self.refuse(place, "not a list", _("Acá va una lista: [ … ]."))
            return []
        return value

    def cents(self, value: object, place: str, *, negative: bool = False) -> int:
        """Whole cents; below zero only where a loss may stand."""
        if isinstance(value, bool) or not isinstance(value, int):
            self.refuse(
                place, "not whole cents", _("Tiene que ser un número entero, en centavos y sin comillas.")
            )
            return 0
        if value < 0 and not negative:
            self.refuse(place, "negative", _("No puede ser menor que cero."))
            return 0
        if abs(value) > LARGEST_CENTS:
            self.refuse(place, "too large", _("Es demasiado grande. Revisalo: va en centavos."))
            return 0
        return value

    def whole(self, value: object, place: str, first: int, last: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not first <= value <= last:
            sentence = _("Tiene que ser un número entero entre %(first)d y %(last)d, sin comillas.")
            self.refuse(place, "not such a number", sentence % {"first": first, "last": last})
            return 0
        return value

    def rate(self, value: object, place: str) -> str:
        """An exact share of one as text: "0.05" or "1/20". A number is refused: it would not be exact."""
        if not isinstance(value, str) or not _RATE.fullmatch(value):
            sentence = _("Tiene que ser un texto entre comillas, como «0.05» o «1/20».")
            self.refuse(place, "not a rate", sentence)
            return "0"
        if Fraction(value) > 1:
            self.refuse(place, "above one", _("No puede pasar de 1: 0.05 es el 5 %."))
            return "0"
        return value

    def multiple(self, value: object, place: str) -> str | None:
        """A multiple of the capital as text, or null for none."""
        if value is None:
            return None
        if not isinstance(value, str) or not _RATE.fullmatch(value):
            sentence = _("Tiene que ser un texto entre comillas, como «1» o «0.5», o null si no hay tope.")
            self.refuse(place, "not a multiple", sentence)
            return None
        return value

    def hours(self, value: object, place: str) -> str:
        if not isinstance(value, str) or not _HOURS.fullmatch(value):
            sentence = _("Tiene que ser un texto entre comillas con punto decimal, como «1948.25».")
            self.refuse(place, "not hours", sentence)
            return "0"
        return value

    def text(self, value: object, place: str, longest: int = 80) -> str:
        if not isinstance(value, str) or not value.strip() or value != value.strip():
            self.refuse(place, "not a text", _("Tiene que ser un texto que no esté vacío."))
            return ""
        if len(value) > longest or not value.isprintable():
            sentence = _("Es un texto que no se puede usar: entran %(longest)d letras, en un renglón.")
            self.refuse(place, "not such a text", sentence % {"longest": longest})
            return ""
        return value

    def once(self, values: list[tuple[str, Any]], says: Callable[[], str]) -> None:
        """Of two places with the same value the later is the problem."""
        seen: set[Any] = set()
        for place, value in values:
            if value in seen:
                self.refuse(place, "repeated", says())
            seen.add(value)


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
