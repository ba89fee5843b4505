"""The form of one section of a statute: made from what the section asks, checked as a whole document."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t

from coop.statute.form_fields import PartField, ShareField, SomeField, TimesField, WholeField, WordsField
from coop.statute.form_sections import SECTIONS, Ask, part, source
from coop.statute.meanings.words import BARRED
from coop.statute.rules import Problem

Document = dict[str, Any]
BLANK_ROWS = 1
MOST_STEPS = 2


def reach(document: Any, path: str) -> Any:
    """None where there is nothing."""
    for step in path.split("."):
        document = document.get(step) if isinstance(document, Mapping) else None
    return document


def put(document: Document, path: str, value: Any) -> None:
    *way, last = path.split(".")
    for step in way:
        document = document[step]
    document[last] = value


class SectionForm(forms.Form):
    """`section` is its place in the document ("majorities.recall")."""

    def __init__(self, data: Any = None, *, section: str, document: Document, matters: Mapping[str, str]):
        super().__init__(data)
        self.section, self.document = section, document
        self.asked = asked_of(section, document, matters)
        self.initial = {}
        for ask in self.asked:
            name = name_of(ask)
            self.fields[name] = ask.field
            values = [reach(document, f"{section}.{key}") for key in ask.keys]
            if any(value is not None for value in values):
                self.initial[name] = ask.field.show(values if len(values) > 1 else values[0])
        self.rows = _Rows(self) if rows_of(section) else None

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Fields with their legend, "" for those that stand alone."""
        if self.rows:
            yield from self.rows.groups()
        legend, held = "", list[BoundField]()
        for ask in self.asked:
            if ask.group != legend and held:
                yield legend, held
                held = []
            legend = ask.group
            held.append(self[name_of(ask)])
        yield legend, held

    def edited(self) -> Document:
        """The whole document with what was typed; only after `is_valid`."""
        made = copy.deepcopy(self.document)
        for ask in self.asked:
            value = self.cleaned_data[name_of(ask)]
            values = value if len(ask.keys) > 1 else (value,)
            for key, one in zip(ask.keys, values, strict=True):
                put(made, f"{self.section}.{key}", one)
        if self.rows:
            put(made, self.rows.path, self.rows.read())
        return made

    def blame(self, problems: tuple[Problem, ...]) -> None:
        """Each problem at its field; what belongs to no field of this section at the top, with its place."""
        for problem in problems:
            name = self._field_at(problem.place)
            told = problem.reason if name else f"{problem.place}: {problem.reason}"
            self.add_error(name, told)

    def _field_at(self, place: str) -> str | None:
        place = self.rows.typed_at(place) if self.rows else place
        name = place.removeprefix(f"{self.section}.").replace(".", "__")
        for one in (name, name.replace("denominator", "numerator"), name.rpartition("__")[0]):
            if one in self.fields:
                return one
        return None


def name_of(ask: Ask) -> str:
    return ask.keys[0].replace(".", "__")


def asked_of(section: str, document: Document, matters: Mapping[str, str]) -> list[Ask]:
    if section == "conflicts":
        return [
            Ask(("barred",), SomeField(words=BARRED, label=_t("Tienen voz y no votan"))),
            Ask(("matters",), SomeField(words=matters, label=_t("En estos asuntos"))),
            source(),
        ]
    return SECTIONS[section.partition(".")[0]]()


def is_section(section: str, document: Document) -> bool:
    """Whether there is such a section to edit: a line of a table, or a chapter that is no table."""
    chapter, _dot, line = section.partition(".")
    if chapter in ("assemblies", "majorities"):
        return line in document.get(chapter, {})
    return not line and (chapter in SECTIONS or chapter == "conflicts")


def rows_of(section: str) -> bool:
    return section.startswith("assemblies.") or section == "surplus"


class _Rows:
    """A list in the section: calls of an assembly, funds of the surplus. A row left blank is no row."""

    def __init__(self, form: SectionForm) -> None:
        self.form = form
        self.kind = "calls" if form.section.startswith("assemblies.") else "funds"
        self.path = f"{form.section}.{self.kind}"
        held = reach(form.document, self.path) or []
        sent = [name for name in form.data if name.startswith(f"{self.kind}__")]
        typed = max((_row_of(name) + 1 for name in sent), default=0)
        self.count = min(max(len(held) + BLANK_ROWS, typed), 12 if self.kind == "funds" else 4)
        # The place in the document of each row that was typed.
        self.places: list[int] = []
        for row in range(self.count):
            value = held[row] if row < len(held) else None
            for key, field in (self._call(row) if self.kind == "calls" else self._fund()).items():
                name = f"{self.kind}__{row}__{key}"
                form.fields[name] = field
                if value is not None:
                    form.initial[name] = field.show(_of_row(value, key))

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        for row in range(self.count):
            names = [name for name in self.form.fields if name.startswith(f"{self.kind}__{row}__")]
            yield self._legend(row), [self.form[name] for name in names]

    def read(self) -> list[Document]:
        made = []
        for row in range(self.count):
            told = self._typed(row)
            head = told["numerator" if self.kind == "calls" else "name"]
            if head in (None, ""):
                continue
            self.places.append(row)
            made.append(_call_of(told) if self.kind == "calls" else _fund_of(told))
        return made

    def typed_at(self, place: str) -> str:
        """A place in the document as a place in the form: blank rows were left out between."""
        if not place.startswith(f"{self.path}."):
            return place
        number, _dot, rest = place.removeprefix(f"{self.path}.").partition(".")
        row = self.places[int(number)] if int(number) < len(self.places) else int(number)
        return f"{self.form.section}.{self.kind}.{row}.{rest}"

    def _typed(self, row: int) -> Document:
        start = f"{self.kind}__{row}__"
        return {
            name.removeprefix(start): value
            for name, value in self.form.cleaned_data.items()
            if name.startswith(start)
        }

    def _legend(self, row: int) -> str:
        if self.kind == "funds":
            return _t("Fondo %(n)d") % {"n": row + 1}
        return _t("%(n)d.ª convocatoria") % {"n": row + 1}

    def _call(self, row: int) -> dict[str, Any]:
        asked = part(
            _t("Parte del padrón"), _t("1/2 es la mitad; 0/1 es con quienes estén. En blanco: no hay.")
        )
        asked.required = row == 0
        return {
            "numerator": asked,
            "plus": WholeField(label=_t("Más esta cantidad de personas"), required=False),
            "wait_minutes": WholeField(label=_t("Minutos después de la hora"), required=False),
        }

    def _fund(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "name": WordsField(
                label=_t("Nombre"), required=False, help_text=_t("En blanco: este fondo no va.")
            ),
            "rate": ShareField(label=_t("% del excedente"), required=False),
            "cap_of_capital": TimesField(
                label=_t("Tope, en veces el capital"), required=False, help_text=_t("En blanco: sin tope.")
            ),
            "source": WordsField(label=_t("Dónde está escrito"), required=False),
        }
        for step in range(MOST_STEPS):
            told = {"n": step + 1}
            fields[f"steps__{step}__of_capital"] = TimesField(
                label=_t("Escalón %(n)d: desde estas veces el capital") % told, required=False
            )
            fields[f"steps__{step}__rate"] = ShareField(
                label=_t("Escalón %(n)d: este %%") % told, required=False
            )
        return fields


def _row_of(name: str) -> int:
    number = name.split("__")[1]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 3 else 0


def _of_row(value: Mapping[str, Any], key: str) -> Any:
    if key == "numerator":
        return value["numerator"], value["denominator"]
    if key.startswith("steps__"):
        _steps, number, inner = key.split("__")
        steps = value.get("steps", [])
        return steps[int(number)][inner] if int(number) < len(steps) else None
    return value.get(key)


def _call_of(told: Document) -> Document:
    numerator, denominator = told["numerator"]
    return {
        "numerator": numerator,
        "denominator": denominator,
        "plus": told["plus"] or 0,
        "wait_minutes": told["wait_minutes"] or 0,
    }


def _fund_of(told: Document) -> Document:
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


__all__ = ["PartField", "SectionForm", "is_section", "name_of", "reach"]
