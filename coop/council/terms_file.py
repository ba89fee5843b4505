"""The council's terms as a cooperative's spreadsheet holds them. Pure: bytes in, rows and problems out."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Container, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from coop.common.names import fold
from coop.common.spreadsheet import (
    BadCell,
    Column,
    Problem,
    Row,
    clip,
    parse_day,
    parse_text,
    parse_whole,
    read_sheet,
)

SEAT, NUMBER, FIRST, LAST, ELECTED_BY = "Cargo", "N° Socio", "Desde", "Hasta", "Acta"
COLUMNS = (
    Column(SEAT),
    Column(NUMBER, also=("Nro Socio", "Número de socio", "N° de socio", "N° Asociado", "Nro Asociado")),
    Column(FIRST),
    Column(LAST),
    Column(ELECTED_BY, also=("Asamblea",)),
)


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term: `seat` is a code, `number` the member's, both days are inclusive, `row` is the file's row."""

    row: int
    seat: str
    number: int
    first_day: date
    last_day: date
    elected_by: str


@dataclass(frozen=True, slots=True)
class TermsFile:
    """`terms` are the rows without problems, in file order. With any problem nothing may go in."""

    terms: tuple[TermRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_terms(data: bytes, *, seats: Mapping[str, str], members: Container[int]) -> TermsFile:
    """Every term of the file and every problem at once.

    `seats` maps a seat's Spanish name, folded by `coop.common.names.fold`, to its code; `members` holds the
    numbers on the register. When two terms clash the later row is the error, and a row in error clashes with
    nobody. Raises FileRefused when the bytes are no spreadsheet.
    """
    sheet = read_sheet(data, COLUMNS)
    held = _Held()
    terms = []
    for row in sheet.rows:
        term = _term(row, seats, members)
        if row.good():
            held.check(row, term)
        if row.good():
            terms.append(term)
    return TermsFile(tuple(terms), sheet.problems.sorted(), sheet.warnings.sorted())


def is_position(code: str) -> bool:
    """A responsibility outside the council: one may hold it beside a seat."""
    return code.startswith("p_")


def _term(row: Row, seats: Mapping[str, str], members: Container[int]) -> TermRow:
    """The row's cells; where one is wrong, a placeholder, and the row is not good."""
    term = TermRow(
        row=row.number,
        seat=row.take(SEAT, partial(_parse_seat, seats=seats), "", required=True),
        number=row.take(NUMBER, partial(_parse_member, members=members), 0, required=True),
        first_day=row.take(FIRST, parse_day, date.min, required=True),
        last_day=row.take(LAST, parse_day, date.max, required=True),
        elected_by=row.take(ELECTED_BY, partial(parse_text, longest=200), "", required=True),
    )
    if term.last_day < term.first_day:
        message = _("El mandato termina antes de empezar (%(first)s). Revisá las dos fechas.")
        row.refuse(LAST, "ends before it begins", message % {"first": row.cells.get(FIRST, "")})
    return term


def _parse_seat(text: str, *, seats: Mapping[str, str]) -> str:
    """A seat's code. Raises BadCell: "no such seat", and as `parse_text`."""
    name = parse_text(text, longest=80)
    if fold(name) not in seats:
        sentence = _("No existe el cargo «%(value)s». Escribilo como en el estatuto: Presidencia, Vocalía 1…")
        raise BadCell("no such seat", sentence % {"value": clip(text)})
    return seats[fold(name)]


def _parse_member(text: str, *, members: Container[int]) -> int:
    """The number of a member on the register. Raises BadCell: "no such member", and as `parse_whole`."""
    number = parse_whole(text)
    if number not in members:
        sentence = _("No hay asociado/a con el número «%(value)s» en el registro.")
        raise BadCell("no such member", sentence % {"value": clip(text)})
    return number


class _Held:
    """The terms taken so far, by seat and by member: no two of one list share a day."""

    def __init__(self) -> None:
        self._of_seat: defaultdict[Hashable, _Calendar] = defaultdict(_Calendar)
        self._of_member: defaultdict[Hashable, _Calendar] = defaultdict(_Calendar)

    def check(self, row: Row, term: TermRow) -> None:
        """Takes the term, or notes one problem: "two holders on one day", else "two seats for one member"."""
        seat, member = self._of_seat[term.seat], self._of_member[term.number]
        if other := seat.clash(term):
            message = _("El cargo ya está ocupado esos días por el mandato de la fila %(row)s.")
            row.refuse(FIRST, "two holders on one day", message % {"row": other.row})
        elif not is_position(term.seat) and (other := member.clash(term)):
            message = _("Esos días ya ocupa otro cargo, el de la fila %(row)s. Una persona, un cargo.")
            row.refuse(NUMBER, "two seats for one member", message % {"row": other.row})
        else:
            seat.add(term)
            if not is_position(term.seat):
                member.add(term)


class _Calendar:
    """Terms that share no day, in order: a new one can only clash with its neighbours."""

    def __init__(self) -> None:
        self._first_days: list[date] = []
        self._terms: list[TermRow] = []

    def clash(self, term: TermRow) -> TermRow | None:
        """A term that shares a day with `term`, the earlier first."""
        place = bisect(self._first_days, term.first_day)
        for other in self._terms[max(0, place - 1) : place + 1]:
            if other.first_day <= term.last_day and term.first_day <= other.last_day:
                return other
        return None

    def add(self, term: TermRow) -> None:
        place = bisect(self._first_days, term.first_day)
        self._first_days.insert(place, term.first_day)
        self._terms.insert(place, term)
