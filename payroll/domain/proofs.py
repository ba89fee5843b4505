"""What `manage.py verify` recomputes of pay: every approved run again, from its own hours and unit."""

from collections.abc import Sequence

from django.db.models import Sum
from django.utils.translation import gettext as _

from coop.common.proof import Broken, Checked
from coop.ledger import chart
from coop.ledger.models import Line
from payroll.domain.arithmetic import Slip, Worked, pay
from payroll.domain.seals import TOTALS, sealed
from payroll.enums import RunState
from payroll.models import PayRun, Payslip


def prove_pay() -> Checked:
    """Splits each approved run anew: the same cents, the same sums, the same seal, the same entry."""
    rows = 0
    for run in PayRun.objects.filter(state=RunState.APPROVED).order_by("period"):
        slips = list(Payslip.objects.filter(run=run).order_by("number"))
        rows += len(slips)
        if broken := _broken(run, slips):
            return Checked(rows, broken)
    return Checked(rows)


def _broken(run: PayRun, slips: Sequence[Payslip]) -> Broken | None:
    kinds = frozenset(kind for kind, rule in run.rules["hours"].items() if rule["paid"])
    lines = [Worked(s.number, s.worked, s.sick, s.holiday, s.taken, s.before) for s in slips]
    again = pay(lines, unit=run.unit_cents, paid=kinds, period=run.period)
    for slip, figures in zip(slips, again, strict=True):
        if _figures(slip) != _worked_out(figures):
            where = f"payroll_payslip {run.period} N.º {slip.number}"
            return Broken(where, _("El recibo no es lo que dan sus horas por el valor de la hora."))
    where = f"payroll_payrun {run.period}"
    if any(getattr(run, name) != sum(getattr(s, name) for s in slips) for name in TOTALS[2:]) or (
        (run.payslips, run.hours) != (len(slips), sum(s.paid for s in slips))
    ):
        return Broken(where, _("Los recibos no suman el total de la liquidación."))
    if sealed(run, slips) != run.sha256:
        return Broken(where, _("El código de control no es el de la liquidación."))
    if _posted(run) != _expected(run, slips):
        return Broken(where, _("El asiento no dice lo que dice la liquidación."))
    return None


def _figures(slip: Payslip) -> tuple[object, ...]:
    told = [(one["kind"], one["asked"], one["cents"]) for one in slip.deductions]
    return slip.paid, slip.gross, told, slip.deducted, slip.net, slip.owed


def _worked_out(slip: Slip) -> tuple[object, ...]:
    told = [(one.kind, one.asked, one.cents) for one in slip.deductions]
    return slip.paid, slip.gross, told, slip.deducted, slip.net, slip.owed


def _posted(run: PayRun) -> dict[str, int]:
    """Cents by account of the run's entry."""
    rows = Line.objects.filter(entry_id=run.entry_id or 0).values_list("account__code").annotate(Sum("cents"))
    return {code: cents for code, cents in rows.order_by() if cents}


def _expected(run: PayRun, slips: Sequence[Payslip]) -> dict[str, int]:
    found = {chart.PAY_EXPENSE: run.gross, chart.CASH: -run.taken}
    for slip in slips:
        found[f"{chart.PAY_DUE}.{slip.number}"] = -slip.net
        found[f"{chart.ADVANCES}.{slip.number}"] = slip.taken - slip.deducted
    return {code: cents for code, cents in found.items() if cents}
