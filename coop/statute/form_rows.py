"""Lists within a section, row by row: calls, funds, exceptions by seat, positions outside the council."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from coop.statute.form_asks import part
from coop.statute.form_fields import OneField, ShareField, TimesField, WholeField, WordsField, YesField
from coop.statute.form_seats import seat_choices
from coop.statute.meanings.seats import POSITION_KINDS
from coop.statute.rules import key_of

Document = dict[str, Any]
MOST_STEPS = 2
# A term of a position that says nothing, in months.
ONE_YEAR = 12


class RowKind(ABC):
    """`name` is the list's key in its section, `head` the value without which a row is none."""

    name: str
    head: str
    most: int

    @abstractmethod
    def fields(self, row: int) -> dict[str, Any]: ...

    @abstractmethod
    def legend(self, row: int) -> str: ...

    @abstractmethod
    def made(self, told: Document, held: list[Document]) -> Document:
        """The row as the document has it. `held`: the rows that the document had."""

    def shown(self, value: Mapping[str, Any], key: str) -> Any:
        return value.get(key)


def kind_of(section: str, document: Mapping[str, Any]) -> RowKind | None:
    """None for a section without a list."""
    if section.startswith("assemblies."):
        return _Calls()
    if section == "rotation":
        return _Exceptions(document)
    return {"surplus": _Funds, "positions": _Positions}[section]() if section in _LISTS else None


def row_of(name: str) -> int:
    number = name.split("__")[1]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0


class _Calls(RowKind):
    name, head, most = "calls", "numerator", 4

    def fields(self, row: int) -> dict[str, Any]:
        asked = part(
            _("Parte del padrón"), _("1/2 es la mitad; 0/1 es con quienes estén. En blanco: no hay.")
        )
        asked.required = row == 0
        return {
            "numerator": asked,
            "plus": WholeField(label=_("Más esta cantidad de personas"), required=False),
            "wait_minutes": WholeField(label=_("Minutos después de la hora"), required=False),
        }

    def legend(self, row: int) -> str:
        return _("%(n)d.ª convocatoria") % {"n": row + 1}

    def made(self, told: Document, held: list[Document]) -> Document:
        numerator, denominator = told["numerator"]
        return {
            "numerator": numerator,
            "denominator": denominator,
            "plus": told["plus"] or 0,
            "wait_minutes": told["wait_minutes"] or 0,
        }

    def shown(self, value: Mapping[str, Any], key: str) -> Any:
        return (value["numerator"], value["denominator"]) if key == "numerator" else value.get(key)


class _Funds(RowKind):
    name, head, most = "funds", "name", 12

    def fields(self, row: int) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "name": WordsField(
                label=_("Nombre"), required=False, help_text=_("En blanco: este fondo no va.")
            ),
            "rate": ShareField(label=_("% del excedente"), required=False),
            "cap_of_capital": TimesField(
                label=_("Tope, en veces el capital"), required=False, help_text=_("En blanco: sin tope.")
            ),
            "source": WordsField(label=_("Dónde está escrito"), required=False),
        }
        for step in range(MOST_STEPS):
            told = {"n": step + 1}
            fields[f"steps__{step}__of_capital"] = TimesField(
                label=_("Escalón %(n)d: desde estas veces el capital") % told, required=False
            )
            fields[f"steps__{step}__rate"] = ShareField(
                label=_("Escalón %(n)d: este %%") % told, required=False
            )
        return fields

    def legend(self, row: int) -> str:
        return _("Fondo %(n)d") % {"n": row + 1}

    def made(self, told: Document, held: list[Document]) -> Document:
        steps = [
            {"of_capital": told[f"steps__{step}__of_capital"], "rate": told[f"steps__{step}__rate"] or "0"}
            for step in range(MOST_STEPS)
            if told[f"steps__{step}__of_capital"] is not None
        ]
        return {
            "name": told["name"],
            "rate": told["rate"] or "0",
            "cap_of_capital": told["cap_of_capital"],
            "source": told["source"],
            "steps": steps,
        }

    def shown(self, value: Mapping[str, Any], key: str) -> Any:
        if key.startswith("steps__"):
            _steps, number, inner = key.split("__")
            steps = value.get("steps", [])
            return steps[int(number)][inner] if int(number) < len(steps) else None
        return value.get(key)


class _Exceptions(RowKind):
    name, head, most = "exceptions", "seat", 25

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.seats = seat_choices(document)

    def fields(self, row: int) -> dict[str, Any]:
        seat = OneField(words=self.seats, label=_("Cargo"), required=False, widget=forms.Select)
        return {"seat": seat, **_rotation()}

    def legend(self, row: int) -> str:
        return _("Excepción %(n)d") % {"n": row + 1}

    def made(self, told: Document, held: list[Document]) -> Document:
        return {"seat": told["seat"], **_rotation_of(told)}


class _Positions(RowKind):
    name, head, most = "held", "name", 25

    def fields(self, row: int) -> dict[str, Any]:
        return {
            "name": WordsField(
                label=_("Nombre"),
                required=False,
                help_text=_("En blanco: no va. Con otro nombre es otra, y los mandatos de esta terminan."),
            ),
            "kind": OneField(
                words=POSITION_KINDS, label=_("De qué se trata"), required=False, widget=forms.Select
            ),
            "section": WordsField(
                label=_("Sección"),
                required=False,
                max_length=60,
                help_text=_("Como está en el registro. En blanco: de toda la cooperativa."),
            ),
            "holders": WholeField(label=_("Cuántas personas a la vez"), required=False),
            "term_months": WholeField(label=_("Meses que dura"), required=False),
            **_rotation(),
            "source": WordsField(label=_("Dónde está escrito"), required=False),
        }

    def legend(self, row: int) -> str:
        return _("Responsabilidad %(n)d") % {"n": row + 1}

    def made(self, told: Document, held: list[Document]) -> Document:
        """A position that is there keeps its key; another kind, section or name is another position."""
        kind = told["kind"] or next(iter(POSITION_KINDS))
        who = {"kind": kind, "section": told["section"], "name": told["name"]}
        there = [one for one in held if {key: one[key] for key in who} == who]
        return {
            "key": there[0]["key"] if there else key_of(**who),
            **who,
            "holders": 1 if told["holders"] is None else told["holders"],
            "term_months": ONE_YEAR if told["term_months"] is None else told["term_months"],
            "source": told["source"],
            **_rotation_of(told),
        }


_LISTS = ("surplus", "positions")


def _rotation() -> dict[str, Any]:
    return {
        "most_terms": WholeField(
            label=_("Mandatos seguidos por persona"), required=False, help_text=_("0 si no hay límite.")
        ),
        "cool_off_years": WholeField(label=_("Años de pausa después"), required=False),
        "everyone_once": YesField(
            label=_("Nadie dos veces antes de que cada asociado/a que quiera haya tenido su turno")
        ),
    }


def _rotation_of(told: Document) -> Document:
    return {
        "most_terms": told["most_terms"] or 0,
        "cool_off_years": told["cool_off_years"] or 0,
        "everyone_once": told["everyone_once"],
    }
