"""The steps of a sanction file: each verb adds one, and a decision brings its facts about (ET 13 to 18)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.common.words import visible
from coop.members import seals
from coop.members.basis import DECIDES_AN_APPEAL, DECIDES_ON_MEMBERS, rests_on
from coop.members.enums import NEED_DEFENCE, FactKind, Measure, Outcome, StepKind
from coop.members.errors import NotOnRegister, NotYet
from coop.members.errors_sanctions import (
    AppealRanOut,
    AppealTooLate,
    DefenceRunsStill,
    NeedsDefence,
    NothingToAppeal,
    StepDoesNotFollow,
    SuspensionTooLong,
)
from coop.members.models import SanctionFile, SanctionStep
from coop.members.sanction_steps import (
    add,
    check_follows,
    check_not_before,
    effect_of,
    held_by_either,
    held_file,
    record,
    require_keeper,
    said,
    step_of,
    today_of,
)
from coop.members.telling_facts import annul, held_member, tell
from coop.powers import Actor
from coop.statute.domain import locked, rules_at
from coop.statute.models import Resolution

DAY = timedelta(days=1)
APPEALED = "apelada: espera a la asamblea"


@transaction.atomic
def open_file(*, member_id: int, charge: str, opened_on: date, by: Actor, at: datetime) -> SanctionFile:
    """Begins a file with what is said to have happened.

    Raises NotAllowed, SaysNothing, NotYet, NotOnRegister.
    """
    require_keeper(member_id, by, at)
    charge = said(charge)
    if opened_on > today_of(at):
        raise NotYet(opened_on)
    locked("sanctions")
    member = held_member(member_id)
    if not member.is_on_register(opened_on):
        raise NotOnRegister(member.name)
    last = SanctionFile.objects.aggregate(last=Max("number"))["last"] or 0
    file = SanctionFile.objects.create(
        number=last + 1,
        member=member,
        charge=charge,
        opened_on=opened_on,
        salt=seals.salt(),
        at=at,
        by_id=by.signature,
    )
    record(file, "opened", by, at, seal=seals.of_file(file))
    return file


@transaction.atomic
def notify(*, file_id: int, day: date, due: date, by: Actor, at: datetime) -> SanctionStep:
    """The person was told on `day` and may answer until `due`, that day included."""
    file = held_file(file_id, by, at)
    if day > today_of(at):
        raise NotYet(day)
    check_follows(file, StepKind.NOTIFIED, day)
    if due <= day:
        raise StepDoesNotFollow(StepKind.NOTIFIED)
    return add(file, StepKind.NOTIFIED, day, by, at, due=due)


@transaction.atomic
def defend(*, file_id: int, text: str, by: Actor, at: datetime, day: date | None = None) -> SanctionStep:
    """The defence, by the person themself (today), or by the keeper who was handed the paper on `day`.

    A late one is taken as long as nothing is decided.
    """
    file, day = held_by_either(file_id, by, at, day)
    check_follows(file, StepKind.DEFENCE, day)
    return add(file, StepKind.DEFENCE, day, by, at, text=said(text))


@transaction.atomic
def give_up_waiting(*, file_id: int, by: Actor, at: datetime) -> SanctionStep:
    """The time for a defence is over and none came. Raises DefenceRunsStill until the day after `due`."""
    file = held_file(file_id, by, at)
    today, notified = today_of(at), step_of(file, StepKind.NOTIFIED)
    check_follows(file, StepKind.NO_DEFENCE, today)
    if notified is not None and notified.due is not None and today <= notified.due:
        raise DefenceRunsStill(notified.due)
    return add(file, StepKind.NO_DEFENCE, today, by, at)


@transaction.atomic
def decide(
    *,
    file_id: int,
    measure: Measure,
    day: date,
    resolution: Resolution,
    by: Actor,
    at: datetime,
    text: str = "",
    days: int | None = None,
    starts_on: date | None = None,
) -> SanctionStep:
    """What the council decided, told to the person on `day`; from then on runs the time to appeal.

    A suspension of `days` from `starts_on`, at most what the statute allows. An exclusion holds from the day
    after the last day to appeal when the statute makes it wait, else from `day`; neither begins before it is
    written down. Raises NeedsDefence, SuspensionTooLong, WrongMatter, DecidedLater, DecidedBefore,
    AppealRanOut, NotYet, StepDoesNotFollow, ImpossibleFact.
    """
    file = held_file(file_id, by, at)
    rules, today = rules_at(at).membership, today_of(at)
    if day > today:
        raise NotYet(day)
    check_follows(file, StepKind.DECIDED, day)
    rests_on(resolution, matters=DECIDES_ON_MEMBERS, day=day)
    check_not_before(file, resolution)
    heard = step_of(file, StepKind.DEFENCE) or step_of(file, StepKind.NO_DEFENCE)
    if measure in NEED_DEFENCE and heard is None:
        raise NeedsDefence(measure)
    suspends = measure == Measure.SUSPENSION
    if suspends:
        starts_on = starts_on or max(day, today)
        if not days or days > rules.suspension_max_days:
            raise SuspensionTooLong(days or 0, rules.suspension_max_days)
        if starts_on < max(day, today):
            raise StepDoesNotFollow(StepKind.DECIDED)
    due = None if measure == Measure.NONE else day + timedelta(days=rules.appeal_days)
    if due and due < today and measure in NEED_DEFENCE:
        raise AppealRanOut(due)
    step = add(
        file,
        StepKind.DECIDED,
        day,
        by,
        at,
        text=visible(text).strip(),
        due=due,
        measure=measure,
        days=days if suspends else None,
        starts_on=starts_on if suspends else None,
        resolution=resolution,
    )
    effect: dict[str, Any] = {
        "member": file.member,
        "sanction": file,
        "resolution": resolution,
        "by": by,
        "at": at,
    }
    if suspends and starts_on and days:
        tell(kind=FactKind.SUSPENDED, day=starts_on, until=starts_on + days * DAY, **effect)
    if measure == Measure.EXCLUSION and due:
        waits = rules.exclusion_waits_for_appeal
        tell(kind=FactKind.EXCLUDED, day=due + DAY if waits else max(day, today), **effect)
    return step


@transaction.atomic
def appeal(*, file_id: int, text: str, by: Actor, at: datetime, day: date | None = None) -> SanctionStep:
    """To the assembly, in time (AppealTooLate). An exclusion that has not begun waits for what it says."""
    file, day = held_by_either(file_id, by, at, day)
    check_follows(file, StepKind.APPEALED, day)
    decided = step_of(file, StepKind.DECIDED)
    if decided is None or decided.due is None:
        raise NothingToAppeal
    if day > decided.due:
        raise AppealTooLate(decided.due)
    step = add(file, StepKind.APPEALED, day, by, at, text=said(text))
    effect = effect_of(file, FactKind.EXCLUDED)
    if effect is not None and effect.day > day:
        annul(fact=effect, reason=APPEALED, by=by, at=at)
    return step


@transaction.atomic
def decide_appeal(
    *,
    file_id: int,
    outcome: Outcome,
    day: date,
    resolution: Resolution,
    by: Actor,
    at: datetime,
    text: str = "",
) -> SanctionStep:
    """What the assembly said, by a resolution on an appeal. Upheld: an exclusion that waited begins on `day`.

    Revoked: a suspension ends, or does not begin; who had been excluded is back from `day` on.
    """
    file = held_file(file_id, by, at)
    if day > today_of(at):
        raise NotYet(day)
    check_follows(file, StepKind.APPEAL_DECIDED, day)
    rests_on(resolution, matters=DECIDES_AN_APPEAL, day=day)
    check_not_before(file, resolution)
    step = add(
        file,
        StepKind.APPEAL_DECIDED,
        day,
        by,
        at,
        text=visible(text).strip(),
        outcome=outcome,
        resolution=resolution,
    )
    decided = step_of(file, StepKind.DECIDED)
    done: dict[str, Any] = {
        "member": file.member,
        "sanction": file,
        "resolution": resolution,
        "by": by,
        "at": at,
    }
    excluded, suspended = effect_of(file, FactKind.EXCLUDED), effect_of(file, FactKind.SUSPENDED)
    if outcome == Outcome.UPHELD:
        if decided is not None and decided.measure == Measure.EXCLUSION and excluded is None:
            tell(kind=FactKind.EXCLUDED, day=day, **done)
    elif excluded is not None:
        tell(kind=FactKind.READMITTED, day=day, **done)
    elif suspended is not None and suspended.day > day:
        annul(fact=suspended, reason=f"revocada por la resolución {resolution}", by=by, at=at)
    elif suspended is not None and suspended.until is not None and suspended.until > day:
        tell(kind=FactKind.LIFTED, day=day, **done)
    return step
