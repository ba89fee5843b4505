"""Proposes who could hold the seats that are free on a day: up to three slates that keep every rule. Pure.

A slate is the best match of seats and people by points. What comes first always outweighs the rest: a seat
filled; the turn of who wants and never had one; for a section's own position, its own people; who said yes
before who has not been asked. Then each has its own view: whose turn it is, who knows the work, how sections
and genders are balanced.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coop.common.names import fold
from coop.council.models import SeatKind
from coop.council.rotation.eligibility import AUDIT, Office, rotation_of
from coop.council.rotation.matching import best
from coop.council.rotation.skills import helps
from coop.council.rotation.world import World

# Each is thirty of the next or more: no number of smaller ones outweighs it.
FILLED, TURN, OWN, WANTS = 3 * 10**16, 10**15, 3 * 10**13, 10**12
# By view: never had a turn, one term less, one year of rest more, one skill that helps, balance.
POINTS = {
    "turn": (10**8, 10**7, 10**5, 10**4, 10**6),
    "skill": (10**5, 10**4, 10**3, 10**8, 10**6),
    "balance": (10**6, 10**5, 10**4, 10**3, 10**9),
}
AGAIN = 10**7
ROUNDS = 6


class View(StrEnum):
    TURN = "turn"
    SKILL = "skill"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Opening:
    """A seat that nobody holds on the day. `name` as people say it; `section`: whose position it is."""

    office: Office
    name: str
    position_kind: str = ""
    section: str = ""

    @property
    def helps(self) -> frozenset[str]:
        return helps(self.office.name, self.position_kind)

    def is_of(self, section: str) -> bool:
        """Whether whoever works in that section works in the one whose position this is."""
        return bool(self.section) and fold(self.section) == fold(section)


@dataclass(frozen=True, slots=True)
class Pick:
    """`number` is None where nobody may. `turns`: terms held before; `skills`: known ones that help."""

    opening: Opening
    number: int | None
    turns: int = 0
    said: bool = False
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    view: View
    picks: tuple[Pick, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(pick.number for pick in self.picks if pick.number is not None)


def plans(world: World, openings: Sequence[Opening]) -> list[Plan]:
    """At most three, none the same people in the same seats as another."""
    if not openings:
        return []
    fits = [_fitting(world, one) for one in openings]
    found: list[Plan] = []
    for view in View:
        given = _given(world, openings, fits, view, Counter(n for plan in found for n in plan.numbers))
        plan = Plan(view, tuple(_pick(world, one, who) for one, who in zip(openings, given, strict=True)))
        if all(plan.picks != other.picks for other in found):
            found.append(plan)
    return found


@dataclass(frozen=True, slots=True)
class _Fit:
    """Somebody for a seat: what outweighs everything, and what each view weighs its own way."""

    first: int
    turns: int
    years: int
    skills: int
    lot: int


def _fitting(world: World, one: Opening) -> dict[int, _Fit]:
    """Who may hold that seat and has not said no to it."""
    office = one.office
    waiting = set(world.waiting(office)) if rotation_of(world.rules, office).everyone_once else set()
    found = {}
    for number in sorted(world.people):
        offer = world.offer(number)
        wants = offer.wants(office.name)
        if (offer.willing is not None and not wants) or not world.fit(office, number).may:
            continue
        turns = world.turns(office, number)
        found[number] = _Fit(
            first=FILLED
            + WANTS * wants
            + OWN * one.is_of(world.sections.get(number, ""))
            + TURN * (number in waiting),
            turns=min(len(turns), 50),
            years=min((world.day - max(t.until for t in turns)).days // 365, 30) if turns else 30,
            skills=len(one.helps.intersection(offer.skills)),
            lot=_lot(world, number),
        )
    return found


def _given(
    world: World,
    openings: Sequence[Opening],
    fits: Sequence[Mapping[int, _Fit]],
    view: View,
    proposed: Mapping[int, int],
) -> list[int | None]:
    worth = [
        {number: _worth(fit, view, proposed.get(number, 0)) for number, fit in those.items()}
        for those in fits
    ]
    given = best(worth)
    for _ in range(len(openings) * 4):
        clash = _kin_clash(world, openings, given)
        if clash is None:
            break
        place, number = clash
        del worth[place][number]
        given = best(worth)
    return _balanced(world, openings, worth, given, view)


def _worth(fit: _Fit, view: View, proposed: int) -> int:
    fresh, fewer, rest, skill, _ = POINTS[view]
    points = fit.first + fresh * (not fit.turns) - fewer * fit.turns + rest * fit.years + skill * fit.skills
    return points - AGAIN * proposed + fit.lot


def _lot(world: World, number: int) -> int:
    """Between equals: fixed, known to all, and different on another day."""
    return int(hashlib.sha256(f"{world.day.isoformat()}:{number}".encode()).hexdigest()[:3], 16)


def _kin_clash(
    world: World, openings: Sequence[Opening], given: Sequence[int | None]
) -> tuple[int, int] | None:
    """A place of the audit whose holder would be kin of the proposed council, and that person."""
    council = {
        number
        for one, number in zip(openings, given, strict=True)
        if one.office.kind == SeatKind.COUNCIL and number is not None
    }
    for place, (one, number) in enumerate(zip(openings, given, strict=True)):
        if one.office.kind in AUDIT and number is not None and world.people[number].kin & council:
            return place, number
    return None


def _balanced(
    world: World,
    openings: Sequence[Opening],
    worth: Sequence[Mapping[int, int]],
    given: list[int | None],
    view: View,
) -> list[int | None]:
    """Exchanges one person at a time as long as the whole gains."""
    asked: set[str] = set(world.rules.rotation.balance)
    if view is View.BALANCE:
        asked.add("sections")
    if not asked:
        return given
    points = POINTS[view][4]
    best_balance = balance(world, openings, given, asked)
    for _ in range(ROUNDS):
        change: tuple[int, int, int] | None = None
        for place, number, gain in _exchanges(worth, given):
            tried = [*given[:place], number, *given[place + 1 :]]
            total = gain + points * (balance(world, openings, tried, asked) - best_balance)
            if total > (change[0] if change else 0) and _kin_clash(world, openings, tried) is None:
                change = (total, place, number)
        if change is None:
            break
        given = [*given[: change[1]], change[2], *given[change[1] + 1 :]]
        best_balance = balance(world, openings, given, asked)
    return given


def _exchanges(
    worth: Sequence[Mapping[int, int]], given: Sequence[int | None]
) -> Iterator[tuple[int, int, int]]:
    """Place, who could have it instead, and what that gains (or costs, when it is less than nothing)."""
    taken = {number for number in given if number is not None}
    for place, number in enumerate(given):
        if number is None:
            continue
        for other, points in worth[place].items():
            # What outweighs everything is not exchanged for balance.
            if other not in taken and points // WANTS >= worth[place][number] // WANTS:
                yield place, other, points - worth[place][number]


def balance(world: World, openings: Sequence[Opening], given: Sequence[int | None], asked: set[str]) -> int:
    """Sections with somebody, and how even women and men are, with those of the council who go on."""
    going_on = [number for number, office in world.seated if office.council_or_audit]
    new = [
        number
        for one, number in zip(openings, given, strict=True)
        if number is not None and one.office.council_or_audit
    ]
    people = [*going_on, *new]
    points = 0
    if "sections" in asked:
        points += len({world.sections.get(number) for number in people} - {"", None})
    if "genders" in asked:
        said = Counter(world.offer(number).gender for number in people)
        points -= abs(said["woman"] - said["man"])
    return points


def _pick(world: World, one: Opening, number: int | None) -> Pick:
    if number is None:
        return Pick(one, None)
    offer = world.offer(number)
    return Pick(
        one,
        number,
        len(world.turns(one.office, number)),
        offer.wants(one.office.name),
        tuple(skill for skill in offer.skills if skill in one.helps),
    )
