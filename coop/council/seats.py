"""Which seats there are: the statute version of the day says so; a row is made for each it ever had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from coop.council.models import Seat, SeatCode, SeatKind
from coop.statute.domain import rules_at
from coop.statute.rules import Rules

OFFICERS = ("president", "secretary", "treasurer")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A seat that a statute has. `section`, `key`, `position_kind` and `name` only for positions."""

    code: str
    kind: SeatKind
    rank: int
    key: str = ""
    position_kind: str = ""
    name: str = ""
    section: str = ""


def seats_of(rules: Rules) -> tuple[Wanted, ...]:
    """Every seat of the statute: council, alternates in their order, audit, positions."""
    return tuple(_seats(rules))


def _seats(rules: Rules) -> Iterator[Wanted]:
    council = rules.council
    for rank in range(1, council.seats + 1):
        code = OFFICERS[rank - 1] if rank <= len(OFFICERS) else f"member_{rank - len(OFFICERS)}"
        yield Wanted(code, SeatKind.COUNCIL, rank)
    for rank in range(1, council.alternates + 1):
        yield Wanted(f"alternate_{rank}", SeatKind.ALTERNATE, rank)
    for kind, many in (
        (SeatKind.AUDITOR, council.auditors),
        (SeatKind.ALTERNATE_AUDITOR, council.alternate_auditors),
    ):
        for rank in range(1, many + 1):
            yield Wanted(kind.value if rank == 1 else f"{kind.value}_{rank}", kind, rank)
    for one in rules.positions.held:
        for rank, code in enumerate(one.codes, start=1):
            name = one.name if one.holders == 1 else f"{one.name} {rank}"
            yield Wanted(code, SeatKind.POSITION, rank, one.key, one.kind, name, one.section)


# The nine of a cooperative's spreadsheet, whatever its statute says today.
_OF_THE_FILE = tuple(
    Wanted(code.value, kind, rank)
    for code, kind, rank in (
        (SeatCode.PRESIDENT, SeatKind.COUNCIL, 1),
        (SeatCode.SECRETARY, SeatKind.COUNCIL, 2),
        (SeatCode.TREASURER, SeatKind.COUNCIL, 3),
        (SeatCode.MEMBER_1, SeatKind.COUNCIL, 4),
        (SeatCode.MEMBER_2, SeatKind.COUNCIL, 5),
        (SeatCode.ALTERNATE_1, SeatKind.ALTERNATE, 1),
        (SeatCode.ALTERNATE_2, SeatKind.ALTERNATE, 2),
        (SeatCode.AUDITOR, SeatKind.AUDITOR, 1),
        (SeatCode.ALTERNATE_AUDITOR, SeatKind.ALTERNATE_AUDITOR, 1),
    )
)


@transaction.atomic
def ensure_seats(at: datetime | None = None) -> None:
    """A row for each of the nine seats of a spreadsheet and, with `at`, for each of the statute in force.

    Running it again changes nothing; no row ever changes or goes.
    """
    wanted = [*_OF_THE_FILE, *(seats_of(rules_at(at)) if at else ())]
    there = set(Seat.objects.values_list("code", flat=True))
    place = Seat.objects.aggregate(last=Max("position"))["last"] or 0
    for one in wanted:
        if one.code in there:
            continue
        there.add(one.code)
        place += 1
        Seat.objects.create(
            code=one.code,
            position=place,
            kind=one.kind,
            rank=one.rank,
            key=one.key,
            position_kind=one.position_kind,
            name=one.name,
            section=one.section,
        )


def codes_of(rules: Rules) -> frozenset[str]:
    """Of every seat that those rules have."""
    return frozenset(one.code for one in seats_of(rules))


def codes_at(at: datetime) -> frozenset[str]:
    """Codes of the seats that the statute in force at `at` has."""
    return codes_of(rules_at(at))
