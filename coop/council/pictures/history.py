"""The history of the seats as plain data: who held what from when until when. Three statements, then pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from django.utils.timezone import get_current_timezone

from coop.council.models import COUNCIL_OR_AUDIT, HowEnded, Seat, SeatKind, Term
from coop.members.models import Member


def local_day(at: datetime) -> date:
    """The day of `at` here. Terms begin and end on few instants: each is worked out once."""
    return _day_in(at, get_current_timezone())


@lru_cache(maxsize=4096)
def _day_in(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the register, whether they are still there or not."""

    number: int
    name: str
    listed: str
    section: str
    joined: date
    left: date | None

    def __str__(self) -> str:
        return self.name

    def here(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or self.left > day)


@dataclass(frozen=True, slots=True)
class Turn:
    """A member held a seat from `begins` until `ends` (not included).

    `nth`: their how-many-th turn it is, counted apart for council and audit and for positions outside them.
    """

    seat: int
    kind: str
    number: int
    begins: datetime
    ends: datetime
    nth: int
    elected_by: str = ""
    how_ended: str = ""

    @property
    def governs(self) -> bool:
        """Of the council, its alternates or the audit; not a position outside them."""
        return self.kind in COUNCIL_OR_AUDIT

    @property
    def council(self) -> bool:
        return self.kind == SeatKind.COUNCIL

    def held(self, at: datetime) -> bool:
        return self.begins <= at < self.ends

    @property
    def first_day(self) -> date:
        return local_day(self.begins)

    @property
    def last_day(self) -> date:
        return local_day(self.ends - timedelta(microseconds=1))

    @property
    def ended(self) -> str:
        return str(HowEnded(self.how_ended).label) if self.how_ended else ""


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as the picture needs it, in the order in which the statute names them."""

    key: int
    name: str
    kind: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class History:
    places: Sequence[Place]
    turns: Sequence[Turn]
    people: dict[int, Person]


def history() -> History:
    """Everything, from the first term on. Three statements, whatever the number of rows."""
    places = [Place(one.pk, str(one), one.kind, one.section) for one in Seat.objects.order_by("position")]
    kinds = {one.key: one.kind for one in places}
    rows = (
        Term.objects.filter(during__isempty=False)
        .order_by("during", "pk")
        .values_list("seat_id", "member__number", "during", "elected_by", "how_ended")
    )
    return History(
        places=places,
        turns=counted(
            [
                Turn(seat, kinds[seat], number, during.lower, during.upper, 0, elected_by, how_ended)
                for seat, number, during, elected_by, how_ended in rows
            ]
        ),
        people={one.number: one for one in _people()},
    )


def counted(turns: Iterable[Turn]) -> list[Turn]:
    """In order of beginning, each with its `nth`, counted apart for the council and for positions.

    A stretch that follows one cut short without a day between (moved up, moved over) is no new turn.
    """
    times: Counter[tuple[int, bool]] = Counter()
    cut_at: dict[tuple[int, bool], datetime] = {}
    found = []
    for one in sorted(turns, key=lambda turn: (turn.begins, turn.seat)):
        who = (one.number, one.governs)
        if cut_at.get(who) != one.begins:
            times[who] += 1
        if one.how_ended == HowEnded.MOVED:
            cut_at[who] = one.ends
        found.append(
            Turn(
                one.seat,
                one.kind,
                one.number,
                one.begins,
                one.ends,
                times[who],
                one.elected_by,
                one.how_ended,
            )
        )
    return found


def _people() -> Iterable[Person]:
    columns = ("number", "family_name", "given_names", "section", "joined_on", "left_on")
    for number, family, given, section, joined, left in Member.objects.order_by("sort_name").values_list(
        *columns
    ):
        listed = f"{family}, {given}" if given else family
        yield Person(number, f"{given} {family}".strip(), listed, section.strip(), joined, left)
