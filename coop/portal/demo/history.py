"""Twenty years of the demonstration's paper book: copied from a spreadsheet, confirmed by a second person."""

from datetime import datetime, timedelta

from assemblies.demo import holder
from coop.common.time import local_day
from coop.council.models import SeatCode
from coop.portal.demo import HERE
from coop.statute.book import enter_file, open_pages
from coop.statute.book_confirming import confirm_page, seal_of
from coop.statute.domain import cooperative
from coop.statute.models import LineState


def copy_the_book(at: datetime) -> None:
    """Enters what the book holds until `at`; the last page waits for somebody of the council to read it."""
    enter_file(content=_until(at), name="libro de actas 1.csv", by=holder(SeatCode.SECRETARY, at), at=at)
    read_by, later = holder(SeatCode.MEMBER_1, at), at + timedelta(hours=2)
    *whole, _last = list(open_pages())
    for page in whole:
        lines = page.lines.filter(state=LineState.WAITING).order_by("position")
        confirm_page(page_id=page.pk, seen=seal_of(lines), by=read_by, at=later)


def _until(at: datetime) -> bytes:
    """The file's rows that were decided before `at`: nobody copies what is still to come."""
    header, *rows = (HERE / "resoluciones.csv").read_bytes().decode("cp1252").splitlines()
    today = local_day(at, cooperative().tz)
    known = [row for row in rows if _iso(row) < today.isoformat()]
    return "\n".join([header, *known]).encode("cp1252")


def _iso(row: str) -> str:
    day, month, year = row.split(";", 1)[0].split("/")
    return f"{year}-{month}-{day}"
