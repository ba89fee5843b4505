"""A resolution as somebody copies it from the paper book, and the file of twenty years of them. Pure.

Columns (`COLUMNS`): Fecha; Materia; Título; Texto; Acta; Folio; Sí; No; Abstenciones. Only the date, the
title and the minutes are needed in every row; an empty matter is an ordinary decision.
"""

from collections.abc import Mapping
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
from coop.statute.models import Matter
from coop.statute.proposals import Proposal

LONGEST_TITLE, LONGEST_TEXT, LONGEST_WHERE, LONGEST_FOLIO = 200, 4000, 200, 40
DAY, MATTER, TITLE, TEXT, WHERE, FOLIO = "Fecha", "Materia", "Título", "Texto", "Acta", "Folio"
YES, NO, ABSTAIN = "Sí", "No", "Abstenciones"
COLUMNS = (
    Column(DAY, also=("Día",)),
    Column(MATTER, needed=False, also=("Tema",)),
    Column(TITLE, also=("Resolución", "Se resolvió")),
    Column(TEXT, needed=False, also=("Detalle",)),
    Column(WHERE, also=("Asamblea", "Dónde se aprobó")),
    Column(FOLIO, needed=False),
    Column(YES, needed=False, also=("Afirmativos", "Votos sí")),
    Column(NO, needed=False, also=("Negativos", "Votos no")),
    Column(ABSTAIN, needed=False),
)


@dataclass(frozen=True, slots=True)
class Copied:
    """`tally` is (yes, no, abstain), or None where the book does not say how it was voted."""

    day: date
    title: str
    adopted_by: str
    matter: Matter = Matter.ORDINARY_DECISION
    text: str = ""
    folio: str = ""
    tally: tuple[int, int, int] | None = None
    proposal: Proposal | None = None

    @property
    def key(self) -> tuple[date, str]:
        """Two lines of one day with the same words are one resolution."""
        return key_of(self.day, self.title)


def key_of(day: date, title: str) -> tuple[date, str]:
    return day, fold(title)


@dataclass(frozen=True, slots=True)
class BookFile:
    """`lines` are the rows without problems, by day. With any problem nothing may go in."""

    lines: tuple[Copied, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_book(data: bytes, *, today: date) -> BookFile:
    """Every resolution of the file and every problem at once. Raises FileRefused: it is no spreadsheet."""
    sheet = read_sheet(data, COLUMNS)
    seen: dict[tuple[date, str], int] = {}
    lines = []
    for row in sheet.rows:
        line = _copied(row, today)
        if row.good() and (first := seen.setdefault(line.key, row.number)) != row.number:
            message = _("Dice lo mismo que la fila %(row)s: mismo día y mismo título.") % {"row": first}
            row.refuse(TITLE, "repeated", message)
        if row.good():
            lines.append(line)
    lines.sort(key=lambda line: line.day)
    return BookFile(tuple(lines), sheet.problems.sorted(), sheet.warnings.sorted())


def matter_names() -> dict[str, Matter]:
    """What a cell may say, folded: the name of the matter as the screen shows it, in either language."""
    return {
        **{fold(matter.value.replace("_", " ")): matter for matter in Matter},
        **{fold(str(matter.label)): matter for matter in Matter},
        **{fold(name): matter for name, matter in SPANISH_MATTERS.items()},
    }


# As the file writes them whatever the reader's language: a spreadsheet is the cooperative's.
SPANISH_MATTERS: Mapping[str, Matter] = {
    "decisión de trabajo": Matter.ORDINARY_DECISION,
    "valor de la hora": Matter.PAY_UNIT,
    "reparto del excedente": Matter.SURPLUS_DISTRIBUTION,
    "reforma del estatuto": Matter.STATUTE_REFORM,
    "ingresos, sanciones y bajas de asociados/as": Matter.MEMBERSHIP,
    "asociados": Matter.MEMBERSHIP,
    "apelación de una sanción": Matter.EXCLUSION_APPEAL,
    "elección de autoridades": Matter.ELECTION,
    "revocación del mandato": Matter.RECALL,
    "memoria y balance": Matter.ANNUAL_REPORT,
    "retribución del consejo": Matter.COUNCIL_PAY,
    "cambio del objeto social": Matter.OBJECT_CHANGE,
    "fusión o incorporación": Matter.MERGER,
    "disolución": Matter.DISSOLUTION,
}


def _copied(row: Row, today: date) -> Copied:
    """The row's cells; where one is wrong, a placeholder, and the row is not good."""
    return Copied(
        day=row.take(DAY, partial(_past_day, today=today), date.min, required=True),
        matter=row.take(MATTER, _matter, Matter.ORDINARY_DECISION),
        title=row.take(TITLE, partial(parse_text, longest=LONGEST_TITLE), "", required=True),
        text=row.take(TEXT, partial(parse_text, longest=LONGEST_TEXT), ""),
        adopted_by=row.take(WHERE, partial(parse_text, longest=LONGEST_WHERE), "", required=True),
        folio=row.take(FOLIO, partial(parse_text, longest=LONGEST_FOLIO), ""),
        tally=_tally(row),
    )


def _past_day(text: str, *, today: date) -> date:
    day = parse_day(text)
    if day > today:
        sentence = _("El %(value)s todavía no llegó. Revisá el año.")
        raise BadCell("still to come", sentence % {"value": clip(text)})
    return day


def _matter(text: str) -> Matter:
    found = matter_names().get(fold(text))
    if found is None:
        sentence = _("No existe la materia «%(value)s». Dejala vacía o escribí una de: %(known)s.")
        raise BadCell("no such matter", sentence % {"value": clip(text), "known": "; ".join(SPANISH_MATTERS)})
    return found


def _tally(row: Row) -> tuple[int, int, int] | None:
    yes: int | None = row.take(YES, parse_whole, None)
    no: int | None = row.take(NO, parse_whole, None)
    abstain: int | None = row.take(ABSTAIN, parse_whole, None)
    if not row.good(YES, NO, ABSTAIN) or (yes, no, abstain) == (None, None, None):
        return None
    if yes is None:
        row.refuse(YES, "count without a yes", _("Están los otros votos y falta este: completá el recuento."))
        return None
    if yes == 0:
        row.refuse(YES, "not adopted", _("Con cero votos por SÍ no se aprobó nada. Revisá el recuento."))
    return yes, no or 0, abstain or 0
