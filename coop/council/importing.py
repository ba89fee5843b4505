"""Terms as the cooperative's spreadsheet has them: all of them go in, or none."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from coop.common.names import fold
from coop.common.time import midnight
from coop.council.models import Seat, SeatCode, Term
from coop.council.seats import ensure_seats
from coop.council.terms_file import TermsFile, read_terms
from coop.members.errors import FileHasProblems
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked

SPANISH_SEATS = {
    "presidencia": SeatCode.PRESIDENT,
    "secretaria": SeatCode.SECRETARY,
    "tesoreria": SeatCode.TREASURER,
    "vocalia 1": SeatCode.MEMBER_1,
    "vocalia 2": SeatCode.MEMBER_2,
    "suplencia 1": SeatCode.ALTERNATE_1,
    "suplencia 2": SeatCode.ALTERNATE_2,
    "sindicatura titular": SeatCode.AUDITOR,
    "sindicatura suplente": SeatCode.ALTERNATE_AUDITOR,
}


@dataclass(frozen=True, slots=True)
class TermsImported:
    new: int
    unchanged: int


def read(content: bytes) -> TermsFile:
    numbers = frozenset(Member.objects.values_list("number", flat=True))
    return read_terms(
        content, seats={fold(name): code.value for name, code in SPANISH_SEATS.items()}, members=numbers
    )


@transaction.atomic
def import_terms(*, content: bytes, by: Actor, at: datetime) -> TermsImported:
    """Adds the file's terms; all or nothing; a term already there, to the day, is left alone.

    Raises FileRefused, FileHasProblems, or IntegrityError when a term clashes with one already on the books.
    """
    require(by, Power.KEEP_TERMS, at)
    locked("terms")
    file = read(content)
    if file.problems:
        raise FileHasProblems(len(file.problems))
    ensure_seats()
    zone = cooperative().tz
    seats = dict(Seat.objects.values_list("code", "pk"))
    members = dict(Member.objects.values_list("number", "pk"))
    there = {
        (term.seat_id, term.member_id, term.during.lower, term.during.upper) for term in Term.objects.all()
    }
    new = []
    for row in file.terms:
        during = (midnight(row.first_day, zone), midnight(row.last_day + timedelta(days=1), zone))
        if (seats[row.seat], members[row.number], *during) in there:
            continue
        new.append(
            Term(
                seat_id=seats[row.seat],
                member_id=members[row.number],
                during=during,
                elected_by=row.elected_by,
            )
        )
    Term.objects.bulk_create(new)
    if new:
        write(Act.TERMS_IMPORTED, by=by, at=at, facts={"new": len(new)})
    return TermsImported(new=len(new), unchanged=len(file.terms) - len(new))
