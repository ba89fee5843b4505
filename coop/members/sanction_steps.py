"""What every step of a sanction file asks: who may, whether it follows, and how it is written down."""

from datetime import date, datetime
from typing import Any

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.common.words import visible
from coop.members import seals
from coop.members.enums import FactKind, StepKind
from coop.members.errors import NotYet
from coop.members.errors_sanctions import DecidedBefore, SaysNothing, StepDoesNotFollow
from coop.members.models import Member, MemberFact, SanctionFile, SanctionStep
from coop.members.telling_facts import held_member
from coop.powers import Actor, Power, may, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative
from coop.statute.models import Resolution


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


def today_of(at: datetime) -> date:
    return local_day(at, cooperative().tz)


def said(text: str) -> str:
    words = visible(text).strip()
    if not words:
        raise SaysNothing
    return words


def require_keeper(member_id: int, by: Actor, at: datetime) -> None:
    if may_keep(member_id, by, at):
        return
    if by.member_id != member_id:
        # Refuses, and names the power that is missing.
        require(by, Power.KEEP_REGISTER, at)
    raise NotAllowed


def held_file(file_id: int, by: Actor, at: datetime) -> SanctionFile:
    """The file with its member's row locked: one step at a time. Raises NotAllowed."""
    file = SanctionFile.objects.get(pk=file_id)
    require_keeper(file.member_id, by, at)
    file.member = held_member(file.member_id)
    return file


def held_by_either(file_id: int, by: Actor, at: datetime, day: date | None) -> tuple[SanctionFile, date]:
    """For the person today; for the keeper on the day the paper came in."""
    file, today = SanctionFile.objects.get(pk=file_id), today_of(at)
    if by.member_id == file.member_id:
        file.member = held_member(file.member_id)
        return file, today
    day = day or today
    if day > today:
        raise NotYet(day)
    return held_file(file_id, by, at), day


def step_of(file: SanctionFile, kind: StepKind) -> SanctionStep | None:
    return SanctionStep.objects.filter(file=file, kind=kind).first()


def effect_of(file: SanctionFile, kind: FactKind) -> MemberFact | None:
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


def check_follows(file: SanctionFile, kind: StepKind, day: date) -> None:
    """The step follows, and no earlier than the one before it."""
    steps = list(SanctionStep.objects.filter(file=file).values_list("kind", "day"))
    if not follows(kind, frozenset(done for done, _day in steps)):
        raise StepDoesNotFollow(kind)
    if day < max([file.opened_on, *(done for _kind, done in steps)]):
        raise StepDoesNotFollow(kind)


def check_not_before(file: SanctionFile, resolution: Resolution) -> None:
    """A resolution older than what the file heard last decides another matter. Raises DecidedBefore."""
    steps = SanctionStep.objects.filter(file=file).values_list("day", flat=True)
    heard, adopted = max([file.opened_on, *steps]), local_day(resolution.adopted_at, cooperative().tz)
    if adopted < heard:
        raise DecidedBefore(str(resolution), adopted, heard)


def add(
    file: SanctionFile, kind: StepKind, day: date, by: Actor, at: datetime, **values: Any
) -> SanctionStep:
    position = SanctionStep.objects.filter(file=file).count() + 1
    step = SanctionStep.objects.create(
        file=file, position=position, kind=kind, day=day, at=at, by_id=by.signature, **values
    )
    more = {"seal": seals.of_step(step)} if file.salt else {}
    record(file, kind.value, by, at, resolution=str(step.resolution or ""), **more)
    return step


def record(file: SanctionFile, step: str, by: Actor, at: datetime, **more: str) -> None:
    """The number, the step and a seal, never whom: every member reads the record."""
    told = {key: value for key, value in more.items() if value}
    write(Act.SANCTION_FILE, by=by, at=at, facts={"file": file.number, "step": step, **told})
