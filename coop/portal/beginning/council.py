"""The first council as a draft: one assembly's choice for all seats, exceptions by seat, and earlier terms.

Held as text, dates as `YYYY-MM-DD`: {"first_day", "last_day", "elected_by", "seats": {code: {"number", and
where that seat differs "first_day", "last_day", "elected_by"}}}.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from coop.common.names import fold
from coop.common.spreadsheet import Problem
from coop.council.models import SeatCode, seat_name
from coop.council.seats import seats_of
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
from coop.statute.ready_made import DEFAULT, READY_MADE

Draft = dict[str, Any]
WHEN = ("first_day", "last_day", "elected_by")


@dataclass(frozen=True, slots=True)
class Place:
    """A seat to be filled: what the reader calls it, what the file calls it, whether the statute has it."""

    code: str
    label: str
    spanish: str
    of_statute: bool


def places(beginning: Beginning) -> tuple[Place, ...]:
    """Of the statute that was chosen, and those of every spreadsheet that it does not have, after them."""
    chosen = READY_MADE.get(beginning.statute.get("model", ""), READY_MADE[DEFAULT])
    wanted = {one.code: one.name for one in seats_of(chosen.rules)}
    codes = [*wanted, *(code.value for code in SeatCode if code.value not in wanted)]
    with translation.override("es-ar"):
        spanish = {code: wanted.get(code) or seat_name(code) for code in codes}
    return tuple(
        Place(code, wanted.get(code) or seat_name(code), spanish[code], code in wanted) for code in codes
    )


@dataclass(frozen=True, slots=True)
class Read:
    """`terms` of the seats now and of earlier ones. `wrong`: problems of the form's seats by seat code;
    `earlier_wrong`: those of the file's lines.
    """

    terms: tuple[TermRow, ...]
    wrong: dict[str, tuple[Problem, ...]]
    earlier_wrong: tuple[Problem, ...]

    def holder(self, seat: str, day: date) -> int | None:
        """The number of who holds the seat on `day`."""
        held = [one for one in self.terms if one.seat == seat and one.first_day <= day <= one.last_day]
        return held[0].number if held else None


def read(beginning: Beginning, register: tuple[RegisterRow, ...]) -> Read:
    """The draft as the reader of terms sees it, the form's seats before the file's earlier terms."""
    known = places(beginning)
    seats = [one.code for one in known if _typed(beginning.council, one.code)]
    lines = _lines(beginning)
    found = _read([*lines, *beginning.terms], register, known) if lines or beginning.terms else None
    if found is None:
        return Read((), {}, ())
    wrong: dict[str, tuple[Problem, ...]] = {}
    earlier = []
    for problem in found.problems:
        if problem.row - 2 < len(seats):
            code = seats[problem.row - 2]
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
    file = read_terms(content, seats=_names(places(beginning)), members=numbers)
    if file.problems:
        return file
    today = today_of(beginning, at)
    now = [one for one in file.terms if one.first_day <= today <= one.last_day]
    row_of = {one.row: place for place, one in enumerate(file.terms)}
    lines = lines_of(content, COLUMNS)
    beginning.council = _draft_of(now) if now else beginning.council
    beginning.terms = [
        line for place, line in enumerate(lines) if place not in {row_of[one.row] for one in now}
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
    return sheet(COLUMNS, [*_lines(beginning), *beginning.terms])


def _read(lines: list[Line], register: tuple[RegisterRow, ...], known: tuple[Place, ...]) -> TermsFile:
    numbers = frozenset(one.number for one in register)
    return read_terms(sheet(COLUMNS, lines), seats=_names(known), members=numbers)


def _names(known: tuple[Place, ...]) -> dict[str, str]:
    return {fold(one.spanish): one.code for one in known}


def _lines(beginning: Beginning) -> list[Line]:
    """The form's seats as lines of the file, in the order in which the page has them."""
    typed = [one for one in places(beginning) if _typed(beginning.council, one.code)]
    return [_line(beginning.council, one) for one in typed]


def _typed(draft: Draft, code: str) -> Draft:
    held: Draft = draft.get("seats", {}).get(code, {})
    return held if held.get("number") else {}


def _line(draft: Draft, seat: Place) -> Line:
    held = _typed(draft, seat.code)
    own = {name: held.get(name) or draft.get(name, "") for name in WHEN}
    return {
        SEAT: seat.spanish,
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
