"""Terms of a file against the terms on the books: no seat has two holders on a day, nobody two seats."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.common.spreadsheet import Problem
from coop.common.time import local_day, midnight
from coop.council.models import Term
from coop.council.terms_file import FIRST, LAST, NUMBER, TermRow, is_position
from coop.members.enums import ON_REGISTER
from coop.members.models import Member, Period
from coop.statute.domain import cooperative


def clashes(rows: Iterable[TermRow]) -> list[Problem]:
    """One problem a row at most; what is on the books already, as it was given, clashes with nothing."""
    zone = cooperative().tz
    books = [term for term in Term.objects.select_related("seat", "member") if not term.during.isempty]
    away = _away()
    found = []
    for row in rows:
        first, end = midnight(row.first_day, zone), midnight(row.last_day + timedelta(days=1), zone)
        shared = [term for term in books if term.during.lower < end and first < term.during.upper]
        known = [
            term
            for term in shared
            if (term.seat.code, term.member.number, local_day(term.during.lower, zone))
            == (row.seat, row.number, row.first_day)
            and (term.would_have_ended or term.during.upper) == end
        ]
        if not known and (problem := _no_member(row, away) or _problem(row, shared)):
            found.append(problem)
    return found


def _away() -> dict[int, list[tuple[date, date | None]]]:
    """By number: stretches in which that person was on no register, as first day and end."""
    away: defaultdict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for number, joined in Member.objects.values_list("number", "joined_on"):
        away[number].append((date.min, joined))
    gone = Period.objects.exclude(state__in=ON_REGISTER)
    for number, since, until in gone.values_list("member__number", "since", "until"):
        away[number].append((since, until))
    return away


def _no_member(row: TermRow, away: Mapping[int, list[tuple[date, date | None]]]) -> Problem | None:
    for since, until in away.get(row.number, ()):
        if since > row.last_day or (until is not None and until <= row.first_day):
            continue
        if since == date.min and until is not None:
            told = {"day": date_format(until, "SHORT_DATE_FORMAT")}
            message = _("Es asociado/a recién desde el %(day)s.") % told
            return Problem(row.row, FIRST, "no member then", message, _shown(row.first_day))
        told = {"day": date_format(since, "SHORT_DATE_FORMAT")}
        message = _("Dejó de ser asociado/a el %(day)s: el mandato terminó ahí.") % told
        return Problem(row.row, LAST, "no member then", message, _shown(row.last_day))
    return None


def _problem(row: TermRow, shared: list[Term]) -> Problem | None:
    """The seat's clash before the member's, as within a file. A position goes beside a seat."""
    for term in shared:
        if term.seat.code == row.seat:
            message = _("Ya está asentado que %(name)s ocupa el cargo hasta el %(end)s.") % _told(term)
            return Problem(row.row, FIRST, "two holders on one day", message, "")
    for term in shared:
        if term.member.number == row.number and term.council_or_audit and not is_position(row.seat):
            message = _("Ya está asentado que ocupa %(seat)s hasta el %(end)s. Una persona, un cargo.")
            return Problem(
                row.row, NUMBER, "two seats for one member", message % _told(term), str(row.number)
            )
    return None


def _shown(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def _told(term: Term) -> dict[str, str]:
    end = localtime(term.during.upper) - timedelta(days=1)
    return {
        "seat": str(term.seat),
        "name": term.member.name,
        "end": date_format(end, "SHORT_DATE_FORMAT"),
    }
