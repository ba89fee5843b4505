"""Where power concentrates. Pure: history in, figures and signs out; never a score without its words.

History asks for it: cooperatives were lost to leaders who stayed. Every threshold stands here, in one place,
and each sign is a sentence with its figures (`words.py`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from django.utils.timezone import localtime

from coop.council.pictures.history import History, Person, Turn

YEAR = timedelta(days=365, hours=6)


class Kind(StrEnum):
    FOUNDERS_ONLY = "founders_only"
    SAME_GROUP = "same_group"
    MANY_TURNS = "many_turns"
    FEW_NEWCOMERS = "few_newcomers"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`founding_days`: who joined within so many days of the first is a founder; `old_enough`: younger than
    that a cooperative can only be its founders'. `settled_days`: a member for so long could have been
    elected. `window`: the years looked at. `many`: so many turns are many, `most_by_many`: the part of the
    turns above which those are too many. `least_new`: of the turns that somebody new could have held.
    `longest`: years on end.
    """

    founding_days: int = 180
    old_enough: int = 5
    settled_days: int = 365
    window: int = 10
    many: int = 3
    most_by_many: Fraction = Fraction(1, 3)
    least_new: Fraction = Fraction(1, 3)
    longest: int = 8


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Sign:
    """`people` by name where the sign is about persons; `n` of `of`."""

    kind: Kind
    n: int
    of: int = 0
    years: int = 0
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """How long somebody has sat in all (`days`), in how many turns, and whether they sit today."""

    person: Person
    days: int
    turns: int
    sits: bool

    @property
    def years(self) -> float:
        return self.days / 365.25


@dataclass(frozen=True, slots=True)
class Year:
    """Council, alternates and audit on a day of that year: how many sat, of them for the first time, for the
    third time or more, founders; and how many of the members of that day had ever sat.
    """

    day: date
    seated: int
    first_time: int
    many: int
    founders: int
    members: int
    ever: int


@dataclass(frozen=True, slots=True)
class Concentration:
    members: int
    ever: int
    ever_anything: int
    later: int
    later_ever: int
    longest: Sequence[Service]
    series: Sequence[Year]
    signs: Sequence[Sign]


def measure(history: History, at: datetime, limits: Thresholds = THRESHOLDS) -> Concentration:
    return _Measured(history, at, limits).told()


class _Measured:
    def __init__(self, history: History, at: datetime, limits: Thresholds) -> None:
        self.at, self.limits = at, limits
        self.today = localtime(at).date()
        self.people = history.people
        self.begun = [turn for turn in history.turns if turn.begins <= at]
        self.turns = [turn for turn in self.begun if turn.governs]
        first = min((one.joined for one in self.people.values()), default=self.today)
        self.founded = first
        self.founding_ends = first + timedelta(days=limits.founding_days)
        self.here = [one for one in self.people.values() if one.here(self.today)]
        self.ever = {turn.number for turn in self.turns}
        self.council = [turn for turn in self.turns if turn.council and turn.held(at)]
        self.since = at - limits.window * YEAR

    def told(self) -> Concentration:
        later = [one for one in self.here if not self.founder(one)]
        any_seat = {turn.number for turn in self.begun}
        return Concentration(
            members=len(self.here),
            ever=sum(one.number in self.ever for one in self.here),
            ever_anything=sum(one.number in any_seat for one in self.here),
            later=len(later),
            later_ever=sum(one.number in self.ever for one in later),
            longest=self.longest(),
            series=self.series(),
            signs=[sign for sign in self.signs() if sign],
        )

    def founder(self, person: Person) -> bool:
        return person.joined <= self.founding_ends

    def settled(self, day: date) -> list[Person]:
        """Members on that day for long enough that they could have been elected."""
        by = day - timedelta(days=self.limits.settled_days)
        return [one for one in self.people.values() if one.here(day) and one.joined <= by]

    def longest(self, top: int = 5) -> list[Service]:
        days: Counter[int] = Counter()
        times: dict[int, int] = {}
        for turn in self.turns:
            days[turn.number] += (min(turn.ends, self.at) - turn.begins).days
            times[turn.number] = turn.nth
        sitting = {turn.number for turn in self.turns if turn.held(self.at)}
        ranked = sorted(days.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        return [Service(self.people[who], many, times[who], who in sitting) for who, many in ranked]

    def series(self) -> list[Year]:
        """One line a year, on today's day of the year, the latest first."""
        if not self.turns:
            return []
        years = range(self.turns[0].first_day.year, self.today.year + 1)
        moments = [_years_before(self.at, self.today.year - year) for year in years]
        return [self._year(at) for at in reversed(moments) if at >= self.turns[0].begins]

    def _year(self, at: datetime) -> Year:
        day = localtime(at).date()
        seated = [turn for turn in self.turns if turn.held(at)]
        ever = {turn.number for turn in self.turns if turn.begins <= at}
        members = [one for one in self.people.values() if one.here(day)]
        return Year(
            day=day,
            seated=len(seated),
            first_time=sum(turn.nth == 1 for turn in seated),
            many=sum(turn.nth >= self.limits.many for turn in seated),
            founders=sum(self.founder(self.people[turn.number]) for turn in seated),
            members=len(members),
            ever=sum(one.number in ever for one in members),
        )

    # --- signs ---

    def signs(self) -> Iterable[Sign | None]:
        yield self.founders_only()
        yield self.same_group()
        yield self.many_turns()
        yield self.few_newcomers()
        yield self.too_long()

    def could_rotate(self) -> bool:
        """As many settled members never sat as the council has seats: it could be filled with new people."""
        never = [one for one in self.settled(self.today) if one.number not in self.ever]
        return bool(self.council) and len(never) >= len(self.council)

    def founders_only(self) -> Sign | None:
        """Today's council are founders to the last, and those who came later and never sat could fill it."""
        settled = [one for one in self.settled(self.today) if not self.founder(one)]
        later = [one for one in settled if one.number not in self.ever]
        old = (self.today - self.founded).days >= self.limits.old_enough * 365
        all_founders = all(self.founder(self.people[turn.number]) for turn in self.council)
        if not self.council or not old or not all_founders or len(later) < len(self.council):
            return None
        return Sign(Kind.FOUNDERS_ONLY, n=len(self.council), of=len(later))

    def same_group(self) -> Sign | None:
        """No more people than the council has seats held it for over half of the window's time."""
        held: dict[int, timedelta] = defaultdict(timedelta)
        for turn in self.turns:
            if turn.council and turn.ends > self.since:
                held[turn.number] += min(turn.ends, self.at) - max(turn.begins, self.since)
        whole, sum_, group = sum(held.values(), timedelta()), timedelta(), []
        for who in sorted(held, key=lambda number: (-held[number], number)):
            if sum_ * 2 > whole:
                break
            sum_ += held[who]
            group.append(self.people[who].name)
        long_enough = self.turns and self.turns[0].begins <= self.at - self.limits.window * YEAR / 2
        if not long_enough or len(group) > len(self.council) or not self.could_rotate():
            return None
        return Sign(Kind.SAME_GROUP, n=len(group), years=self.limits.window, people=tuple(group))

    def many_turns(self) -> Sign | None:
        """Of the turns that began in the window, too many were somebody's third or later."""
        recent = [turn for turn in self.turns if turn.begins >= self.since]
        many = [turn for turn in recent if turn.nth >= self.limits.many]
        if Fraction(len(many), len(recent) or 1) <= self.limits.most_by_many or not self.could_rotate():
            return None
        return Sign(Kind.MANY_TURNS, n=len(many), of=len(recent), years=self.limits.window)

    def few_newcomers(self) -> Sign | None:
        """Of the turns that somebody who had never sat could have held, too few went to new people."""
        by_day: dict[date, list[Turn]] = defaultdict(list)
        for turn in self.turns:
            by_day[turn.first_day].append(turn)
        been: set[int] = set()
        new = possible = 0
        for day, begun in sorted(by_day.items()):
            if begun[0].begins >= self.since:
                free = sum(one.number not in been for one in self.settled(day))
                could = min(len(begun), free)
                possible += could
                new += min(could, sum(turn.number not in been for turn in begun))
            been |= {turn.number for turn in begun}
        if Fraction(new, possible or 1) >= self.limits.least_new or not possible:
            return None
        return Sign(Kind.FEW_NEWCOMERS, n=new, of=possible, years=self.limits.window)

    def too_long(self) -> Sign | None:
        """Somebody who sits today has sat for longest years on end, in whatever seats."""
        found = []
        for number in sorted({turn.number for turn in self.turns if turn.held(self.at)}):
            own = sorted((t for t in self.turns if t.number == number), key=lambda turn: turn.begins)
            since, until = own[0].begins, own[0].ends
            for turn in own[1:]:
                if turn.begins > until + timedelta(days=31):
                    since = turn.begins
                until = max(until, turn.ends)
            if self.at - since >= self.limits.longest * YEAR:
                found.append(self.people[number].name)
        if not found or not self.could_rotate():
            return None
        return Sign(Kind.TOO_LONG, n=len(found), years=self.limits.longest, people=tuple(found))


def _years_before(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year - years)
    except ValueError:  # 29 February
        return at.replace(year=at.year - years, day=28)
