"""The history as a spreadsheet: the columns of the terms' file, and how each ended."""

import csv
import io
from datetime import date

from coop.common.spreadsheet.cells import is_formula
from coop.council.pictures.history import History
from coop.council.terms_file import ELECTED_BY, FIRST, LAST, SEAT

NUMBER, NAME, ENDED = "N° Asociado", "Asociado/a", "Terminó antes"
HEADER = (SEAT, NUMBER, FIRST, LAST, ELECTED_BY, NAME, ENDED)


def spreadsheet(history: History) -> bytes:
    """Semicolons, dd/mm/yyyy, UTF-8 with its mark; by seat, the earliest first. Both days are held."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    places = {one.key: (order, one.name) for order, one in enumerate(history.places)}
    for turn in sorted(history.turns, key=lambda one: (places[one.seat][0], one.begins)):
        cells = (
            places[turn.seat][1],
            str(turn.number),
            _day(turn.first_day),
            _day(turn.last_day),
            turn.elected_by,
            history.people[turn.number].listed,
            turn.ended,
        )
        writer.writerow([_safe(cell) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _safe(cell: str) -> str:
    """A leading apostrophe keeps a spreadsheet program from running what somebody once wrote as a name."""
    return f"'{cell}" if is_formula(cell) else cell
