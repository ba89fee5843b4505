"""Text to rows under known columns: delimiter, header, limits."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.utils.translation import gettext as _

from coop.common.names import fold

from .cells import trim
from .decoding import decode
from .problems import BadCell, FileRefused, Findings, clip

MAX_ROWS = 20_000
MAX_COLUMNS = 200
_DELIMITERS = (";", "\t", ",")

T = TypeVar("T")
_Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column the reader knows, and other headers it goes by. One that is not `needed` may be absent."""

    name: str
    also: tuple[str, ...] = ()
    needed: bool = True

    def titles(self) -> set[str]:
        return {header_key(name) for name in (self.name, *self.also)}


@dataclass(slots=True)
class Row:
    """One record. `take` reads a cell and notes what is wrong with it in `problems`."""

    number: int
    cells: Mapping[str, str]
    problems: Findings
    _bad: set[str] = field(default_factory=set, init=False)

    def take(self, column: str, parse: Callable[[str], T], blank: T, *, required: bool = False) -> T:
        """The parsed cell; `blank` when it is empty or wrong. Empty and required: problem "empty"."""
        text = self.cells.get(column, "")
        if not text.strip():
            if required:
                self.refuse(
                    column,
                    "empty",
                    _("Falta el dato de «%(column)s». Completá la celda.") % {"column": column},
                )
            return blank
        try:
            return parse(text)
        except BadCell as bad:
            self.refuse(column, bad.kind, bad.message)
            return blank

    def refuse(self, column: str, kind: str, message: str) -> None:
        """Note that the row cannot be taken because of `column`."""
        self._bad.add(column)
        self.problems.add(self.number, column, kind, message, self.cells.get(column, ""))

    def good(self, *columns: str) -> bool:
        """Nothing wrong found so far in `columns`, or in the whole row when none is named."""
        return not (self._bad.intersection(columns) if columns else self._bad)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records that are not blank, and the collectors that readers go on filling."""

    rows: tuple[Row, ...]
    problems: Findings
    warnings: Findings


def read_sheet(data: bytes, columns: Sequence[Column]) -> Sheet:
    """Rows of a CSV under `columns`, whatever their order.

    The header is the first record that is not blank. Problems: "missing column", "repeated column" (then no
    row is read) and "no rows" at the header's row, "too many cells" at a row, which is left out. Warning:
    "unknown column". Raises FileRefused: as `decode`; no known column, quotes that do not close, above
    `MAX_ROWS` rows or `MAX_COLUMNS` columns.
    """
    text = decode(data)
    names = [column.name for column in columns]
    sheet = Sheet((), Findings(names), Findings(names))
    records = _records(text, _delimiter(text, columns))
    row, header = next(records)
    if len(header) > MAX_COLUMNS:
        sentence = _("La planilla tiene más de %(most)s columnas. Revisá que sea la correcta.")
        raise FileRefused(sentence % {"most": MAX_COLUMNS})
    places = _match(row, header, columns, sheet)
    if sheet.problems:
        return sheet
    rows = tuple(_rows(records, header, places, sheet.problems))
    if not rows and not sheet.problems:
        message = _(
            "La planilla tiene títulos pero ninguna fila. Agregá los datos y volvé a guardarla como CSV."
        )
        sheet.problems.add(row, "", "no rows", message)
    return Sheet(rows, sheet.problems, sheet.warnings)


def header_key(name: str) -> str:
    """What headers that mean the same share: "N° Socio", "Nº socio" and "n. SOCIO" are all "nsocio"."""
    return fold(name.replace("º", "").replace("ª", "")).replace(" ", "")


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Numbered records that are not blank, cells trimmed, blank cells at the end dropped."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, raw in enumerate(reader, start=1):
            if not raw:
                continue
            cells = [trim(cell) for cell in _without_blank_end(raw)[: MAX_COLUMNS + 1]]
            if cells := _without_blank_end(cells):
                yield number, cells
    except csv.Error:
        sentence = _(
            "La fila %(row)s tiene comillas que no cierran o una celda larguísima. "
            "Corregila y volvé a guardar la planilla como CSV."
        )
        raise FileRefused(sentence % {"row": number + 1}) from None


def _without_blank_end(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _delimiter(text: str, columns: Sequence[Column]) -> str:
    """The delimiter under which the header names most known columns. Raises FileRefused: it names none."""
    known = set().union(*(column.titles() for column in columns))

    def matches(delimiter: str) -> int:
        try:
            _row, header = next(_records(text, delimiter))
        except (FileRefused, StopIteration):
            return 0
        return len(known.intersection(map(header_key, header)))

    best = max(_DELIMITERS, key=matches)
    if not matches(best):
        sentence = _(
            "No encontramos ninguna columna conocida, como «%(column)s». La primera fila lleva los títulos. "
            "Guardá la planilla como CSV y subí ese archivo."
        )
        raise FileRefused(sentence % {"column": columns[0].name})
    return best


def _match(row: int, header: list[str], columns: Sequence[Column], sheet: Sheet) -> dict[int, str]:
    """Which place holds which column; what is missing, repeated or unknown goes to the sheet."""
    by_key = {key: column.name for column in columns for key in column.titles()}
    places: dict[int, str] = {}
    for place, title in enumerate(header):
        name = by_key.get(header_key(title))
        if name is None:
            message = _("No usamos la columna %(place)s, «%(title)s».")
            figures = {"place": place + 1, "title": clip(title)}
            sheet.warnings.add(row, clip(title), "unknown column", message % figures, title)
        elif name in places.values():
            message = _("La columna «%(column)s» está dos veces. Dejá una sola.") % {"column": name}
            sheet.problems.add(row, name, "repeated column", message, title)
        else:
            places[place] = name
    for column in columns:
        if column.needed and column.name not in places.values():
            message = _("Falta la columna «%(column)s». Agregala; si no tenés el dato, dejala vacía.")
            sheet.problems.add(row, column.name, "missing column", message % {"column": column.name})
    return places


def _rows(
    records: Iterator[_Record], header: list[str], places: Mapping[int, str], problems: Findings
) -> Iterator[Row]:
    for count, (number, cells) in enumerate(records, start=1):
        if count > MAX_ROWS:
            sentence = _("La planilla tiene más de %(most)s filas. Revisá que sea la correcta o partila.")
            raise FileRefused(sentence % {"most": MAX_ROWS})
        if len(cells) > len(header):
            message = _("La fila tiene %(cells)s celdas y hay %(titles)s títulos. ¿Hay un separador de más?")
            figures = {"cells": len(cells), "titles": len(header)}
            extra = " ".join(cells[len(header) :][:9])
            problems.add(number, "", "too many cells", message % figures, extra)
            continue
        known = {name: cells[place] for place, name in places.items() if place < len(cells)}
        yield Row(number, known, problems)
