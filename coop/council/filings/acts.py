"""Writing down how a filing goes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from coop.common.errors import NotAllowed
from coop.common.time import local_day
from coop.common.words import one_line
from coop.council import errors_handover as errors
from coop.council.enums_handover import FilingKind, StepKind
from coop.council.filings.state import FilingState, read
from coop.council.models import Filing, FilingRule, FilingStep
from coop.members.models import Member
from coop.powers import Actor, Power, may, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked

LONGEST_TITLE, LONGEST_NOTE, LONGEST_NUMBER, LONGEST_SOURCE = 200, 300, 60, 120
FARTHEST = timedelta(days=3 * 366)
# What whoever has it in charge may write down too.
OF_WHO_HAS_IT = frozenset({StepKind.NOTE, StepKind.DONE})


@dataclass(frozen=True, slots=True)
class Step:
    """What is written down; each kind needs its own: see FilingStep."""

    kind: StepKind
    note: str = ""
    number: str = ""
    who: Member | None = None
    due_on: date | None = None
    day: date | None = None


@transaction.atomic
def add_filing(*, title: str, due_on: date, by: Actor, at: datetime) -> Filing:
    """Another filing to watch. Raises NotAllowed, NeedsWords, FilingNotOn."""
    require(by, Power.KEEP_FILINGS, at)
    today = local_day(at, cooperative().tz)
    said = one_line(title)[:LONGEST_TITLE]
    if not said:
        raise errors.NeedsWords
    if not today <= due_on <= today + FARTHEST:
        raise errors.FilingNotOn(due_on, today, today + FARTHEST)
    made = Filing.objects.create(
        kind=FilingKind.OTHER, title=said, due_on=due_on, opened_at=at, opened_by_id=by.signature
    )
    facts = {"filing": made.pk, "title": said, "step": "opened", "due_on": due_on.isoformat()}
    write(Act.FILING_KEPT, by=by, at=at, facts=facts)
    return made


def may_write(state: FilingState, kind: StepKind, by: Actor, at: datetime) -> bool:
    if may(by, Power.KEEP_FILINGS, at):
        return by.member_id is not None
    return kind in OF_WHO_HAS_IT and state.who is not None and state.who.pk == by.member_id


@transaction.atomic
def write_step(*, filing_id: int, step: Step, by: Actor, at: datetime) -> FilingStep:
    """What happened with it. Raises FilingNotYours, FilingClosed, FilingNeeds or FilingNotOn."""
    wait_turn()
    locked(f"council.filing/{filing_id}")
    today = local_day(at, cooperative().tz)
    state = FilingState(read().get(pk=filing_id), today)
    if not may_write(state, step.kind, by, at):
        raise errors.FilingNotYours
    if state.closing:
        raise errors.FilingClosed
    note, number = one_line(step.note)[:LONGEST_NOTE], one_line(step.number)[:LONGEST_NUMBER]
    _whole(step, note, number, state.filing, today)
    takes, done, later = (step.kind == kind for kind in (StepKind.TAKEN, StepKind.DONE, StepKind.PUT_OFF))
    made = FilingStep.objects.create(
        filing=state.filing,
        kind=step.kind,
        who=step.who if takes else None,
        due_on=step.due_on if later else None,
        day=step.day if done else None,
        number=number if done else "",
        note=note,
        at=at,
        by_id=by.signature,
    )
    write(Act.FILING_KEPT, by=by, at=at, facts=_facts(made))
    return made


def _whole(step: Step, note: str, number: str, filing: Filing, today: date) -> None:
    kind = step.kind
    needs = {
        StepKind.TAKEN: step.who is not None and step.who.is_on_register(today),
        StepKind.PUT_OFF: bool(step.due_on and note),
        StepKind.DONE: bool(step.day and number),
    }
    if not needs.get(kind, bool(note)):
        raise errors.FilingNeeds(kind.value)
    if kind == StepKind.PUT_OFF and step.due_on and not today <= step.due_on <= today + FARTHEST:
        raise errors.FilingNotOn(step.due_on, today, today + FARTHEST)
    first = filing.changed_on or local_day(filing.opened_at, cooperative().tz)
    if kind == StepKind.DONE and step.day and not first <= step.day <= today:
        raise errors.FilingNotOn(step.day, first, today)


@transaction.atomic
def keep_days(*, kind: FilingKind, days: int, source: str, by: Actor, at: datetime) -> FilingRule:
    """How long there is from now on; what is open keeps its day. Raises NotAllowed, NeedsWords."""
    require(by, Power.KEEP_FILINGS, at)
    if by.is_system:
        raise NotAllowed
    said = one_line(source)[:LONGEST_SOURCE]
    if not said:
        raise errors.NeedsWords
    made = FilingRule.objects.create(kind=kind, days=days, source=said, at=at, by_id=by.signature)
    facts = {"filing": None, "title": kind.value, "step": "days", "days": days, "source": said}
    write(Act.FILING_KEPT, by=by, at=at, facts=facts)
    return made


def _facts(made: FilingStep) -> dict[str, object]:
    return {
        "filing": made.filing_id,
        "title": made.filing.title,
        "kind": made.filing.kind,
        "changed_on": made.filing.changed_on.isoformat() if made.filing.changed_on else "",
        "step": made.kind,
        "who": {"number": made.who.number, "name": made.who.name} if made.who else None,
        "due_on": made.due_on.isoformat() if made.due_on else "",
        "day": made.day.isoformat() if made.day else "",
        "number": made.number,
    }
