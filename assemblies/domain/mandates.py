"""Mandates: given by whoever keeps them, reported on by who holds them, never changed."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from assemblies import errors_mandates as errors
from assemblies.enums import ReportKind
from assemblies.models import Mandate, MandateHolder, MandateReport, Motion
from coop.common.time import local_day
from coop.common.words import one_line, visible
from coop.council.domain import seats_held
from coop.council.models import Seat
from coop.members.models import Member
from coop.powers import Actor, Power, may, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked
from coop.statute.models import Resolution

LONGEST_WHAT, LONGEST_REPORT = 300, 4000


@transaction.atomic
def give(
    *,
    what: str,
    due_on: date,
    by: Actor,
    at: datetime,
    members: Sequence[Member] = (),
    seat: Seat | None = None,
    resolution: Resolution | None = None,
    motion: Motion | None = None,
    follows: int | None = None,
) -> Mandate:
    """Writes down what the assembly charged somebody with. `follows` is the mandate it takes the place of.

    Raises MandateNeedsWords, MandateNeedsSomebody, MandateNeedsADecision, NotOnTheRegister, DueInThePast, or
    MandateSettled when the one before it is done, dropped or followed already.
    """
    require(by, Power.KEEP_MANDATES, at)
    before = _unsettled(follows) if follows is not None else None
    today = local_day(at, cooperative().tz)
    said = one_line(what)[:LONGEST_WHAT]
    if not said:
        raise errors.MandateNeedsWords
    if bool(members) is (seat is not None):
        raise errors.MandateNeedsSomebody
    if before is not None:
        resolution, motion = before.resolution, before.motion
    if resolution is None and motion is None:
        raise errors.MandateNeedsADecision
    for member in members:
        if not member.is_on_register(today):
            raise errors.NotOnTheRegister(member.name)
    if due_on < today:
        raise errors.DueInThePast(due_on)
    given = Mandate.objects.create(
        what=said,
        due_on=due_on,
        people=len(set(members)),
        seat=seat,
        resolution=resolution,
        motion=motion,
        follows=before,
        given_by_id=by.signature,
        given_at=at,
    )
    MandateHolder.objects.bulk_create(
        MandateHolder(mandate=given, member=member) for member in sorted(set(members), key=lambda m: m.number)
    )
    write(Act.MANDATE_GIVEN, by=by, at=at, facts=_facts(given, set(members)))
    return given


@transaction.atomic
def report(*, mandate_id: int, kind: ReportKind, text: str, by: Actor, at: datetime) -> MandateReport:
    """Who holds it says how it goes; whoever keeps the mandates may write it down for them, or drop it.

    Raises NotYourMandate, MandateSettled or ReportNeedsWords.
    """
    mandate = _unsettled(mandate_id)
    keeps = may(by, Power.KEEP_MANDATES, at)
    if not keeps and (kind == ReportKind.CANCELLED or not holds(mandate, by, at)):
        raise errors.NotYourMandate
    if kind == ReportKind.GIVEN_BACK and mandate.handed_back:
        raise errors.MandateSettled
    said = visible(text).strip()[:LONGEST_REPORT]
    if not said and kind != ReportKind.DONE:
        raise errors.ReportNeedsWords
    made = MandateReport.objects.create(mandate=mandate, kind=kind, text=said, by_id=by.signature, at=at)
    if kind != ReportKind.PROGRESS:
        facts = {"mandate": mandate.pk, "what": mandate.what, "how": kind.value}
        write(Act.MANDATE_CLOSED, by=by, at=at, facts=facts)
    return made


def holds(mandate: Mandate, by: Actor, at: datetime) -> bool:
    """By name, or by the seat it was given to."""
    if by.member_id is None:
        return False
    if mandate.seat_id is not None:
        return mandate.seat_id in {seat.pk for seat in seats_held(by.member_id, at)}
    return mandate.holders.filter(member_id=by.member_id).exists()


def _unsettled(mandate_id: int) -> Mandate:
    """The mandate; until the transaction ends nobody else reports on it. Raises MandateSettled."""
    # Its row is never updated, so the application's role may not lock it.
    locked(f"mandate:{mandate_id}")
    mandate = Mandate.objects.standing().get(pk=mandate_id)
    if mandate.settled:
        raise errors.MandateSettled
    return mandate


def _facts(given: Mandate, members: Collection[Member]) -> dict[str, object]:
    return {
        "mandate": given.pk,
        "what": given.what,
        "due_on": given.due_on.isoformat(),
        "who": sorted(member.name for member in members),
        "numbers": sorted(member.number for member in members),
        "seat": given.seat.code if given.seat else "",
        "seat_name": given.seat.name if given.seat else "",
        "resolution": str(given.resolution) if given.resolution else "",
        "motion": given.motion.title if given.motion else "",
        "follows": given.follows_id,
    }
