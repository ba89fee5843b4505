"""Who may stand for a seat, and for each who may not, why and from when: pure.

How terms are counted (the statute's words made exact; docs/rotation.md says the same to people):

- An office is a seat without its number: the members-at-large are one office, so are the alternates, so is a
  position with several holders.
- Whoever held more than half of a term held it. Shorter pieces add up: two of two fifths make one.
- Terms are in a row unless a rest lies between them: the statute's cool-off, or without one half a term.
- An alternate who was never called has held nothing; called, they hold what is left of the other's term.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from coop.council.models import SeatKind
from coop.members.facts import months_after
from coop.statute.rules import Rules
from coop.statute.rules.seats import Position, SeatRotation

HALF = Fraction(1, 2)
TITULAR = frozenset({SeatKind.COUNCIL, SeatKind.AUDITOR})
AUDIT = frozenset({SeatKind.AUDITOR, SeatKind.ALTERNATE_AUDITOR})


@dataclass(frozen=True, slots=True)
class Office:
    """A seat, as the rules know it: `Seat` and `Wanted` have the same three."""

    code: str
    kind: str
    key: str = ""

    @property
    def name(self) -> str:
        """The seat without its number: `member_2` is `member`, `p_press_1` is `press`."""
        if self.key:
            return self.key
        head, _, tail = self.code.rpartition("_")
        return head if head and tail.isdigit() else self.code

    @property
    def council_or_audit(self) -> bool:
        return self.kind != SeatKind.POSITION


@dataclass(frozen=True, slots=True)
class Served:
    """A term that was or is held, from `since` until `until` (not included). `whole`: days of the term as it
    was given; of who filled a vacancy, of the term they filled.
    """

    office: Office
    since: date
    until: date
    whole: int

    @property
    def share(self) -> Fraction:
        """Of a term: 1 for more than half of it."""
        held = Fraction((self.until - self.since).days, max(self.whole, 1))
        return Fraction(1) if held > HALF else held


@dataclass(frozen=True, slots=True)
class Person:
    """A member on a day. `state` as the register's, "" when off it; `until`: the first day it ends, if known.
    `kin`: numbers of members they, or those members, declared to be their kin.
    """

    number: int
    state: str
    until: date | None = None
    kin: frozenset[int] = frozenset()


class WhyNot(StrEnum):
    OFF_REGISTER = "off_register"
    TRIAL = "trial"
    SUSPENDED = "suspended"
    HOLDS_ANOTHER = "holds_another"
    MOST_TERMS = "most_terms"
    EVERYONE_ONCE = "everyone_once"
    KIN = "kin"


@dataclass(frozen=True, slots=True)
class Why:
    """One reason. `from_day`: the first day on which it no longer holds, None when no day is known.

    `count` and `limit` are terms; `who` numbers of members (who waits, who is kin); `until`: last day held.
    """

    kind: WhyNot
    from_day: date | None = None
    count: int = 0
    limit: int = 0
    who: tuple[int, ...] = ()
    until: date | None = None
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """`reasons` is empty exactly when they may stand. `from_day`: when none of them holds any more."""

    reasons: tuple[Why, ...]

    @property
    def may(self) -> bool:
        return not self.reasons

    @property
    def from_day(self) -> date | None:
        days = [why.from_day for why in self.reasons]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None


def rotation_of(rules: Rules, office: Office) -> SeatRotation:
    """What holds for that seat: a position's own rotation, else the council's with its exceptions."""
    position = position_of(rules, office)
    return position.rotation if position else rules.rotation.of(office.code)


def position_of(rules: Rules, office: Office) -> Position | None:
    return next((one for one in rules.positions.held if office.key and one.key == office.key), None)


def term_months(rules: Rules, office: Office) -> int:
    """How long a term of that seat is, in months; at least one."""
    position = position_of(rules, office)
    return max(1, position.term_months if position else 12 * rules.council.term_years)


def counted(rules: Rules, office: Office, history: Iterable[Served]) -> tuple[Served, ...]:
    """The terms that the rotation of `office` looks at, in order."""
    found = (one for one in history if _counts(rules, office, one.office))
    return tuple(sorted(found, key=lambda one: (one.since, one.until)))


def _counts(rules: Rules, office: Office, held: Office) -> bool:
    if not office.council_or_audit or not held.council_or_audit or rules.rotation.counts == "seat":
        return held.name == office.name and held.kind == office.kind
    return held.kind in TITULAR


def in_a_row(rules: Rules, office: Office, history: Iterable[Served], day: date) -> tuple[Served, ...]:
    """The terms that would be in a row with one that begins on `day`, the latest last."""
    row: list[Served] = []
    begins = day
    for one in reversed(counted(rules, office, history)):
        if one.since >= day:
            continue
        if rested(rules, office, min(one.until, day)) <= begins:
            break
        row.append(one)
        begins = one.since
    return tuple(reversed(row))


def rested(rules: Rules, office: Office, end: date) -> date:
    """From which day somebody whose term ended on `end` has rested."""
    pause = rotation_of(rules, office).cool_off_years
    return months_after(end, 12 * pause if pause else max(1, term_months(rules, office) // 2))


def terms_in(row: Sequence[Served]) -> int:
    """How many terms a row of them is: half a term is none, more than half is one."""
    return max(0, ceil(sum((one.share for one in row), Fraction(0)) - HALF))


def has_held(rules: Rules, office: Office, history: Iterable[Served], day: date) -> bool:
    """Whether they have had their turn before `day`, for the rule of everyone once."""
    return terms_in([one for one in counted(rules, office, history) if one.since < day]) > 0


def standing_of(
    *,
    rules: Rules,
    office: Office,
    person: Person,
    history: Sequence[Served],
    day: date,
    waiting: Collection[int] = (),
    seated: Collection[tuple[int, Office]] = (),
) -> Standing:
    """Whether `person` may begin a term in `office` on `day`, under `rules`.

    `waiting`: numbers of those who want this seat, may hold it and have never had a turn; `seated`: who holds
    what on that day (kin of the audit may not sit in the council, nor the other way: ET 68).
    """
    reasons = [
        *_register(rules, person),
        *_holding(office, history, day),
        *_row(rules, office, history, day),
        *_once(rules, office, person, history, day, waiting),
        *_kin(office, person, seated),
    ]
    return Standing(tuple(reasons))


def _register(rules: Rules, person: Person) -> list[Why]:
    match person.state:
        case "":
            return [Why(WhyNot.OFF_REGISTER)]
        case "suspended":
            return [Why(WhyNot.SUSPENDED, person.until)]
        case "trial" if not rules.membership.trial_votes:
            return [Why(WhyNot.TRIAL, person.until)]
    return []


def _holding(office: Office, history: Sequence[Served], day: date) -> list[Why]:
    """One seat of the council or the audit at a time; of one position, one."""
    held = [
        one
        for one in history
        if (one.office.council_or_audit and office.council_or_audit) or one.office.code == office.code
    ]
    now = next((one for one in held if one.since <= day < one.until), None)
    if now is None:
        return []
    # The next term may begin the day this one ends.
    free = now.until
    while (
        following := max((one.until for one in held if one.since <= free < one.until), default=free)
    ) > free:
        free = following
    last = now.until - timedelta(days=1)
    return [Why(WhyNot.HOLDS_ANOTHER, free, until=last, seat=now.office.code)]


def _row(rules: Rules, office: Office, history: Sequence[Served], day: date) -> list[Why]:
    limit = rotation_of(rules, office).most_terms
    if not limit or not history:
        return []
    row = in_a_row(rules, office, history, day)
    count = terms_in(row)
    if count < limit:
        return []
    end = max(one.until for one in row)
    from_day = rested(rules, office, end)
    return [Why(WhyNot.MOST_TERMS, from_day, count, limit, until=end - timedelta(days=1))]


def _once(
    rules: Rules,
    office: Office,
    person: Person,
    history: Sequence[Served],
    day: date,
    waiting: Collection[int],
) -> list[Why]:
    others = tuple(sorted(set(waiting) - {person.number}))
    if not rotation_of(rules, office).everyone_once or not others:
        return []
    return [Why(WhyNot.EVERYONE_ONCE, who=others)] if has_held(rules, office, history, day) else []


def _kin(office: Office, person: Person, seated: Collection[tuple[int, Office]]) -> list[Why]:
    if office.kind not in AUDIT and office.kind != SeatKind.COUNCIL:
        return []
    across = {SeatKind.COUNCIL} if office.kind in AUDIT else AUDIT
    found = {number for number, held in seated if held.kind in across and number in person.kin}
    return [Why(WhyNot.KIN, who=tuple(sorted(found)))] if found else []
