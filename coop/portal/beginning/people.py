"""The register as a draft: a file's lines, and the people typed one by one beside them."""

from datetime import datetime

from django.db import transaction

from coop.common.spreadsheet import Problem
from coop.members.register_file import COLUMNS, RegisterFile, read_register
from coop.members.register_file.rows import NAME, NUMBER
from coop.portal.beginning.errors import NoSuchPerson
from coop.portal.beginning.lines import Line, lines_of, sheet
from coop.portal.beginning.opening import taken
from coop.portal.beginning.steps import today_of
from coop.portal.models import Beginning


def read(beginning: Beginning, at: datetime) -> RegisterFile:
    """The draft as the register's own reader sees it: people without problems, problems, what is odd."""
    if not beginning.people:
        return RegisterFile((), (), ())
    return read_register(sheet(COLUMNS, beginning.people), today=today_of(beginning, at))


@transaction.atomic
def keep_file(*, key: str, content: bytes, at: datetime) -> RegisterFile:
    """The file's people instead of all those there were. With any problem nothing is kept.

    Raises FileRefused when it is no such file, AlreadyBegun or NotHeld.
    """
    beginning = taken(key)
    file = read_register(content, today=today_of(beginning, at))
    if not file.problems:
        beginning.people = lines_of(content, COLUMNS)
        _save(beginning, at)
    return file


@transaction.atomic
def keep_person(*, key: str, line: Line, instead_of: str, at: datetime) -> tuple[Problem, ...]:
    """Adds a person, or puts the line in the place of number `instead_of`; what is wrong with it, by column.

    With any problem nothing is kept. Raises AlreadyBegun, NotHeld, or NoSuchPerson.
    """
    beginning = taken(key)
    people: list[Line] = list(beginning.people)
    place = _place(people, instead_of) if instead_of else len(people)
    # Last, whatever its place: of two equal numbers the later line is the error.
    others = [one for index, one in enumerate(people) if index != place]
    checked = read_register(sheet(COLUMNS, [*others, line]), today=today_of(beginning, at))
    mine = tuple(problem for problem in checked.problems if problem.row == len(others) + 2)
    if not mine:
        people[place : place + 1] = [line]
        beginning.people = people
        _save(beginning, at)
    return mine


@transaction.atomic
def drop_person(*, key: str, number: str, at: datetime) -> str:
    """Takes somebody out of the draft, and gives their name as it was typed. Raises NoSuchPerson too."""
    beginning = taken(key)
    people: list[Line] = list(beginning.people)
    gone = people.pop(_place(people, number))
    beginning.people = people
    _save(beginning, at)
    return gone.get(NAME, "")


def line_of(beginning: Beginning, number: str) -> Line:
    """Raises NoSuchPerson."""
    line: Line = beginning.people[_place(beginning.people, number)]
    return line


def next_number(beginning: Beginning) -> int:
    """One more than the highest number typed so far."""
    typed = [line.get(NUMBER, "") for line in beginning.people]
    return (
        max((int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10), default=0) + 1
    )


def _place(people: list[Line], number: str) -> int:
    for place, line in enumerate(people):
        if line.get(NUMBER, "") == number:
            return place
    raise NoSuchPerson(number)


def _save(beginning: Beginning, at: datetime) -> None:
    beginning.touched_at = at
    beginning.save(update_fields=["people", "touched_at"])
