"""What `manage.py verify` recomputes of pay: every approved run again, from its own hours and unit."""

from collections.abc import Sequence

from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.money import money
from coop.common.proof import Broken, Checked
from coop.documents.domain import find
from coop.documents.models import Document
from coop.ledger import chart
from coop.ledger.models import Line
from coop.record.models import Act, Entry
from coop.shares.models import Payment
from payroll.domain.approving import may_be_approved_by
from payroll.domain.arithmetic import Slip, Worked, pay
from payroll.domain.month import Month
from payroll.domain.questions import effective
from payroll.domain.receipts import RECEIPT, RECEIPTS
from payroll.domain.seals import TOTALS, sealed
from payroll.enums import RunState
from payroll.models import PayRun, Payslip


def prove_pay() -> Checked:
    """Splits each approved run anew: the same hours, cents, sums, seal, entry, people, act and paper."""
    rows = 0
    approved = PayRun.objects.filter(state=RunState.APPROVED).select_related("sheet", "unit", "approved_by")
    for run in approved.order_by("period"):
        slips = list(Payslip.objects.filter(run=run).select_related("member").order_by("number"))
        rows += len(slips)
        if broken := _broken(run, slips) or _unfounded(run, slips):
            return Checked(rows, broken)
    return Checked(rows, _gone())


def _gone() -> Broken | None:
    """An approval that the record tells and no run shows."""
    runs = set(PayRun.objects.filter(state=RunState.APPROVED).values_list("pk", flat=True))
    for facts in Entry.objects.filter(act=Act.PAY_RUN_APPROVED).values_list("facts", flat=True):
        if facts.get("run") is not None and facts["run"] not in runs:
            where = f"payroll_payrun {facts['period']}"
            return Broken(where, _("El libro de actos dice que se aprobó, y no está."))
    return None


def _unfounded(run: PayRun, slips: Sequence[Payslip]) -> Broken | None:
    """What the run rests on: the sheet's hours, the debts before it, the unit, two people, the record."""
    month = Month(run.sheet)
    brought = effective(month.file, month.answers)
    owed, papers = _owed_before(run), _papers(slips)
    for slip in slips:
        line = brought.pop(slip.number, None)
        row = f"payroll_payslip {run.period} N.º {slip.number}"
        told = (slip.worked, slip.sick, slip.holiday, slip.taken)
        if line is None or told != (line.worked, line.sick, line.holiday, line.taken):
            return Broken(row, _("El recibo no dice las horas o el adelanto de la planilla."))
        if slip.number != slip.member.number:
            return Broken(row, _("El recibo lo puede abrir otra persona."))
        if slip.before != max(0, owed.get(slip.number, 0)):
            return Broken(row, _("La deuda anterior no es la que dice la contabilidad."))
        if not _says(papers.get(f"receipt:{slip.pk}"), [slip], run):
            return Broken(row, _("El recibo en papel dice otra cosa."))
    where = f"payroll_payrun {run.period}"
    if brought:
        return Broken(where, _("La planilla tiene gente que no está en la liquidación."))
    if not _says(find(RECEIPTS, f"receipts:{run.pk}"), slips, run):
        return Broken(where, _("Los recibos en papel dicen otra cosa."))
    return _unapproved(run, where)


def _unapproved(run: PayRun, where: str) -> Broken | None:
    if (run.unit.cents_per_hour, run.sheet.period) != (run.unit_cents, run.period):
        return Broken(where, _("El valor de la hora o la planilla son otros."))
    if run.approved_by is None or not may_be_approved_by(run, run.approved_by.pk):
        return Broken(where, _("La aprobó quien la preparó."))
    told = {"run": run.pk, "sha256": run.sha256, "entry": run.entry_id, "net": run.net}
    acts = Entry.objects.filter(
        act=Act.PAY_RUN_APPROVED, facts__contains=told, at=run.approved_at or run.prepared_at
    )
    if not acts.filter(actor_number=run.approved_by.number).exists():
        return Broken(where, _("El libro de actos no dice que esa persona la aprobó."))
    return None


def _owed_before(run: PayRun) -> dict[int, int]:
    """By number. Entries are posted one after the other: what has an earlier number was there."""
    before = Line.objects.filter(
        entry_id__lt=run.entry_id or 0, account__code__startswith=f"{chart.ADVANCES}."
    )
    summed = before.order_by().values_list("account__code").annotate(Sum("cents"))
    return {int(code.rpartition(".")[2]): cents for code, cents in summed}


def _papers(slips: Sequence[Payslip]) -> dict[str, Document]:
    keys = [f"receipt:{slip.pk}" for slip in slips]
    found = Document.objects.filter(kind=RECEIPT, key__in=keys)
    return {document.key: document for document in found.prefetch_related("parts")}


def _says(document: Document | None, slips: Sequence[Payslip], run: PayRun) -> bool:
    """Name, number, net and seal on paper, if there is one; the rest of its words may be of their time."""
    if document is None:
        return True
    parts = [facts for part in document.parts.all() for facts in part.facts] or [document.facts]
    with translation.override(document.language):
        wanted = sorted((slip.number, slip.name, money(slip.net), run.sha256) for slip in slips)
    return sorted((one["number"], one["name"], one["net"], one["run_sha256"]) for one in parts) == wanted


def _broken(run: PayRun, slips: Sequence[Payslip]) -> Broken | None:
    kinds = frozenset(kind for kind, rule in run.rules["hours"].items() if rule["paid"])
    lines = [Worked(s.number, s.worked, s.sick, s.holiday, s.taken, s.before, s.shares_due) for s in slips]
    again = pay(lines, unit=run.unit_cents, paid=kinds, period=run.period)
    for slip, figures in zip(slips, again, strict=True):
        if _figures(slip) != _worked_out(figures):
            where = f"payroll_payslip {run.period} N.º {slip.number}"
            return Broken(where, _("El recibo no es lo que dan sus horas por el valor de la hora."))
    where = f"payroll_payrun {run.period}"
    if any(
        getattr(run, name) != sum(getattr(s, name) for s in slips) for name in (*TOTALS[2:], "withheld")
    ) or (
        (run.payslips, run.hours, run.to_bank or 0)
        != (len(slips), sum(s.paid for s in slips), sum(s.to_bank or 0 for s in slips))
    ):
        return Broken(where, _("Los recibos no suman el total de la liquidación."))
    if sealed(run, slips) != run.sha256:
        return Broken(where, _("El código de control no es el de la liquidación."))
    if _posted(run) != _expected(run, slips):
        return Broken(where, _("El asiento no dice lo que dice la liquidación."))
    paid_in = Payment.objects.filter(entry_id=run.entry_id or 0).order_by()
    if dict(paid_in.values_list("member_id", "cents")) != {
        s.member_id: s.withheld for s in slips if s.withheld
    }:
        return Broken(where, _("Las cuotas sociales descontadas no figuran como integradas."))
    return None


def _figures(slip: Payslip) -> tuple[object, ...]:
    told = [(one["kind"], one["asked"], one["cents"]) for one in slip.deductions]
    return slip.paid, slip.gross, told, slip.deducted, slip.withheld, slip.net, slip.owed


def _worked_out(slip: Slip) -> tuple[object, ...]:
    told = [(one.kind, one.asked, one.cents) for one in slip.deductions]
    return slip.paid, slip.gross, told, slip.deducted, slip.withheld, slip.net, slip.owed


def _posted(run: PayRun) -> dict[str, int]:
    """Cents by account of the run's entry."""
    rows = Line.objects.filter(entry_id=run.entry_id or 0).values_list("account__code").annotate(Sum("cents"))
    return {code: cents for code, cents in rows.order_by() if cents}


def _expected(run: PayRun, slips: Sequence[Payslip]) -> dict[str, int]:
    found = {chart.PAY_EXPENSE: run.gross, chart.CASH: -run.taken}
    for slip in slips:
        found[f"{chart.PAY_DUE}.{slip.number}"] = -slip.net
        found[f"{chart.ADVANCES}.{slip.number}"] = slip.taken - slip.deducted + slip.withheld
        found[f"{chart.CAPITAL}.{slip.number}"] = -slip.withheld
    return {code: cents for code, cents in found.items() if cents}
