"""A cooperative's spreadsheet, saved as CSV: bytes in, cells and problems out. No database, no HTTP."""

from .cells import (
    parse_day,
    parse_decimal,
    parse_digits,
    parse_text,
    parse_whole,
)
from .decoding import MAX_BYTES
from .problems import BadCell, FileRefused, Findings, Problem, clip
from .sheet import MAX_ROWS, Column, Row, Sheet, read_sheet

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "BadCell",
    "Column",
    "FileRefused",
    "Findings",
    "Problem",
    "Row",
    "Sheet",
    "clip",
    "parse_day",
    "parse_decimal",
    "parse_digits",
    "parse_text",
    "parse_whole",
    "read_sheet",
]
