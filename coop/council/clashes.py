"""Terms of a file against the terms on the books: no seat has two holders on a day, nobody two seats."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.common.spreadsheet import Problem
from coop.common.time import local_day, midnight
from coop.council.models import Term
from coop.council.terms_file import FIRST, NUMBER, TermRow
from coop.statute.domain import cooperative


def clashes(rows: Iterable[TermRow]) -> list[Problem]:
    """One problem a row at most; a term that is on the books already, the same, clashes with nothing."""
    zone = cooperative().tz
    books = list(Term.objects.select_related("seat", "member"))
    found = []
    for row in rows:
        first, end = midnight(row.first_day, zone), midnight(row.last_day + timedelta(days=1), zone)
        shared = [term for term in books if term.during.lower < end and first < term.during.upper]
        known = [
            term
            for term in shared
            if (term.seat.code, term.member.number, local_day(term.during.lower, zone))
            == (row.seat, row.number, row.first_day)
        ]
        if not known and (problem := _problem(row, shared)):
            found.append(problem)
    return found


def _problem(row: TermRow, shared: list[Term]) -> Problem | None:
    """The seat's clash before the member's, as within a file."""
    for term in shared:
        if term.seat.code == row.seat:
            message = _("Ya está asentado que %(name)s ocupa el cargo hasta el %(end)s.") % _told(term)
            return Problem(row.row, FIRST, "two holders on one day", message, "")
    for term in shared:
        if term.member.number == row.number:
            message = _("Ya está asentado que ocupa %(seat)s hasta el %(end)s. Una persona, un cargo.")
            return Problem(
                row.row, NUMBER, "two seats for one member", message % _told(term), str(row.number)
            )
    return None


def _told(term: Term) -> dict[str, str]:
    end = localtime(term.during.upper) - timedelta(days=1)
    return {
        "seat": str(term.seat),
        "name": term.member.name,
        "end": date_format(end, "SHORT_DATE_FORMAT"),
    }
