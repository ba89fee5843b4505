"""Resolutions of the paper book as a draft: lines of a file that wait, once begun, for a second officer."""

from datetime import datetime

from django.db import transaction

from coop.portal.beginning.lines import lines_of, sheet
from coop.portal.beginning.opening import taken
from coop.portal.beginning.steps import today_of
from coop.portal.models import Beginning
from coop.statute.book_lines import COLUMNS, BookFile, read_book


@transaction.atomic
def keep_file(*, key: str, content: bytes, at: datetime) -> BookFile:
    """The file's resolutions instead of those there were. With any problem nothing is kept.

    Raises FileRefused, AlreadyBegun or NotHeld.
    """
    beginning = taken(key)
    file = read_book(content, today=today_of(beginning, at))
    if not file.problems:
        _keep(beginning, lines_of(content, COLUMNS), at)
    return file


@transaction.atomic
def drop(*, key: str, at: datetime) -> int:
    """Leaves the book for later. Gives how many resolutions there were."""
    beginning = taken(key)
    gone = len(beginning.resolutions)
    _keep(beginning, [], at)
    return gone


def as_file(beginning: Beginning) -> bytes:
    return sheet(COLUMNS, beginning.resolutions)


def read(beginning: Beginning, at: datetime) -> BookFile:
    if not beginning.resolutions:
        return BookFile((), (), ())
    return read_book(as_file(beginning), today=today_of(beginning, at))


def _keep(beginning: Beginning, lines: list[dict[str, str]], at: datetime) -> None:
    beginning.resolutions, beginning.touched_at = lines, at
    beginning.save(update_fields=["resolutions", "touched_at"])
