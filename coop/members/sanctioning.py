"""The steps of a sanction file: each verb adds one, and a decision brings its facts about (ET 13 to 18)."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.common.words import visible
from coop.members import seals
from coop.members.basis import DECIDES_AN_APPEAL, DECIDES_ON_MEMBERS, rests_on
from coop.members.enums import NEED_DEFENCE, FactKind, Measure, Outcome, StepKind
from coop.members.errors import NotOnRegister, NotYet
from coop.members.errors_sanctions import (
    AppealRanOut,
    AppealTooLate,
    DecidedBefore,
    DefenceRunsStill,
    NeedsDefence,
    NothingToAppeal,
    SaysNothing,
    StepDoesNotFollow,
    SuspensionTooLong,
)
from coop.members.models import Member, MemberFact, SanctionFile, SanctionStep
from coop.members.telling_facts import annul, held_member, tell
from coop.powers import Actor, Power, may, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked, rules_at
from coop.statute.models import Resolution

DAY = timedelta(days=1)
APPEALED = "apelada: espera a la asamblea"


def may_read(file: SanctionFile, reader: Actor, at: datetime) -> bool:
    """The person, the council and the audit; everybody else sees only what came of it."""
    return reader.member_id == file.member_id or may(reader, Power.WITNESS, at)


def may_keep(member_id: int, by: Actor, at: datetime) -> bool:
    """Who keeps the register keeps its files; a file about them, any other seat of the council."""
    if by.member_id == member_id:
        return False
    if may(by, Power.KEEP_REGISTER, at):
        return True
    accused = Member.objects.get(pk=member_id).actor
    return may(by, Power.CONFIRM_RESOLUTIONS, at) and may(accused, Power.KEEP_REGISTER, at)


@transaction.atomic
def open_file(*, member_id: int, charge: str, opened_on: date, by: Actor, at: datetime) -> SanctionFile:
    """Begins a file with what is said to have happened.

    Raises NotAllowed, SaysNothing, NotYet, NotOnRegister.
    """
    _require_keeper(member_id, by, at)
    charge = _said(charge)
    if opened_on > _today(at):
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
    _record(file, "opened", by, at, seal=seals.of_file(file))
    return file


@transaction.atomic
def notify(*, file_id: int, day: date, due: date, by: Actor, at: datetime) -> SanctionStep:
    """The person was told on `day` and may answer until `due`, that day included."""
    file = _held(file_id, by, at)
    if day > _today(at):
        raise NotYet(day)
    _after(file, StepKind.NOTIFIED, day)
    if due <= day:
        raise StepDoesNotFollow(StepKind.NOTIFIED)
    return _add(file, StepKind.NOTIFIED, day, by, at, due=due)


@transaction.atomic
def defend(*, file_id: int, text: str, by: Actor, at: datetime, day: date | None = None) -> SanctionStep:
    """The defence, by the person themself (today), or by the keeper who was handed the paper on `day`.

    A late one is taken as long as nothing is decided.
    """
    file, day = _held_by_either(file_id, by, at, day)
    _after(file, StepKind.DEFENCE, day)
    return _add(file, StepKind.DEFENCE, day, by, at, text=_said(text))


@transaction.atomic
def give_up_waiting(*, file_id: int, by: Actor, at: datetime) -> SanctionStep:
    """The time for a defence is over and none came. Raises DefenceRunsStill until the day after `due`."""
    file = _held(file_id, by, at)
    today, notified = _today(at), _step(file, StepKind.NOTIFIED)
    _after(file, StepKind.NO_DEFENCE, today)
    if notified is not None and notified.due is not None and today <= notified.due:
        raise DefenceRunsStill(notified.due)
    return _add(file, StepKind.NO_DEFENCE, today, by, at)


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
    file = _held(file_id, by, at)
    rules, today = rules_at(at).membership, _today(at)
    if day > today:
        raise NotYet(day)
    _after(file, StepKind.DECIDED, day)
    rests_on(resolution, matters=DECIDES_ON_MEMBERS, day=day)
    _not_before(file, resolution)
    heard = _step(file, StepKind.DEFENCE) or _step(file, StepKind.NO_DEFENCE)
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
    step = _add(
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
    file, day = _held_by_either(file_id, by, at, day)
    _after(file, StepKind.APPEALED, day)
    decided = _step(file, StepKind.DECIDED)
    if decided is None or decided.due is None:
        raise NothingToAppeal
    if day > decided.due:
        raise AppealTooLate(decided.due)
    step = _add(file, StepKind.APPEALED, day, by, at, text=_said(text))
    effect = _effect(file, FactKind.EXCLUDED)
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
    file = _held(file_id, by, at)
    if day > _today(at):
        raise NotYet(day)
    _after(file, StepKind.APPEAL_DECIDED, day)
    rests_on(resolution, matters=DECIDES_AN_APPEAL, day=day)
    _not_before(file, resolution)
    step = _add(
        file,
        StepKind.APPEAL_DECIDED,
        day,
        by,
        at,
        text=visible(text).strip(),
        outcome=outcome,
        resolution=resolution,
    )
    decided = _step(file, StepKind.DECIDED)
    done: dict[str, Any] = {
        "member": file.member,
        "sanction": file,
        "resolution": resolution,
        "by": by,
        "at": at,
    }
    excluded, suspended = _effect(file, FactKind.EXCLUDED), _effect(file, FactKind.SUSPENDED)
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


def _today(at: datetime) -> date:
    return local_day(at, cooperative().tz)


def _said(text: str) -> str:
    said = visible(text).strip()
    if not said:
        raise SaysNothing
    return said


def _require_keeper(member_id: int, by: Actor, at: datetime) -> None:
    if not may_keep(member_id, by, at):
        if by.member_id == member_id:
            raise NotAllowed
        require(by, Power.KEEP_REGISTER, at)
        raise NotAllowed  # pragma: no cover  # may_keep has said yes to who holds the power


def _held(file_id: int, by: Actor, at: datetime) -> SanctionFile:
    """The file with its member's row locked: one step at a time. Raises NotAllowed."""
    file = SanctionFile.objects.get(pk=file_id)
    _require_keeper(file.member_id, by, at)
    file.member = held_member(file.member_id)
    return file


def _held_by_either(file_id: int, by: Actor, at: datetime, day: date | None) -> tuple[SanctionFile, date]:
    """For the person today; for the keeper on the day the paper came in."""
    file, today = SanctionFile.objects.get(pk=file_id), _today(at)
    if by.member_id == file.member_id:
        file.member = held_member(file.member_id)
        return file, today
    day = day or today
    if day > today:
        raise NotYet(day)
    return _held(file_id, by, at), day


def _step(file: SanctionFile, kind: StepKind) -> SanctionStep | None:
    return SanctionStep.objects.filter(file=file, kind=kind).first()


def _effect(file: SanctionFile, kind: FactKind) -> MemberFact | None:
    found = MemberFact.objects.standing().filter(sanction=file, kind=kind)
    return found.select_related("member", "sanction", "resolution").first()


# What has to be there before a step; no step comes twice, and what is decided is not heard again.
_BEFORE: dict[StepKind, frozenset[str]] = {
    StepKind.NOTIFIED: frozenset(),
    StepKind.DEFENCE: frozenset({StepKind.NOTIFIED}),
    StepKind.NO_DEFENCE: frozenset({StepKind.NOTIFIED}),
    StepKind.DECIDED: frozenset(),
    StepKind.APPEALED: frozenset({StepKind.DECIDED}),
    StepKind.APPEAL_DECIDED: frozenset({StepKind.APPEALED}),
}
_HEARD = frozenset({StepKind.DEFENCE, StepKind.NO_DEFENCE})


def follows(kind: StepKind, before: frozenset[str]) -> bool:
    """Whether a file with the steps `before` may get `kind` next."""
    if kind in before or not _BEFORE[kind] <= before:
        return False
    if kind in _HEARD and _HEARD & before:
        return False
    return not (StepKind.DECIDED in before and kind in {StepKind.NOTIFIED, *_HEARD})


def _after(file: SanctionFile, kind: StepKind, day: date) -> None:
    """The step follows, and no earlier than the one before it."""
    steps = list(SanctionStep.objects.filter(file=file).values_list("kind", "day"))
    if not follows(kind, frozenset(done for done, _day in steps)):
        raise StepDoesNotFollow(kind)
    if day < max([file.opened_on, *(done for _kind, done in steps)]):
        raise StepDoesNotFollow(kind)


def _not_before(file: SanctionFile, resolution: Resolution) -> None:
    """A resolution older than what the file heard last decides another matter. Raises DecidedBefore."""
    steps = SanctionStep.objects.filter(file=file).values_list("day", flat=True)
    heard, adopted = max([file.opened_on, *steps]), local_day(resolution.adopted_at, cooperative().tz)
    if adopted < heard:
        raise DecidedBefore(str(resolution), adopted, heard)


def _add(
    file: SanctionFile, kind: StepKind, day: date, by: Actor, at: datetime, **values: Any
) -> SanctionStep:
    position = SanctionStep.objects.filter(file=file).count() + 1
    step = SanctionStep.objects.create(
        file=file, position=position, kind=kind, day=day, at=at, by_id=by.signature, **values
    )
    more = {"seal": seals.of_step(step)} if file.salt else {}
    _record(file, kind.value, by, at, resolution=str(step.resolution or ""), **more)
    return step


def _record(file: SanctionFile, step: str, by: Actor, at: datetime, **more: str) -> None:
    """The number, the step and a seal, never whom: every member reads the record."""
    told = {key: value for key, value in more.items() if value}
    write(Act.SANCTION_FILE, by=by, at=at, facts={"file": file.number, "step": step, **told})
