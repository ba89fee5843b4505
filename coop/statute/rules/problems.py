"""What is wrong with a document: every problem at once, each with its place and its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from pydantic import ValidationError

from coop.common.errors import DomainError
from coop.common.words import visible

LONGEST_PLACE = 120

# By pydantic's stable names; %(…)s are of the error's own context.
REASONS: Mapping[str, str] = {
    "missing": gettext_noop("Falta este dato."),
    "unexpected_keyword_argument": gettext_noop("No conocemos este dato. ¿Está bien escrito?"),
    "int_type": gettext_noop("Tiene que ser un número entero."),
    "int_from_float": gettext_noop("Tiene que ser un número entero."),
    "int_parsing_size": gettext_noop("Es un número demasiado grande. Revisalo."),
    "bool_type": gettext_noop("Tiene que ser sí o no."),
    "string_type": gettext_noop("Tiene que ser un texto."),
    "string_too_short": gettext_noop("No puede quedar vacío."),
    "string_too_long": gettext_noop("Es demasiado largo: entran %(max_length)s letras."),
    "string_pattern_mismatch": gettext_noop("Tiene signos que no se pueden usar, o espacios en la punta."),
    "greater_than_equal": gettext_noop("Tiene que ser %(ge)s o más."),
    "less_than_equal": gettext_noop("Tiene que ser %(le)s o menos."),
    "literal_error": gettext_noop("Tiene que ser una de estas palabras: %(expected)s."),
    "tuple_type": gettext_noop("Acá va una lista."),
    "dict_type": gettext_noop("Acá va una tabla de datos con su nombre."),
    "dataclass_type": gettext_noop("Acá va un conjunto de datos con su nombre."),
    "not_a_share": gettext_noop("Tiene que ser una parte exacta, como 0.05 o 1/20."),
    "above_one": gettext_noop("No puede pasar de 1, que es el 100 %%."),
}
UNREADABLE = gettext_noop("No se puede leer.")


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` as in the document ("majorities.recall.numerator"); `kind` is a stable English name."""

    place: str
    kind: str
    reason: str


class BadStatute(DomainError):
    """Nothing is drafted, presented or read from a document with problems; `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(tuple(problems))
        self.problems = tuple(problems)

    def message(self) -> str:
        first = self.problems[0]
        told = {"n": len(self.problems), "place": first.place, "what": first.reason}
        sentence = ngettext(
            "El estatuto tiene %(n)d error, en «%(place)s»: %(what)s",
            "El estatuto tiene %(n)d errores. El primero, en «%(place)s»: %(what)s",
            len(self.problems),
        )
        return sentence % told


def of_types(error: ValidationError) -> list[Problem]:
    """What the types refuse, in order of the document."""
    return [_problem(one) for one in error.errors(include_url=False, include_input=False)]


def _problem(one: Any) -> Problem:
    kind = str(one["type"])
    told = {name: str(value).replace(" or ", " / ") for name, value in (one.get("ctx") or {}).items()}
    place = visible(".".join(map(str, one["loc"])))[:LONGEST_PLACE]
    return Problem(place or "estatuto", kind, _(REASONS.get(kind, UNREADABLE)) % told)
