"""The first council as a draft: one assembly's choice for all seats, exceptions by seat, and earlier terms.

Held as text, dates as `YYYY-MM-DD`: {"first_day", "last_day", "elected_by", "seats": {code: {"number", and
where that seat differs "first_day", "last_day", "elected_by"}}}.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from coop.common.names import fold
from coop.common.spreadsheet import Problem
from coop.council.importing import SPANISH_SEATS
from coop.council.models import SeatCode
from coop.council.terms_file import (
    COLUMNS,
    ELECTED_BY,
    FIRST,
    LAST,
    NUMBER,
    SEAT,
    TermRow,
    TermsFile,
    read_terms,
)
from coop.members.register_file import RegisterRow
from coop.portal.beginning import people
from coop.portal.beginning.lines import Line, lines_of, sheet
from coop.portal.beginning.opening import taken
from coop.portal.beginning.steps import today_of
from coop.portal.models import Beginning

Draft = dict[str, Any]
WHEN = ("first_day", "last_day", "elected_by")
_SEATS = {fold(name): code.value for name, code in SPANISH_SEATS.items()}
_SPANISH = {code.value: name for name, code in SPANISH_SEATS.items()}


@dataclass(frozen=True, slots=True)
class Read:
    """`terms` of the seats now and of earlier ones. `wrong`: problems of the form's seats by seat code;
    `earlier_wrong`: those of the file's lines.
    """

    terms: tuple[TermRow, ...]
    wrong: dict[str, tuple[Problem, ...]]
    earlier_wrong: tuple[Problem, ...]

    def holder(self, seat: SeatCode, day: date) -> int | None:
        """The number of who holds the seat on `day`."""
        held = [one for one in self.terms if one.seat == seat and one.first_day <= day <= one.last_day]
        return held[0].number if held else None


def read(beginning: Beginning, register: tuple[RegisterRow, ...]) -> Read:
    """The draft as the reader of terms sees it, the form's seats before the file's earlier terms."""
    seats = [code for code in SeatCode if _typed(beginning.council, code)]
    lines = [_line(beginning.council, code) for code in seats]
    found = _read([*lines, *beginning.terms], register) if lines or beginning.terms else None
    if found is None:
        return Read((), {}, ())
    wrong: dict[str, tuple[Problem, ...]] = {}
    earlier = []
    for problem in found.problems:
        if problem.row - 2 < len(seats):
            code = seats[problem.row - 2].value
            wrong[code] = (*wrong.get(code, ()), problem)
        else:
            earlier.append(problem)
    return Read(found.terms, wrong, tuple(earlier))


@transaction.atomic
def keep(*, key: str, draft: Draft, at: datetime) -> Read:
    """Keeps what was typed, right or not: what is wrong is shown there until it is mended.

    Raises AlreadyBegun or NotHeld.
    """
    beginning = taken(key)
    beginning.council, beginning.touched_at = draft, at
    beginning.save(update_fields=["council", "touched_at"])
    return read(beginning, people.read(beginning, at).members)


@transaction.atomic
def keep_file(*, key: str, content: bytes, at: datetime) -> TermsFile:
    """Twenty years of terms: those that hold today fill the form's seats, the others stay as earlier ones.

    With any problem nothing is kept. Raises FileRefused, AlreadyBegun or NotHeld.
    """
    beginning = taken(key)
    numbers = frozenset(one.number for one in people.read(beginning, at).members)
    file = read_terms(content, seats=_SEATS, members=numbers)
    if file.problems:
        return file
    today = today_of(beginning, at)
    now = [one for one in file.terms if one.first_day <= today <= one.last_day]
    places = {one.row: place for place, one in enumerate(file.terms)}
    lines = lines_of(content, COLUMNS)
    beginning.council = _draft_of(now) if now else beginning.council
    beginning.terms = [
        line for place, line in enumerate(lines) if place not in {places[one.row] for one in now}
    ]
    beginning.touched_at = at
    beginning.save(update_fields=["council", "terms", "touched_at"])
    return file


@transaction.atomic
def drop_earlier(*, key: str, at: datetime) -> int:
    """Forgets the file's earlier terms. Gives how many there were."""
    beginning = taken(key)
    gone = len(beginning.terms)
    beginning.terms, beginning.touched_at = [], at
    beginning.save(update_fields=["terms", "touched_at"])
    return gone


def as_file(beginning: Beginning) -> bytes:
    """All terms, the form's and the earlier ones, as the file that the register of terms takes in."""
    lines = [_line(beginning.council, code) for code in SeatCode if _typed(beginning.council, code)]
    return sheet(COLUMNS, [*lines, *beginning.terms])


def _read(lines: list[Line], register: tuple[RegisterRow, ...]) -> TermsFile:
    numbers = frozenset(one.number for one in register)
    return read_terms(sheet(COLUMNS, lines), seats=_SEATS, members=numbers)


def _typed(draft: Draft, seat: SeatCode) -> Draft:
    held: Draft = draft.get("seats", {}).get(seat.value, {})
    return held if held.get("number") else {}


def _line(draft: Draft, seat: SeatCode) -> Line:
    held = _typed(draft, seat)
    own = {name: held.get(name) or draft.get(name, "") for name in WHEN}
    return {
        SEAT: _SPANISH[seat.value],
        NUMBER: held["number"],
        FIRST: _paper(own["first_day"]),
        LAST: _paper(own["last_day"]),
        ELECTED_BY: own["elected_by"],
    }


def _paper(day: str) -> str:
    """As the file writes it: 2026-04-30 is 30/04/2026; what is no date stays as it is."""
    try:
        return f"{date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day


def _draft_of(terms: list[TermRow]) -> Draft:
    """What most seats share becomes the choice for all, the rest exceptions."""
    cells = [{name: str(getattr(one, name)) for name in WHEN} for one in terms]
    shared = {
        name: max([cell[name] for cell in cells], key=[cell[name] for cell in cells].count) for name in WHEN
    }
    seats = {
        one.seat: {"number": str(one.number)}
        | {name: value for name, value in cell.items() if value != shared[name]}
        for one, cell in zip(terms, cells, strict=True)
    }
    return {**shared, "seats": seats}
