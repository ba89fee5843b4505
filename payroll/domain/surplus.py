"""A proposal to share a year's surplus: drafted, presented, put to the assembly."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.utils import translation

from assemblies.domain import motions
from assemblies.models import Motion
from coop.common.time import local_day
from coop.common.words import one_line
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked
from coop.statute.models import Matter, StatuteVersion
from coop.statute.proposals import seal
from payroll import errors_surplus as errors
from payroll.domain.surplus_paper import freeze_paper
from payroll.domain.surplus_shown import shown
from payroll.models import SurplusDistribution, SurplusDraft, SurplusProposal
from payroll.waterfall import FundRule, FundStep, Year, read_data, share_out

LONGEST_TITLE = 120


def statute_of(year: int) -> StatuteVersion:
    """The version that held on the year's last day. Raises NoStatuteThen."""
    try:
        return StatuteVersion.objects.in_force(date(year, 12, 31))
    except (StatuteVersion.DoesNotExist, ValueError):
        raise errors.NoStatuteThen(year) from None


def funds_of(statute: StatuteVersion) -> tuple[FundRule, ...]:
    return tuple(
        FundRule(
            name=fund.name,
            rate=fund.rate,
            cap_of_capital=fund.cap_of_capital,
            steps=tuple(FundStep(of_capital=one.of_capital, rate=one.rate) for one in fund.steps),
        )
        for fund in statute.rules.surplus.funds
    )


def must_be_over(year: int, at: datetime) -> None:
    if local_day(at, cooperative().tz) <= date(year, 12, 31):
        raise errors.YearNotOver(year)


def must_not_be_shared(year: int) -> None:
    done = SurplusDistribution.objects.select_related("resolution").filter(year=year).first()
    if done is not None:
        raise errors.AlreadyShared(year, str(done.resolution))


def must_be_members(year: Year) -> dict[int, str]:
    """Names by number. Raises UnknownMembers."""
    numbers = [member.number for member in year.members]
    names = {
        member.number: member.listed_name
        for member in Member.objects.filter(number__in=numbers).only("number", "family_name", "given_names")
    }
    if missing := sorted(set(numbers) - names.keys()):
        raise errors.UnknownMembers(missing)
    return names


@transaction.atomic
def draft(
    *, year: Year, title: str, by: Actor, at: datetime, replaces: uuid.UUID | None = None
) -> SurplusDraft:
    """Keeps figures that can be shared, for their drafter to look at. `replaces` an own draft.

    Raises YearNotOver, AlreadyShared, NoStatuteThen, OtherFunds, UnknownMembers or NothingToSplitBy.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    must_be_over(year.period, at)
    must_not_be_shared(year.period)
    wanted = funds_of(statute_of(year.period))
    if [_exact(fund) for fund in year.rules.funds] != [_exact(fund) for fund in wanted]:
        raise errors.OtherFunds(year.period, [_told(fund) for fund in wanted])
    must_be_members(year)
    share_out(year)
    if replaces is not None:
        SurplusDraft.objects.filter(key=replaces, by_id=by.signature).delete()
    return SurplusDraft.objects.create(
        year=year.period,
        title=one_line(title)[:LONGEST_TITLE] or str(year.period),
        data=year.to_json(),
        by_id=by.signature,
        at=at,
    )


def own_draft(key: uuid.UUID, by: Actor) -> SurplusDraft:
    """Raises DraftGone."""
    found = SurplusDraft.objects.filter(key=key, by_id=by.member_id).first()
    if found is None:
        raise errors.DraftGone
    return found


@transaction.atomic
def discard(*, key: uuid.UUID, by: Actor, at: datetime) -> None:
    require(by, Power.KEEP_ACCOUNTS, at)
    own_draft(key, by).delete()


@transaction.atomic
def present(*, key: uuid.UUID, by: Actor, at: datetime) -> SurplusProposal:
    """Freezes the draft: from now on it is this proposal or another one. Its document is made from it.

    Raises DraftGone, NothingToShare, AlreadyPresented, and what drafting raises.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    locked("surplus")
    held = own_draft(key, by)
    year = read_data(held.data)
    must_be_over(year.period, at)
    must_not_be_shared(year.period)
    facts = frozen(year, held.title)
    if not share_out(year).came_in:
        raise errors.NothingToShare(year.period)
    sealed = seal(facts)
    if SurplusProposal.objects.filter(sha256=sealed).exists():
        raise errors.AlreadyPresented
    made = SurplusProposal.objects.create(
        year=year.period,
        title=held.title,
        facts=facts,
        sha256=sealed,
        advances={str(member.number): member.advances for member in year.members if member.advances},
        drafted_by_id=by.signature,
        drafted_at=at,
    )
    held.delete()
    write(
        Act.SURPLUS_PROPOSED, by=by, at=at, facts={"year": made.year, "title": made.title, "sha256": sealed}
    )
    freeze_paper(made, by=by, at=at)
    return made


def frozen(year: Year, title: str) -> dict[str, object]:
    """The facts that are voted, without advances; their words are written in the cooperative's language."""
    return worded(year, title, must_be_members(year))


def worded(year: Year, title: str, names: Mapping[int, str]) -> dict[str, object]:
    """The same, with these names: people's may change after a proposal was presented."""
    statute = statute_of(year.period)
    rules = statute.rules.surplus
    figures = without_advances(year)
    result = share_out(figures)
    law = {
        "title": statute.title,
        "holds_from": statute.holds_from.isoformat(),
        "source": rules.source,
        "funds": {fund.name: fund.source for fund in rules.funds},
        "share_interest_rate": rules.share_interest_rate,
        "basis": rules.basis,
    }
    with translation.override(cooperative().language):
        told = shown(figures, result, title=title, statute=law, names=names)
    return {
        "title": title,
        "input": figures.to_json(),
        "result": result.to_json(),
        "statute": law,
        "names": [[number, names[number]] for number in sorted(names)],
        "shown": told,
    }


@transaction.atomic
def put(
    *,
    proposal_id: int,
    item_id: int,
    mover: Member,
    by: Actor,
    at: datetime,
    seconder: Member | None = None,
) -> Motion:
    """Moves that the assembly adopts exactly this proposal; raises what moving and seconding raise."""
    held = SurplusProposal.objects.get(pk=proposal_id)
    with translation.override(cooperative().language):
        words = motion_words(held)
    motion = motions.move(
        item_id=item_id,
        title=words[0],
        text=words[1],
        mover=mover,
        by=by,
        at=at,
        matter=Matter.SURPLUS_DISTRIBUTION,
        proposal=held.proposal,
    )
    if seconder is None:
        return motion
    return motions.second(motion_id=motion.pk, seconder=seconder, by=by, at=at)


def motion_words(held: SurplusProposal) -> tuple[str, str]:
    """Title and text of the motion, in the language that is active."""
    gettext = translation.gettext
    told = {"year": held.year, "title": held.title, "code": held.code}
    return (
        gettext("Repartir el excedente de %(year)d: «%(title)s»") % told,
        gettext("Según la propuesta con código de control %(code)s, y ninguna otra.") % told,
    )


def without_advances(year: Year) -> Year:
    return replace(year, members=tuple(replace(member, advances=0) for member in year.members))


def _exact(fund: FundRule) -> tuple[str, object, object, object]:
    cap = None if fund.cap_of_capital is None else Fraction(fund.cap_of_capital)
    steps = tuple((Fraction(one.of_capital), Fraction(one.rate)) for one in fund.steps)
    return fund.name, fund.share, cap, steps


def _told(fund: FundRule) -> str:
    return f"{fund.name} {fund.rate}"
