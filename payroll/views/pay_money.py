"""What is handed out of a run: the list for the bank and for the envelopes."""

import csv
import io

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assemblies.views.shared import missing_is_404
from coop.common.spreadsheet.cells import is_formula
from coop.members import looks
from coop.members.enums import Sight
from coop.members.middleware import MemberRequest
from coop.powers import Power, require
from coop.shares import banks
from payroll.enums import RunState
from payroll.models import PayRun, Payslip


@never_cache
@require_safe
@missing_is_404
def payments(request: MemberRequest, run_id: int) -> HttpResponse:
    """A spreadsheet of an approved run: who, to which account, how much there and how much in cash.

    Accounts are in two blocks: 22 figures in a row would be rounded. Every look is noted.
    """
    now = timezone.now()
    require(request.actor, Power.KEEP_ACCOUNTS, now)
    run = PayRun.objects.get(pk=run_id, state=RunState.APPROVED, to_bank__isnull=False)
    looks.note(who=request.member.pk, whose=None, what=Sight.BANK, at=now)
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\r\n")
    titles = (_("N° Socio"), _("Apellido y Nombre"), _("CUIL"), _("CBU"), _("Banco"), _("Al banco"))
    lines.writerow([*titles, _("En efectivo")])
    for slip in Payslip.objects.filter(run=run).order_by("sort_name", "number"):
        bank, cash = _pesos(slip.to_bank or 0), _pesos(slip.net - (slip.to_bank or 0))
        account = (banks.in_blocks(slip.account), banks.bank_of(slip.account) if slip.account else "")
        lines.writerow([slip.number, _cell(slip.name), slip.tax_number, *account, bank, cash])
    headers = {"Content-Disposition": f'attachment; filename="pagos-{run.period}.csv"'}
    content = out.getvalue().encode("utf-8-sig")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _pesos(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02d}"


def _cell(text: str) -> str:
    """No name is a formula."""
    return f"'{text}" if is_formula(text) else text
