"""The month's spreadsheet with everybody on it and no hours yet: filled in, `read_hours` takes it."""

import csv
import io
from collections.abc import Iterable

from coop.common.spreadsheet.cells import is_formula
from payroll.hours_file import ADVANCE, HOLIDAY, NAME, NUMBER, SICK, WORKED

TITLES = (NUMBER, NAME, WORKED, SICK, HOLIDAY, ADVANCE)


def blank_hours(people: Iterable[tuple[int, str]]) -> bytes:
    """A line for each (number, name), as spreadsheet programs here open it: semicolons, cp1252.

    A name that would run as a formula gets an apostrophe; a sign that cp1252 lacks, a question mark.
    """
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(TITLES)
    for number, name in people:
        lines.writerow([number, f"'{name}" if is_formula(name) else name, *[""] * 4])
    return text.getvalue().encode("cp1252", errors="replace")
