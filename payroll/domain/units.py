"""What an hour is worth: drafted by whoever keeps the accounts, set by an assembly's resolution."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assemblies.domain import motions
from assemblies.models import Motion
from coop.common.money import money
from coop.common.words import visible
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative
from coop.statute.models import Matter, PayUnit, Resolution
from coop.statute.proposals import Facts, Proposal, seal
from payroll.enums import RunState
from payroll.errors_pay import (
    ProposalAdopted,
    ProposalIsAnother,
    UnitTooLate,
    UnitUnchanged,
    UnitWorthNothing,
)
from payroll.models import PayRun, PayUnitProposal
from payroll.models.unit import KIND
from payroll.periods import read_period


@transaction.atomic
def draft(*, cents: int, holds_from: date, why: str, by: Actor, at: datetime) -> PayUnitProposal:
    """Freezes a proposal: an hour is worth `cents` from that day on.

    Raises UnitWorthNothing, UnitUnchanged, or UnitTooLate when that day is paid already.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    _must_be_possible(cents, holds_from)
    if (now := unit_on(holds_from)) is not None and now.cents_per_hour == cents:
        raise UnitUnchanged(cents)
    reason = visible(why).strip()
    facts = _facts(cents, holds_from, reason)
    return PayUnitProposal.objects.create(
        cents_per_hour=cents,
        holds_from=holds_from,
        why=reason,
        drafted_by_id=by.signature,
        drafted_at=at,
        facts=facts,
        sha256=seal(facts),
    )


@transaction.atomic
def put(*, proposal_id: int, item_id: int, mover: Member, by: Actor, at: datetime) -> Motion:
    """Moves the proposal under an item of the open assembly; the mover must be present there."""
    require(by, Power.KEEP_ACCOUNTS, at)
    drafted = PayUnitProposal.objects.get(pk=proposal_id)
    return motions.move(
        item_id=item_id,
        title=_title(drafted.cents_per_hour, drafted.holds_from),
        text=drafted.why,
        mover=mover,
        by=by,
        at=at,
        matter=Matter.PAY_UNIT,
        proposal=drafted.proposal,
    )


def check(proposal: Proposal, at: datetime) -> None:
    """Raises why it cannot be voted (any more): ProposalIsAnother, ProposalAdopted, UnitTooLate."""
    drafted = PayUnitProposal.objects.filter(pk=proposal.id, sha256=proposal.sha256).first()
    if drafted is None or proposal.kind != KIND or seal(proposal.facts) != drafted.sha256:
        raise ProposalIsAnother
    if not says_what_it_sets(drafted):
        raise ProposalIsAnother
    adopted = Resolution.objects.filter(proposal_kind=KIND, proposal_id=drafted.pk).first()
    if adopted is not None:
        raise ProposalAdopted(str(adopted))
    _must_be_possible(drafted.cents_per_hour, drafted.holds_from)


def says_what_it_sets(drafted: PayUnitProposal) -> bool:
    """The facts, and the sentence that the assembly reads first, are of this value from this day."""
    facts = drafted.facts
    says = _says(drafted.cents_per_hour, drafted.holds_from)
    return bool(
        facts.get("cents") == drafted.cents_per_hour
        and facts.get("holds_from") == drafted.holds_from.isoformat()
        and facts.get("shown", {}).get("paragraphs", [])[:1] == [says]
    )


def set_unit(resolution: Resolution, by: Actor, at: datetime) -> None:
    """The adopted proposal becomes the unit. It refuses nothing: `check` has asked before the vote.

    A month that was paid meanwhile keeps the unit it was paid by.
    """
    drafted = PayUnitProposal.objects.get(pk=resolution.proposal_id or 0, sha256=resolution.proposal_sha256)
    unit = PayUnit.objects.create(
        holds_from=drafted.holds_from, cents_per_hour=drafted.cents_per_hour, resolution=resolution
    )
    facts = {"cents": unit.cents_per_hour, "holds_from": unit.holds_from.isoformat()}
    write(Act.PAY_UNIT_SET, by=by, at=at, facts=facts | {"resolution": str(resolution)})


def unit_on(day: date) -> PayUnit | None:
    """The unit in force on that day, with its resolution."""
    held = PayUnit.objects.select_related("resolution").filter(holds_from__lte=day)
    return held.order_by("-holds_from", "-pk").first()


def paid_until() -> date | None:
    """The last day that is in an approved run."""
    period = PayRun.objects.filter(state=RunState.APPROVED).values_list("period", flat=True).first()
    return read_period(period).last_day if period else None


def _must_be_possible(cents: int, holds_from: date) -> None:
    if cents < 1:
        raise UnitWorthNothing
    until = paid_until()
    if until is not None and holds_from <= until:
        raise UnitTooLate(holds_from, until)


def _title(cents: int, holds_from: date) -> str:
    with translation.override(cooperative().language):
        since = date_format(holds_from, "SHORT_DATE_FORMAT")
        return _("Valor de la hora: %(unit)s desde el %(since)s") % {"unit": money(cents), "since": since}


def _says(cents: int, holds_from: date) -> str:
    with translation.override(cooperative().language):
        told = {"unit": money(cents), "since": date_format(holds_from, "SHORT_DATE_FORMAT")}
        return _("La hora de trabajo vale %(unit)s desde el %(since)s, igual para todos.") % told


def _facts(cents: int, holds_from: date, why: str) -> Facts:
    """`shown` is in the cooperative's language, for whoever prints it."""
    before = unit_on(holds_from)
    says = [_says(cents, holds_from)]
    with translation.override(cooperative().language):
        if before is not None:
            now = {"unit": money(before.cents_per_hour), "resolution": str(before.resolution)}
            says.append(_("Hasta ese día vale %(unit)s, por la resolución %(resolution)s.") % now)
    if why:
        says.append(why)
    return {
        "cents": cents,
        "holds_from": holds_from.isoformat(),
        "before": before.cents_per_hour if before else None,
        "why": why,
        "shown": {"paragraphs": says, "tables": []},
    }
