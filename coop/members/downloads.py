"""The register as a spreadsheet (the columns that the import reads) and as the book's frozen facts."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from coop.common.spreadsheet.cells import is_formula
from coop.members.models import Member
from coop.members.phones import HOME, as_dialled
from coop.members.reading import Line
from coop.members.register_file import COLUMNS
from coop.members.register_file import rows as column

PUBLIC = (column.NUMBER, column.NAME, column.JOINED, column.LEFT, column.REASON, column.SECTION)
ALL = tuple(one.name for one in COLUMNS)


def spreadsheet(lines: Iterable[Line], *, private: bool, region: str = HOME) -> bytes:
    """Semicolons, dd/mm/yyyy, decimal comma, UTF-8 with its mark: opens in a spreadsheet program, and goes
    back in as it is. Without `private` only what every member may read of every other.
    """
    text = io.StringIO()
    wanted = ALL if private else PUBLIC
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(wanted)
    for line in lines:
        cells = _cells(line, region)
        writer.writerow([_safe(cells[name]) for name in wanted])
    return text.getvalue().encode("utf-8-sig")


def _cells(line: Line, region: str) -> dict[str, str]:
    member, gone = line.member, line.gone
    return {
        column.NUMBER: str(member.number),
        column.NAME: f"{member.family_name}, {member.given_names}".rstrip(),
        column.DOCUMENT: member.document,
        column.TAX_NUMBER: member.tax_number,
        column.JOINED: _day(member.joined_on),
        column.LEFT: _day(line.since) if gone else "",
        column.REASON: (member.leaving_reason or str(line.state.label)) if gone else "",
        column.SECTION: line.section,
        column.BANK_ACCOUNT: member.bank_account,
        column.EMAIL: member.email,
        column.MOBILE: as_dialled(member.mobile, region),
        column.SUBSCRIBED: str(member.shares_subscribed),
        column.PAID_IN: f"{member.shares_paid_in:.2f}".replace(".", ","),
    }


def _safe(cell: str) -> str:
    """A leading apostrophe keeps a spreadsheet program from running what somebody once wrote as a name."""
    return f"'{cell}" if is_formula(cell) else cell


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def book(lines: Iterable[Line], *, day: date) -> dict[str, Any]:
    """The book of the register on `day`, as the PDF prints it. No floats, days as ISO texts."""
    return {"day": day.isoformat(), "lines": list(_book_lines(lines))}


def _book_lines(lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    for line in sorted(lines, key=lambda line: line.member.number):
        member: Member = line.member
        yield {
            "number": member.number,
            "name": member.listed_name,
            "document": member.document,
            "joined": member.joined_on.isoformat(),
            "left": line.since.isoformat() if line.gone else "",
            "state": str(line.state),
            "section": line.section,
            "subscribed": member.shares_subscribed,
        }
