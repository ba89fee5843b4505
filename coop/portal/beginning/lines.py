"""Lines of a cooperative's spreadsheet as drafts keep them: each a dictionary from column to cell, as typed.

What is typed on the screen and what comes in a file are the same lines, so that one reader checks both.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from coop.common.spreadsheet import Column, read_sheet

Line = dict[str, str]


def sheet(columns: Sequence[Column], lines: Iterable[Line]) -> bytes:
    """The lines as a file (UTF-8, semicolons), all columns there. Line `i` (from 0) is its row `i + 2`."""
    text = io.StringIO(newline="")
    out = csv.writer(text, delimiter=";", lineterminator="\r\n")
    names = [column.name for column in columns]
    out.writerow(names)
    # A line without its first cell would vanish as blank when it has no other: readers count rows.
    out.writerows([line.get(name, "") for name in names] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def lines_of(data: bytes, columns: Sequence[Column]) -> list[Line]:
    """The file's lines in its order, blank ones left out. Raises FileRefused as the readers do."""
    return [dict(row.cells) for row in read_sheet(data, columns).rows]
