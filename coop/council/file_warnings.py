"""What is odd in a file of terms by the statutes of its days, and possible all the same."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.spreadsheet import Problem
from coop.council.models import Seat, seat_name
from coop.council.seats import Wanted, seats_of
from coop.council.term_length import latest_day
from coop.council.terms_file import LAST, SEAT, TermRow
from coop.statute.domain import cooperative
from coop.statute.models import StatuteVersion
from coop.statute.rules import Rules


def warnings(rows: Iterable[TermRow]) -> Iterator[Problem]:
    """A seat that the statute of the day did not have, once for each; a term longer than it allowed."""
    house = cooperative()
    versions = [
        (version.holds_from, version.rules, {one.code: one for one in seats_of(version.rules)})
        for version in StatuteVersion.objects.order_by("-holds_from")
    ]
    names = {seat.code: str(seat) for seat in Seat.objects.all()}
    unknown: set[str] = set()
    for row in rows:
        held = _in_force(versions, row.first_day)
        if held is None:
            continue
        rules, seats = held
        wanted = seats.get(row.seat)
        if wanted is None:
            if row.seat not in unknown:
                unknown.add(row.seat)
                name = names.get(row.seat, seat_name(row.seat))
                says = _("El estatuto de esa fecha no tiene este cargo.")
                yield Problem(row.row, SEAT, "not in the statute", says, name)
            continue
        latest = latest_day(rules, wanted, row.first_day, house).day
        if row.last_day > latest:
            told = {"day": date_format(latest, "SHORT_DATE_FORMAT")}
            says = _("Según el estatuto el mandato llegaba como mucho hasta el %(day)s.") % told
            yield Problem(
                row.row, LAST, "longer than the statute", says, date_format(row.last_day, "SHORT_DATE_FORMAT")
            )


def _in_force(
    versions: list[tuple[date, Rules, dict[str, Wanted]]], day: date
) -> tuple[Rules, dict[str, Wanted]] | None:
    return next(((rules, seats) for holds_from, rules, seats in versions if holds_from <= day), None)
