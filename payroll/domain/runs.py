"""Preparing a month's pay."""

import secrets
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.shares.domain.bank import how_paid
from coop.shares.domain.split import HowPaid
from coop.statute.domain import cooperative
from coop.statute.models import PayUnit
from payroll.domain.arithmetic import Slip, pay
from payroll.domain.hours import current_sheet
from payroll.domain.month import Month
from payroll.domain.questions import Person
from payroll.domain.ratio import refuse_too_far_apart
from payroll.domain.seals import sealed
from payroll.errors_pay import NoPayUnit, NothingToPay, QuestionsOpen
from payroll.models import PayRun, Payslip


@transaction.atomic
def prepare(*, sheet_id: int, by: Actor, at: datetime) -> PayRun:
    """Works out the pay of the sheet's month and freezes it for a second person to approve.

    Raises NewerHours, RunStands, NoPayUnit, QuestionsOpen, NothingToPay or PayTooFarApart; then nothing is
    written.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    sheet = current_sheet(sheet_id)
    month = Month(sheet)
    unit = month.unit
    if unit is None:
        raise NoPayUnit(month.period.last_day)
    if count := len(month.open_questions):
        raise QuestionsOpen(count)
    slips = pay(month.lines_with_shares, unit=unit.cents_per_hour, paid=month.paid_kinds, period=month.period)
    if not sum(slip.gross for slip in slips):
        raise NothingToPay(sheet.period)
    refuse_too_far_apart(((slip.paid, slip.gross) for slip in slips), month.rules)
    run = _run(month, unit, slips)
    run.prepared_at, run.prepared_by_id = at, by.signature
    people = [month.people[slip.line.number] for slip in slips]
    paid = how_paid([person.id for person in people])
    payslips = [_payslip(slip, person, paid[person.id]) for slip, person in zip(slips, people, strict=True)]
    run.to_bank = sum(payslip.to_bank or 0 for payslip in payslips)
    run.sha256 = sealed(run, payslips)
    run.save(force_insert=True)
    for position, payslip in enumerate(payslips, start=1):
        payslip.run, payslip.position = run, position
    Payslip.objects.bulk_create(payslips)
    facts = {"period": run.period, "payslips": run.payslips, "gross": run.gross, "deductions": run.deducted}
    facts |= {"net": run.net, "run": run.pk, "sha256": run.sha256, "hours_file": sheet.file_sha256}
    write(Act.PAY_RUN_PREPARED, by=by, at=at, facts=facts)
    return run


def _run(month: Month, unit: PayUnit, slips: list[Slip]) -> PayRun:
    return PayRun(
        period=str(month.period),
        salt=secrets.token_hex(16),
        sheet=month.sheet,
        imported_by_id=month.sheet.by_id,
        unit=unit,
        unit_cents=unit.cents_per_hour,
        rules=_rules(month, unit),
        payslips=len(slips),
        hours=sum(slip.paid for slip in slips),
        gross=sum(slip.gross for slip in slips),
        taken=sum(slip.line.taken for slip in slips),
        deducted=sum(slip.deducted for slip in slips),
        withheld=sum(slip.withheld for slip in slips),
        net=sum(slip.net for slip in slips),
        owed=sum(slip.owed for slip in slips),
    )


def _rules(month: Month, unit: PayUnit) -> dict[str, Any]:
    """What the payslips rest on, as it was: a later statute or name changes nothing on them."""
    return {
        "cooperative": cooperative().name,
        "label": month.rules.label,
        "source": month.rules.source,
        "ceiling": month.rules.ratio_ceiling,
        "hours": {kind: asdict(rule) for kind, rule in month.rules.hours.items()},
        "unit": {"holds_from": unit.holds_from.isoformat(), "resolution": str(unit.resolution)},
    }


def _payslip(slip: Slip, person: Person, how: HowPaid) -> Payslip:
    to_bank = how.to_bank(slip.net)
    return Payslip(
        member_id=person.id,
        number=person.number,
        name=person.name,
        sort_name=person.sort_name,
        tax_number=person.tax_number,
        worked=slip.line.worked,
        sick=slip.line.sick,
        holiday=slip.line.holiday,
        paid=slip.paid,
        gross=slip.gross,
        before=slip.line.before,
        taken=slip.line.taken,
        deductions=[asdict(one) for one in slip.deductions],
        deducted=slip.deducted,
        net=slip.net,
        owed=slip.owed,
        shares_due=slip.line.shares,
        withheld=slip.withheld,
        account=how.account if to_bank else "",
        to_bank=to_bank,
    )
