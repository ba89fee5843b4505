"""The register of members as a cooperative's spreadsheet holds it. Pure: bytes in, rows and problems out."""

from dataclasses import dataclass
from datetime import date

from coop.common.spreadsheet import Problem, read_sheet
from coop.members.phones import HOME

from .checks import Oddities, Uniqueness, check_agreement
from .rows import COLUMNS, RegisterRow, read_row

__all__ = ["COLUMNS", "RegisterFile", "RegisterRow", "read_register"]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """`members` are the rows without problems, in file order. With any problem nothing may go in."""

    members: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_register(data: bytes, *, today: date, region: str = HOME) -> RegisterFile:
    """Every member of the file, every problem at once, and what is odd but possible as of `today`.

    `region` is the country in which a telephone without a country's code rings. All columns must be there,
    since a missing one would empty what the register already knows. Raises FileRefused when the bytes are no
    spreadsheet.
    """
    sheet = read_sheet(data, COLUMNS)
    uniqueness, oddities = Uniqueness(), Oddities(today)
    members = []
    for row in sheet.rows:
        member = read_row(row, region)
        check_agreement(row, member)
        uniqueness.check(row, member)
        if row.good():
            members.append(member)
            oddities.note(row, member, sheet.warnings)
    return RegisterFile(tuple(members), sheet.problems.sorted(), sheet.warnings.sorted())
