"""The assembly itself: convened, opened, led through its agenda, closed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from assemblies.domain.attendance import leave
from assemblies.domain.quorum import quorum_of
from assemblies.enums import AssemblyKind, AssemblyState, MotionState, PollState
from assemblies.errors import (
    AssemblyAlreadyOpen,
    AssemblyNotOpen,
    AssemblyStateChanged,
    EmptyAgenda,
    NotYetTheHour,
    PollStillOpen,
    QuorumNotMet,
    StartsInThePast,
    StartsTooFarAhead,
    TooShortNotice,
)
from assemblies.models import AgendaItem, Assembly, Motion
from coop.common.time import local_day
from coop.common.words import one_line
from coop.council.vacancies import assembly_met
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked, rules_at

CALLED_AHEAD_AT_MOST = timedelta(days=366)


@transaction.atomic
def convene(*, starts_at: datetime, place: str, agenda: Sequence[str], by: Actor, at: datetime) -> Assembly:
    """Calls a weekly assembly with its agenda. Raises EmptyAgenda, StartsInThePast,
    StartsTooFarAhead, or TooShortNotice by the statute in force (ET 36).
    """
    require(by, Power.CONVENE, at)
    titles = [shown for title in agenda if (shown := one_line(title))]
    place = one_line(place)
    if not titles:
        raise EmptyAgenda
    if starts_at <= at:
        raise StartsInThePast
    if starts_at > at + CALLED_AHEAD_AT_MOST:
        raise StartsTooFarAhead
    _must_give_notice(AssemblyKind.WEEKLY, starts_at, at)
    assembly = Assembly.objects.create(
        kind=AssemblyKind.WEEKLY,
        starts_at=starts_at,
        place=place,
        convened_at=at,
        convened_by_id=by.signature,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(assembly=assembly, position=position, title=title)
        for position, title in enumerate(titles, 1)
    )
    facts = {"assembly": assembly.pk, "kind": assembly.kind, "place": place, "agenda": titles}
    write(Act.ASSEMBLY_CONVENED, by=by, at=at, facts=facts | {"starts_at": starts_at.isoformat()})
    return assembly


@transaction.atomic
def open_session(*, assembly_id: int, by: Actor, at: datetime) -> Assembly:
    """Opens the session, not before its hour, when the call that holds now has its quorum (ET 37).

    The size of the register is frozen with it. Raises NotYetTheHour, QuorumNotMet, AssemblyStateChanged or
    AssemblyAlreadyOpen.
    """
    require(by, Power.PRESIDE, at)
    locked("session")
    assembly = Assembly.objects.select_for_update().get(pk=assembly_id)
    if assembly.state != AssemblyState.CONVENED:
        raise AssemblyStateChanged
    if Assembly.objects.filter(state=AssemblyState.OPEN).exists():
        raise AssemblyAlreadyOpen
    if at < assembly.starts_at:
        raise NotYetTheHour(assembly.starts_at)
    quorum = quorum_of(assembly, at)
    if not quorum.met:
        raise QuorumNotMet(present=quorum.present, required=quorum.required)
    assembly.state = AssemblyState.OPEN
    assembly.opened_at = at
    assembly.on_roll = Member.objects.in_assembly(local_day(at, cooperative().tz)).count()
    assembly.current_item = assembly.items.first()
    assembly.save(update_fields=["state", "opened_at", "on_roll", "current_item"])
    facts = {
        "assembly": assembly.pk,
        "present": quorum.present,
        "required": quorum.required,
        "call": quorum.call,
    }
    write(Act.ASSEMBLY_OPENED, by=by, at=at, facts=facts | {"on_register": assembly.on_roll})
    return assembly


@transaction.atomic
def go_to_item(*, assembly_id: int, item_id: int, by: Actor, at: datetime) -> Assembly:
    """Puts an agenda item on the board. Not while a poll is open: the board shows that poll."""
    require(by, Power.PRESIDE, at)
    assembly = open_assembly(assembly_id)
    if assembly.polls.filter(state=PollState.OPEN).exists():
        raise PollStillOpen
    assembly.current_item = assembly.items.get(pk=item_id)
    assembly.save(update_fields=["current_item"])
    return assembly


@transaction.atomic
def close_session(*, assembly_id: int, by: Actor, at: datetime) -> Assembly:
    """Closes the session; motions that never came to a vote are withdrawn with it."""
    require(by, Power.PRESIDE, at)
    assembly = open_assembly(assembly_id)
    if assembly.polls.filter(state=PollState.OPEN).exists():
        raise PollStillOpen
    pending = Motion.objects.filter(
        item__assembly=assembly, state__in=[MotionState.MOVED, MotionState.SECONDED]
    )
    left = [motion.title for motion in pending]
    pending.update(state=MotionState.WITHDRAWN)
    leave(assembly.attendance.filter(left_at__isnull=True), at)
    assembly.state = AssemblyState.CLOSED
    assembly.closed_at = at
    assembly.save(update_fields=["state", "closed_at"])
    write(Act.ASSEMBLY_CLOSED, by=by, at=at, facts={"assembly": assembly.pk, "without_a_vote": left})
    assembly_met(kind=assembly.kind, by=by, at=at)
    return assembly


def open_assembly(assembly_id: int) -> Assembly:
    """The assembly, its row locked. Raises AssemblyNotOpen."""
    assembly = Assembly.objects.select_for_update().get(pk=assembly_id)
    if not assembly.is_open:
        raise AssemblyNotOpen
    return assembly


def _must_give_notice(kind: AssemblyKind, starts_at: datetime, at: datetime) -> None:
    """Whole days where the cooperative is: called on the 1st with 15 days, the first possible is the 16th."""
    rule, zone = rules_at(at).assembly(kind), cooperative().tz
    first = local_day(at, zone) + timedelta(days=rule.notice_days)
    if local_day(starts_at, zone) < first:
        raise TooShortNotice(days=rule.notice_days, first=first, source=rule.notice_source)
