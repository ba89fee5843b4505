"""A second person approves what they looked at, and it is posted."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.models import Entry
from coop.ledger.postings import Posting
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.shares.domain.bank import how_paid
from coop.shares.domain.paying import withheld
from coop.shares.domain.position import withholding
from coop.statute.domain import cooperative
from payroll.domain.month import debts, unit_of
from payroll.domain.seals import sealed
from payroll.domain.withdrawing import waiting_run
from payroll.enums import RunState
from payroll.errors_pay import NotASecondPerson, NotWhatWasSeen, RunIsStale, month_name
from payroll.models import PayRun, Payslip
from payroll.periods import read_period


@transaction.atomic
def approve(*, run_id: int, sha256: str, by: Actor, at: datetime) -> PayRun:
    """Approves exactly the run that was looked at (its SHA-256) and posts it as one entry.

    Raises RunNotWaiting, NotASecondPerson, NotWhatWasSeen, or RunIsStale when the unit, what members owe or
    where they are paid is no longer what the run rests on; then nothing is posted.
    """
    require(by, Power.APPROVE_PAY, at)
    run = waiting_run(run_id)
    if not may_be_approved_by(run, by.signature):
        raise NotASecondPerson
    slips = list(Payslip.objects.filter(run=run).order_by("number"))
    if sha256 != run.sha256 or sealed(run, slips) != run.sha256:
        raise NotWhatWasSeen
    # Two months approved at once would both take off the same debt: whoever posts first is read by the other.
    wait_turn()
    _must_still_hold(run, slips)
    run.entry = _posted(run, slips, by, at)
    withheld(entry=run.entry, parts={slip.member_id: slip.withheld for slip in slips}, by=by, at=at)
    run.state = RunState.APPROVED
    run.approved_at = at
    run.approved_by_id = by.signature
    run.save(update_fields=["state", "approved_at", "approved_by", "entry"])
    facts = {"period": run.period, "payslips": run.payslips, "net": run.net, "entry": run.entry.pk}
    write(Act.PAY_RUN_APPROVED, by=by, at=at, facts=facts | {"run": run.pk, "sha256": run.sha256})
    return run


def may_be_approved_by(run: PayRun, member_id: int) -> bool:
    """Who neither prepared it, nor brought its hours, nor answered for them."""
    if member_id in (run.prepared_by_id, run.imported_by_id):
        return False
    return not run.sheet.answers.filter(by_id=member_id).exists()


def _must_still_hold(run: PayRun, slips: Sequence[Payslip]) -> None:
    unit = unit_of(read_period(run.period))
    owed = debts()
    if unit is None or unit.pk != run.unit_id:
        raise RunIsStale(run.period)
    shares = withholding(read_period(run.period).last_day)
    told = [(slip.before, slip.shares_due) for slip in slips]
    if told != [(owed.get(slip.number, 0), shares.get(slip.number, 0)) for slip in slips]:
        raise RunIsStale(run.period)
    # Money must not go to an account that was left meanwhile.
    accounts = how_paid([slip.member_id for slip in slips])
    if any(slip.account not in ("", accounts[slip.member_id].account) for slip in slips):
        raise RunIsStale(run.period)


def _posted(run: PayRun, slips: Sequence[Payslip], by: Actor, at: datetime) -> Entry:
    with translation.override(cooperative().language):
        told = {"label": run.rules["label"].capitalize(), "period": month_name(run.period)}
        memo = _("%(label)s de %(period)s") % told
        lines = list(_lines(run, slips))
    return post(
        key=f"pay:{run.period}",
        day=read_period(run.period).last_day,
        memo=memo,
        postings=lines,
        by=by,
        at=at,
    )


def _lines(run: PayRun, slips: Sequence[Payslip]) -> Iterator[Posting]:
    """The hours file is the ledger's only source of advances, so the entry says both that the cash went out
    and that the pay took it back: each one's advances end at what is really still owed.
    """
    yield Posting(chart.pay_expense(), run.gross)
    if run.taken:
        yield Posting(chart.cash(), -run.taken, _("adelantos entregados"))
    for slip in slips:
        if slip.taken:
            yield Posting(chart.advances(slip.number, slip.name), slip.taken, _("adelanto entregado"))
        if repaid := slip.deducted - slip.withheld:
            yield Posting(chart.advances(slip.number, slip.name), -repaid, _("adelanto descontado"))
        if slip.withheld:
            yield Posting(chart.capital(slip.number, slip.name), -slip.withheld, _("cuotas sociales"))
        if slip.net:
            yield Posting(chart.pay_due(slip.number, slip.name), -slip.net)
