"""Where the statute renews the council by parts: which terms of a slate are shorter, and until when. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coop.council.models import SeatKind
from coop.council.rotation.world import World
from coop.council.seats import seats_of
from coop.council.term_length import latest_day, shorter_day
from coop.statute.models import Cooperative
from coop.statute.rules import Rules

DAY = timedelta(days=1)


def shorter_ends(world: World, seats: Sequence[str], house: Cooperative) -> dict[str, date]:
    """Of those of `seats` (codes of what a slate fills) that get a shorter term, the last day it may have.

    Empty where the statute asks for nothing, or where the terms of the council end apart anyhow. With them
    the council never ends on one day: every second of the new seats is shorter, so that presidency and
    treasury do not fall vacant together with the secretary's; a single new seat is.
    """
    council = [one for one in seats_of(world.rules) if one.kind == SeatKind.COUNCIL]
    new = [one for one in council if one.code in seats]
    if not new:
        return {}
    full = latest_day(world.rules, new[0], world.day, house).day
    going_on = _going_on(world, {one.code for one in council} - set(seats))
    if not end_together(world.rules, going_on | {one.code: full for one in new}):
        return {}
    sooner = shorter_day(world.rules, world.day, house)
    return {one.code: sooner for one in new[1::2] or new}


def end_together(rules: Rules, ends: Mapping[str, date]) -> bool:
    """Whether the statute asks for parts, and all these terms of the council (by code) end on one day."""
    return rules.rotation.staggered and len(ends) > 1 and len(set(ends.values())) == 1


def _going_on(world: World, council: set[str]) -> dict[str, date]:
    """The last day for which each of those seats is held, by the terms that go on or come."""
    ends: dict[str, date] = {}
    for terms in world.history.values():
        for one in terms:
            code = one.office.code
            if code in council and one.until > world.day:
                ends[code] = max(ends.get(code, one.until - DAY), one.until - DAY)
    return ends
