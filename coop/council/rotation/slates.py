"""Slates of a day, proposed afresh each time; one that is kept is frozen and may go to an assembly."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.names import fold
from coop.common.time import local_day, midnight
from coop.council.models import Slate, seat_name
from coop.council.rotation import errors
from coop.council.rotation.acting import person
from coop.council.rotation.eligibility import Office, WhyNot
from coop.council.rotation.lapsing import Span
from coop.council.rotation.planned import facts_of, title_of
from coop.council.rotation.planner import Opening, Plan, plans
from coop.council.rotation.staggering import shorter_ends
from coop.council.rotation.words import sentence, shown
from coop.council.rotation.world import World, world_on
from coop.council.seats import seats_of
from coop.members.sections import names_today
from coop.powers import Actor, Power
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative
from coop.statute.models import Cooperative
from coop.statute.proposals import Proposal, seal
from coop.statute.rules import Rules

KIND = "slate"
AHEAD = timedelta(days=3 * 366)


def days_to_plan(at: datetime, here: Cooperative, spans: Sequence[Span], rules: Rules) -> list[date]:
    """The days from which some seat of the statute is free: today if one is, and each day after a term."""
    today = local_day(at, here.tz)
    days = {local_day(span.end, here.tz) for span in spans if span.end <= at + AHEAD}
    holding = {span.code for span in spans if span.first <= at}
    if any(one.code not in holding for one in seats_of(rules)):
        days.add(today)
    return sorted(day for day in days if day >= today)


def proposed(day: date, at: datetime, here: Cooperative) -> tuple[World, list[Plan]]:
    """Slates for every seat that nobody holds from `day` on."""
    world = world_on(max(midnight(day, here.tz), at), at, here.tz)
    return world, plans(world, openings(world))


def openings(world: World) -> list[Opening]:
    taken = {office.code for _, office in world.seated}
    later = {one.office.code for terms in world.history.values() for one in terms if one.since > world.day}
    seats = [one for one in seats_of(world.rules) if one.code not in taken | later]
    # The statute may call a section by a name it no longer has; its people work in the renamed one.
    names = names_today() if any(one.section for one in seats) else {}
    return [
        Opening(
            Office(one.code, one.kind, one.key),
            one.name or seat_name(one.code),
            one.position_kind,
            names.get(fold(one.section), one.section),
        )
        for one in seats
    ]


@transaction.atomic
def keep(*, day: date, view: str, sha256: str, by: Actor, at: datetime) -> Slate:
    """Freezes the slate as it was read: SlateStale when it would be another one by now."""
    keeper, here = person(by, Power.PLAN_ROTATION, at), cooperative()
    world, found = proposed(day, at, here)
    with translation.override(here.language):
        for plan in found:
            facts = facts_of(world, plan, here)
            if plan.view == view and seal(facts) == sha256:
                break
        else:
            raise errors.SlateStale
    made = Slate.objects.create(
        begins_on=world.day,
        title=facts["title"],
        facts=facts,
        sha256=sha256,
        at=at,
        by_id=keeper,
    )
    told = {"slate": made.pk, "title": made.title, "begins_on": world.day.isoformat(), "sha256": sha256}
    write(Act.SLATE_PROPOSED, by=by, at=at, facts=told | {"people": len(plan.numbers)})
    return made


def sealed_in(world: World, plan: Plan, here: Cooperative) -> str:
    """The code of a slate as `keep` would freeze it now."""
    with translation.override(here.language):
        return seal(facts_of(world, plan, here))


def proposal_of(slate: Slate) -> Proposal:
    return Proposal(kind=KIND, id=slate.pk, sha256=slate.sha256, facts=slate.facts)


def check(proposal: Proposal, at: datetime) -> None:
    """Everybody on it may still stand and every seat is still free: else SlateNoLonger."""
    slate = Slate.objects.get(pk=proposal.id)
    if reasons := faults(slate, at):
        raise errors.SlateNoLonger(reasons)


def faults(slate: Slate, at: datetime) -> Sequence[str]:
    """Why the slate no longer keeps the rules, in sentences; none when it does."""
    zone = cooperative().tz
    world = world_on(max(midnight(slate.begins_on, zone), at), at, zone)
    free = {one.office.code: one.office for one in openings(world)}
    on_it = {one["number"] for one in slate.facts["picks"]}
    found = []
    for one in slate.facts["picks"]:
        if one["number"] is None:
            continue
        office = free.get(one["seat"])
        if office is None:
            found.append(f"{one['seat_name']}: {_taken(world)}")
            continue
        for why in world.standing(office, one["number"]).reasons:
            # Who waits has their turn on this very slate, or could not have it beside their kin.
            before = {n for n in why.who if n not in on_it and not world.people[n].kin & on_it}
            if why.kind is WhyNot.EVERYONE_ONCE and not before:
                continue
            found.append(f"{one['name']} ({one['seat_name']}): {sentence(why, world.names)}")
    return [*found, *_together(slate, world)]


def _together(slate: Slate, world: World) -> Iterator[str]:
    """The council would end on one day all the same: terms or the statute changed since it was kept."""
    picks = {one["seat"]: one for one in slate.facts["picks"] if one["number"] is not None}
    sooner = shorter_ends(world, list(picks), cooperative())
    if sooner and not any(picks[code].get("last_day") for code in picks):
        yield _("El estatuto pide renovar el consejo por partes, y estos mandatos terminan todos juntos.")


def _taken(world: World) -> str:
    return _("ya no está libre el %(day)s.") % {"day": shown(world.day)}


def words(slate_id: int) -> tuple[Proposal, str, str]:
    """The motion that puts it, in the cooperative's language."""
    slate = Slate.objects.get(pk=slate_id)
    with translation.override(cooperative().language):
        told = {"title": title_of(slate.facts["view"]), "day": shown(slate.begins_on)}
        title = _("Elegir la lista «%(title)s» desde el %(day)s") % told
        rows = [_row(one) for one in slate.facts["picks"]]
        if apart := slate.facts.get("parts"):
            rows.append(apart)
    return proposal_of(slate), title, "\n".join(rows)


def _row(pick: Mapping[str, Any]) -> str:
    row = f"{pick['seat_name']}: {pick['name'] or '—'}"
    if not pick.get("last_day"):
        return row
    until = _("hasta el %(day)s") % {"day": shown(date.fromisoformat(pick["last_day"]))}
    return f"{row} ({until})"
