"""Terms as the cooperative's spreadsheet has them: previewed, then all of them go in, or none."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from coop.common.names import fold
from coop.common.spreadsheet import Problem
from coop.common.time import midnight
from coop.council.clashes import clashes
from coop.council.file_warnings import warnings
from coop.council.models import Seat, SeatCode, Term, TermsUpload, seat_name
from coop.council.seats import ensure_seats, seats_of
from coop.council.start_only import only_at_the_start, seats_by_file
from coop.council.terms_file import TermRow, TermsFile, read_terms
from coop.council.terms_told import sealed
from coop.members.errors import FileHasProblems
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked
from coop.statute.models import StatuteVersion

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
UPLOAD_WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TermsImported:
    new: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file in would do. With `problems` nothing can be taken in."""

    new: tuple[TermRow, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def does_nothing(self) -> bool:
        return not (self.new or self.problems)


def read(content: bytes) -> TermsFile:
    """The file alone, with what is odd by the statutes of its days. Raises FileRefused."""
    numbers = frozenset(Member.objects.values_list("number", flat=True))
    file = read_terms(content, seats=_names(), members=numbers)
    return replace(file, warnings=(*file.warnings, *warnings(file.terms)))


def preview(content: bytes, by: Actor, at: datetime) -> Preview:
    """The file beside the books. What is no spreadsheet's to bring is told once the rest is right.

    Raises FileRefused.
    """
    file = read(content)
    problems = sorted([*file.problems, *clashes(file.terms)], key=lambda one: one.row)
    new = [row for row, known in _beside_the_books(file) if not known]
    problems = problems or seats_by_file(new, by, at)
    return Preview(tuple(new), len(file.terms) - len(new), tuple(problems), file.warnings)


@transaction.atomic
def import_terms(*, content: bytes, by: Actor, at: datetime) -> TermsImported:
    """Adds the file's terms; all or nothing; a term already there, to the day, is left alone.

    Raises NotAllowed, FileRefused, FileHasProblems or TermsAreKept.
    """
    require(by, Power.KEEP_TERMS, at)
    wait_turn()
    locked("terms")
    seen = preview(content, by, at)
    if seen.problems:
        raise FileHasProblems(len(seen.problems))
    if seen.new:
        only_at_the_start(by, at)
    zone = cooperative().tz
    ensure_seats()
    for day in StatuteVersion.objects.order_by("holds_from").values_list("holds_from", flat=True):
        ensure_seats(midnight(day, zone))
    seats = dict(Seat.objects.values_list("code", "pk"))
    members = dict(Member.objects.values_list("number", "pk"))
    made = Term.objects.bulk_create(
        Term(
            seat_id=seats[row.seat],
            member_id=members[row.number],
            during=_during(row, zone),
            elected_by=row.elected_by,
            recorded_at=at,
            recorded_by_id=by.member_id,
        )
        for row in seen.new
    )
    if made:
        first, last = made[0].pk, made[-1].pk
        there = Term.objects.filter(pk__range=(first, last)).select_related("seat", "member").order_by("pk")
        facts = {"new": len(made), "first": first, "last": last, "seal": sealed(there)}
        write(Act.TERMS_IMPORTED, by=by, at=at, facts=facts)
    return TermsImported(new=len(made), unchanged=seen.unchanged)


def keep_upload(*, content: bytes, name: str, by: Actor, at: datetime) -> TermsUpload:
    """Keeps a file between its preview and its confirmation; those that were never confirmed go."""
    require(by, Power.KEEP_TERMS, at)
    TermsUpload.objects.filter(at__lt=at - UPLOAD_WAITS).delete()
    return TermsUpload.objects.create(by_id=by.signature, at=at, name=name[:200], content=content)


@transaction.atomic
def confirm_upload(*, key: uuid.UUID, by: Actor, at: datetime) -> TermsImported:
    """Takes in the file that the same person previewed. TermsUpload.DoesNotExist once it was used."""
    upload = TermsUpload.objects.get(key=key, by_id=by.member_id, at__gte=at - UPLOAD_WAITS)
    done = import_terms(content=bytes(upload.content), by=by, at=at)
    upload.delete()
    return done


def _names() -> dict[str, str]:
    """Folded names to codes: the nine of every spreadsheet, and those of every version of the statute."""
    names = {fold(name): code.value for name, code in SPANISH_SEATS.items()}
    with translation.override("es-ar"):
        for version in StatuteVersion.objects.order_by("holds_from"):
            for one in seats_of(version.rules):
                names.setdefault(fold(one.name or seat_name(one.code)), one.code)
    return names


def _beside_the_books(file: TermsFile) -> Iterator[tuple[TermRow, bool]]:
    """Each term, and whether it is on the books already as it was given, whatever became of it."""
    zone, there = cooperative().tz, set()
    for term in Term.objects.select_related("seat", "member"):
        until = term.would_have_ended or term.during.upper
        there.add((term.seat.code, term.member.number, term.during.lower, until))
    for row in file.terms:
        yield row, (row.seat, row.number, *_during(row, zone)) in there


def _during(row: TermRow, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return midnight(row.first_day, zone), midnight(row.last_day + timedelta(days=1), zone)
