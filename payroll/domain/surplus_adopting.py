"""From an adopted proposal to money in the books: asked before the vote, carried out with the resolution."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coop.common.errors import DomainError
from coop.common.time import local_day
from coop.ledger import chart
from coop.ledger.domain import AccountRef, Posting, post
from coop.ledger.models import Account, Entry
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative
from coop.statute.models import Resolution
from coop.statute.proposals import Facts, Proposal, seal
from payroll import errors_surplus as errors
from payroll.domain.surplus import must_be_members, must_be_over, must_not_be_shared, worded
from payroll.models import SurplusDistribution, SurplusProposal
from payroll.models.surplus import KIND
from payroll.waterfall import Distribution, Year, read_data, share_out


def key_of(year: int) -> str:
    return f"surplus:{year}"


def recomputed(facts: Facts) -> tuple[Year, Distribution]:
    """The figures and what follows from them. Raises NotTheProposal when that is not what the facts say."""
    try:
        year = read_data(facts["input"])
        result = share_out(year)
    except (DomainError, KeyError, TypeError):
        raise errors.NotTheProposal from None
    if result.to_json() != facts.get("result"):
        raise errors.NotTheProposal
    return year, result


def check(proposal: Proposal, at: datetime) -> None:
    """Asked when it is moved and when its poll opens: whatever would stop `distribute` stops it here.

    Nothing of what is asked can change while the poll is open, since an entry for the year, and the year's
    distribution, come from an adopted motion alone and no other poll is open meanwhile.
    """
    held = SurplusProposal.objects.filter(pk=proposal.id).first()
    if held is None or proposal.kind != KIND:
        raise errors.NotTheProposal
    if not held.sha256 == proposal.sha256 == seal(held.facts) == seal(proposal.facts):
        raise errors.NotTheProposal
    year, result = recomputed(held.facts)
    must_be_over(year.period, at)
    must_not_be_shared(year.period)
    must_be_members(year)
    # What the assembly reads follows from the figures, or it is not voted.
    if seal(worded(year, held.title, _names(held.facts))) != held.sha256:
        raise errors.NotTheProposal
    _can_be_posted(year.period, postings(year, result, _names(held.facts)))


@transaction.atomic
def distribute(resolution: Resolution, by: Actor, at: datetime) -> None:
    """Posts what the resolution adopted, once. The handler of Matter.SURPLUS_DISTRIBUTION."""
    held = SurplusProposal.objects.get(pk=resolution.proposal_id or 0)
    if not held.sha256 == resolution.proposal_sha256 == seal(held.facts):
        raise errors.NotTheProposal
    year, result = recomputed(held.facts)
    must_not_be_shared(held.year)
    entry = post(
        key=key_of(held.year),
        day=local_day(at, cooperative().tz),
        memo=f"Reparto del excedente de {held.year}, resolución {resolution}",
        postings=postings(year, result, _names(held.facts)),
        by=by,
        at=at,
        resolution=resolution,
    )
    SurplusDistribution.objects.create(
        proposal=held, year=held.year, resolution=resolution, entry=entry, at=at
    )
    facts = {"year": held.year, "resolution": str(resolution), "sha256": held.sha256}
    write(Act.SURPLUS_DISTRIBUTED, by=by, at=at, facts=facts | {"total": result.came_in, "entry": entry.pk})


def postings(year: Year, result: Distribution, names: dict[int, str]) -> list[Posting]:
    """One balanced entry: the year's result out, and into where each part of it goes, without lines of zero.

    Reserves that were used for losses are restored where the statute's order begins, in its first fund.
    """
    restored = max(0, result.losses_made_up - year.losses.accumulated)
    lines = [
        (chart.year_result(year.period), result.came_in - year.results.loss, "Resultado del ejercicio"),
        (chart.past_losses(), year.results.loss, "Pérdida que pasa al ejercicio siguiente"),
        (chart.past_losses(), restored - result.losses_made_up, "Pérdidas anteriores cubiertas"),
        (_restores(year), -restored, "Reservas repuestas"),
        (chart.special_reserve(), -result.special_reserve, "Resultados de terceros y ajenos"),
    ]
    lines += [(chart.fund(fund.name), -fund.amount, "") for fund in result.funds]
    for part in result.share_interest:
        lines.append((chart.share_interest_due(part.number, names[part.number]), -part.amount, ""))
    for part in result.returns:
        lines.append((chart.returns_due(part.number, names[part.number]), -part.amount, ""))
    return [Posting(account, cents, memo) for account, cents, memo in lines if cents]


def _restores(year: Year) -> AccountRef:
    funds = year.rules.funds
    return chart.fund(funds[0].name) if funds else chart.past_losses()


def _names(facts: Facts) -> dict[int, str]:
    return dict(facts["names"])


def _can_be_posted(year: int, lines: Sequence[Posting]) -> None:
    """Raises CannotBePosted: its key is taken, or an account's code belongs to another kind or person."""
    if not lines:
        raise errors.NothingToShare(year)
    taken = Entry.objects.filter(key=key_of(year)).values_list("pk", flat=True).first()
    if taken is not None:
        raise errors.CannotBePosted(f"{key_of(year)}: {taken}.")
    wanted = {line.account.code: line.account for line in lines}
    codes = Q(code__in=list(wanted))
    for code, kind, holder in Account.objects.filter(codes).values_list("code", "kind", "holder"):
        if (kind, holder) != (wanted[code].kind, wanted[code].holder):
            raise errors.CannotBePosted(f"{code}.")
