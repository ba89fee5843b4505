"""The form of one section of a statute: made from what the section asks, checked as a whole document."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t

from coop.statute.form_asks import Ask, source
from coop.statute.form_fields import PartField, SomeField
from coop.statute.form_rows import RowKind, kind_of, row_of
from coop.statute.form_sections import SEATS, SECTIONS
from coop.statute.meanings.words import BARRED
from coop.statute.rules import Problem

Document = dict[str, Any]
BLANK_ROWS = 1


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
        kind = kind_of(section, document)
        self.rows = _Rows(self, kind) if kind else None

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
    if section in SEATS:
        return SEATS[section](document)
    return SECTIONS[section.partition(".")[0]]()


def is_section(section: str, document: Document) -> bool:
    """Whether there is such a section to edit: a line of a table, or a chapter that is no table."""
    chapter, _dot, line = section.partition(".")
    if chapter in ("assemblies", "majorities"):
        return line in document.get(chapter, {})
    return not line and (chapter in SECTIONS or chapter in SEATS or chapter == "conflicts")


class _Rows:
    """A list in the section: calls, funds, exceptions by seat, positions. A row left blank is no row."""

    def __init__(self, form: SectionForm, kind: RowKind) -> None:
        self.form, self.kind = form, kind
        self.path = f"{form.section}.{kind.name}"
        self.held: list[Document] = list(reach(form.document, self.path) or [])
        sent = [name for name in form.data if name.startswith(f"{kind.name}__")]
        typed = max((row_of(name) + 1 for name in sent), default=0)
        self.count = min(max(len(self.held) + BLANK_ROWS, typed), kind.most)
        # The place in the document of each row that was typed.
        self.places: list[int] = []
        for row in range(self.count):
            value = self.held[row] if row < len(self.held) else None
            for key, field in kind.fields(row).items():
                name = f"{kind.name}__{row}__{key}"
                form.fields[name] = field
                if value is not None:
                    form.initial[name] = field.show(kind.shown(value, key))

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        for row in range(self.count):
            names = [name for name in self.form.fields if name.startswith(f"{self.kind.name}__{row}__")]
            yield self.kind.legend(row), [self.form[name] for name in names]

    def read(self) -> list[Document]:
        made = []
        for row in range(self.count):
            told = self._typed(row)
            if told[self.kind.head] in (None, ""):
                continue
            self.places.append(row)
            made.append(self.kind.made(told, self.held))
        return made

    def typed_at(self, place: str) -> str:
        """A place in the document as a place in the form: blank rows were left out between."""
        if not place.startswith(f"{self.path}."):
            return place
        number, _dot, rest = place.removeprefix(f"{self.path}.").partition(".")
        row = self.places[int(number)] if int(number) < len(self.places) else int(number)
        return f"{self.form.section}.{self.kind.name}.{row}.{rest}"

    def _typed(self, row: int) -> Document:
        start = f"{self.kind.name}__{row}__"
        return {
            name.removeprefix(start): value
            for name, value in self.form.cleaned_data.items()
            if name.startswith(start)
        }


__all__ = ["PartField", "SectionForm", "is_section", "name_of", "reach"]
