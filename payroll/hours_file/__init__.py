"""A month's hours as a cooperative's spreadsheet holds them. Pure: bytes in, rows and problems out."""

from collections.abc import Container
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from coop.common.spreadsheet import Column, Problem, Row, clip, read_sheet
from payroll.hours_file.cells import parse_advance, parse_hours, parse_member
from payroll.periods import Period

NUMBER, WORKED, SICK = "N° Socio", "Horas trabajadas", "Horas enfermedad"
HOLIDAY, ADVANCE = "Horas vacaciones", "Adelanto"
NAME = "Apellido y nombre"  # for whoever fills it in; the number says who it is
COLUMNS = (
    Column(NUMBER, also=("Nro Socio", "Número de socio", "N° de socio", "N° Asociado", "Nro Asociado")),
    Column(NAME, also=("Nombre y apellido",), needed=False),
    Column(WORKED, also=("Horas", "Trabajadas")),
    Column(SICK, also=("Horas de enfermedad", "Enfermedad")),
    Column(HOLIDAY, also=("Horas de vacaciones", "Vacaciones")),
    Column(ADVANCE, also=("Adelantos",)),
)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One member's hours in hundredths, and the advance taken in cents. `row` is the file's row."""

    row: int
    number: int
    worked: int
    sick: int
    holiday: int
    advance: int

    @property
    def hours(self) -> int:
        return self.worked + self.sick + self.holiday


@dataclass(frozen=True, slots=True)
class HoursFile:
    """`rows` are those without problems, in file order. With any problem nothing may go in."""

    rows: tuple[HoursRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_hours(data: bytes, *, period: Period, members: Container[int]) -> HoursFile:
    """Every row of the file and every problem at once; `members` are the numbers on the register, ever.

    Of two rows with one number the later is the error. Raises FileRefused when the bytes are no spreadsheet.
    """
    sheet = read_sheet(data, COLUMNS)
    seen: dict[int, int] = {}
    rows = []
    for row in sheet.rows:
        read = _read(row, members)
        _check(row, read, period)
        if row.good(NUMBER):
            _once(row, read.number, seen)
        if row.good():
            rows.append(read)
    return HoursFile(tuple(rows), sheet.problems.sorted(), sheet.warnings.sorted())


def _read(row: Row, members: Container[int]) -> HoursRow:
    """The row's cells; where one is wrong, a placeholder, and the row is not good."""
    return HoursRow(
        row=row.number,
        number=row.take(NUMBER, partial(parse_member, members=members), 0, required=True),
        worked=row.take(WORKED, parse_hours, 0),
        sick=row.take(SICK, parse_hours, 0),
        holiday=row.take(HOLIDAY, parse_hours, 0),
        advance=row.take(ADVANCE, parse_advance, 0),
    )


def _check(row: Row, read: HoursRow, period: Period) -> None:
    """Problem "more hours than the month has": of the cell that alone does, or of the hours worked."""
    message = _("%(value)s horas no entran en el mes, que tiene %(most)d. Revisá la coma.")
    most = period.most_hours
    for column, hours in ((WORKED, read.worked), (SICK, read.sick), (HOLIDAY, read.holiday)):
        if hours > most:
            told = {"value": clip(row.cells.get(column, "")), "most": most // 100}
            row.refuse(column, "more hours than the month has", message % told)
    if row.good(WORKED, SICK, HOLIDAY) and read.hours > most:
        told = {"value": f"{read.hours // 100},{read.hours % 100:02d}", "most": most // 100}
        row.refuse(WORKED, "more hours than the month has", message % told)


def _once(row: Row, number: int, seen: dict[int, int]) -> None:
    first = seen.setdefault(number, row.number)
    if first != row.number:
        message = _("El número %(number)d ya está en la fila %(row)d. Dejalo en una sola.")
        row.refuse(NUMBER, "duplicate number", message % {"number": number, "row": first})
