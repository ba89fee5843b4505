"""From dated facts to what a person is on a day. Pure: no database, no clock."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from coop.members.enums import LEAVINGS, ON_REGISTER, STARTS, FactKind, State
from coop.members.errors import ImpossibleFact, Why
from coop.statute.rules import MembershipRules

GONE = {kind: State(kind.value) for kind in LEAVINGS}


class Dated(Protocol):
    """A fact that was not annulled. `until` is the first day that a suspension no longer holds."""

    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """What `Dated` asks for, without a row behind it."""

    kind: str
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """`state` from `since` until the day before `until`; None: it has no end yet."""

    state: State
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the register's line says in short: the first joining, the last leaving."""

    joined_on: date
    left_on: date | None
    came_back: bool


@dataclass(frozen=True, slots=True)
class Status:
    """`state` since a day. `until`: the first day after a suspension. `trial_ends`: the day from which a
    trial waits for its confirmation; `overdue` once that day has come.
    """

    state: State
    since: date
    until: date | None = None
    trial_ends: date | None = None
    overdue: bool = False

    @property
    def on_register(self) -> bool:
        return self.state in ON_REGISTER


def in_order(facts: Iterable[Dated]) -> list[Dated]:
    """By day; of one day as they were given (as they were written)."""
    return sorted(facts, key=lambda fact: fact.day)


def check(facts: Iterable[Dated]) -> None:
    """Raises ImpossibleFact for the first fact that cannot follow from those before it."""
    walk = _Walk()
    for fact in in_order(facts):
        walk.take(fact)


def stretches(facts: Iterable[Dated]) -> list[Stretch]:
    """What the person was, without gaps from the day of joining on. Empty without a start."""
    ordered = in_order(facts)
    base = list(_base(ordered))
    if not base:
        return []
    suspended = list(_suspensions(ordered, base))
    days = sorted({day for day, _ in base} | {day for pair in suspended for day in pair if day >= base[0][0]})
    found: list[Stretch] = []
    for place, day in enumerate(days):
        until = days[place + 1] if place + 1 < len(days) else None
        state = [state for since, state in base if since <= day][-1]
        if state in ON_REGISTER and any(since <= day < end for since, end in suspended):
            state = State.SUSPENDED
        if found and found[-1].state == state:
            found[-1] = Stretch(state, found[-1].since, until)
        else:
            found.append(Stretch(state, day, until))
    return found


def summary(facts: Iterable[Dated]) -> Summary | None:
    """None without a start."""
    return summed(stretches(facts))


def summed(found: Sequence[Stretch]) -> Summary | None:
    if not found:
        return None
    gone = [one for one in found if one.state not in ON_REGISTER]
    return Summary(
        joined_on=found[0].since,
        left_on=gone[-1].since if gone and gone[-1].until is None else None,
        came_back=any(one.until is not None for one in gone),
    )


def status_on(facts: Iterable[Dated], day: date, rules: MembershipRules) -> Status | None:
    """What the person is on `day`; None before they joined. `rules` are those in force that day."""
    ordered = in_order(facts)
    held = next(
        (one for one in stretches(ordered) if one.since <= day and (one.until is None or day < one.until)),
        None,
    )
    if held is None:
        return None
    if held.state == State.SUSPENDED:
        return Status(held.state, held.since, until=held.until)
    if held.state != State.TRIAL:
        return Status(held.state, held.since)
    began = next(fact.day for fact in ordered if fact.kind == FactKind.ADMITTED)
    ends = months_after(began, rules.trial_months)
    return Status(held.state, began, trial_ends=ends, overdue=day >= ends)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _base(ordered: Sequence[Dated]) -> Iterator[tuple[date, State]]:
    """Day and state, suspensions aside; of one day the last."""
    for fact in ordered:
        if fact.kind == FactKind.ADMITTED:
            yield fact.day, State.TRIAL
        elif fact.kind in (FactKind.ENTERED, FactKind.CONFIRMED, FactKind.READMITTED):
            yield fact.day, State.ACTIVE
        elif fact.kind in GONE:
            yield fact.day, GONE[FactKind(fact.kind)]


def _suspensions(ordered: Sequence[Dated], base: Sequence[tuple[date, State]]) -> Iterator[tuple[date, date]]:
    """From and until, cut short by a lifting or by leaving."""
    for fact in ordered:
        if fact.kind != FactKind.SUSPENDED or fact.until is None:
            continue
        cuts = [one.day for one in ordered if one.kind == FactKind.LIFTED]
        cuts += [day for day, state in base if state not in ON_REGISTER]
        end = min([fact.until, *(day for day in cuts if fact.day <= day)])
        if fact.day < end:
            yield fact.day, end


class _Walk:
    """The person as they stand after each fact."""

    def __init__(self) -> None:
        self.state: State | None = None
        self.suspended_until: date | None = None
        self.applied = False

    def take(self, fact: Dated) -> None:
        kind = FactKind(fact.kind)
        if self.state == State.DIED:
            raise ImpossibleFact(kind, fact.day, Why.AFTER_DEATH)
        if kind == FactKind.APPLIED:
            self._apply(fact)
        elif kind in STARTS:
            self._start(kind, fact)
        elif self.state is None:
            raise ImpossibleFact(kind, fact.day, Why.BEFORE_JOINING)
        else:
            self._go_on(kind, fact)

    def _apply(self, fact: Dated) -> None:
        if self.state is not None or self.applied:
            raise ImpossibleFact(FactKind.APPLIED, fact.day, Why.JOINED_ALREADY)
        self.applied = True

    def _start(self, kind: FactKind, fact: Dated) -> None:
        if self.state is not None:
            raise ImpossibleFact(kind, fact.day, Why.JOINED_ALREADY)
        self.state = State.TRIAL if kind == FactKind.ADMITTED else State.ACTIVE

    def _go_on(self, kind: FactKind, fact: Dated) -> None:
        if kind == FactKind.READMITTED:
            if self.state in ON_REGISTER:
                raise ImpossibleFact(kind, fact.day, Why.IS_MEMBER)
            self.state = State.ACTIVE
            return
        if self.state not in ON_REGISTER:
            raise ImpossibleFact(kind, fact.day, Why.IS_GONE)
        if kind in GONE:
            self.state, self.suspended_until = GONE[kind], None
        elif kind == FactKind.CONFIRMED:
            if self.state != State.TRIAL:
                raise ImpossibleFact(kind, fact.day, Why.NOT_ON_TRIAL)
            self.state = State.ACTIVE
        elif kind == FactKind.SUSPENDED:
            self._suspend(fact)
        elif kind == FactKind.LIFTED:
            if self.suspended_until is None or fact.day >= self.suspended_until:
                raise ImpossibleFact(kind, fact.day, Why.NOT_SUSPENDED)
            self.suspended_until = None

    def _suspend(self, fact: Dated) -> None:
        if fact.until is None or fact.until <= fact.day:
            raise ImpossibleFact(FactKind.SUSPENDED, fact.day, Why.ENDS_BEFORE_IT_BEGINS)
        if self.suspended_until is not None and fact.day < self.suspended_until:
            raise ImpossibleFact(FactKind.SUSPENDED, fact.day, Why.SUSPENDED_ALREADY)
        self.suspended_until = fact.until
