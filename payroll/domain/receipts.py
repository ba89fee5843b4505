"""A worker's own receipt: read, acknowledged, objected to, frozen on paper."""

from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.time import local_day
from coop.common.words import visible
from coop.documents.domain import freeze
from coop.documents.models import Document
from coop.powers import Actor, Power, may, require
from coop.statute.domain import cooperative
from payroll.enums import MarkKind, RunState
from payroll.errors_pay import AlreadyObjected, EmptyObjection, NoReceiptYet
from payroll.models import PayRun, Payslip, ReceiptMark
from payroll.receipt import facts_of, receipt_of

RECEIPT, RECEIPTS = "receipt", "receipts"
LONGEST_OBJECTION = 1000


def own_receipt(payslip_id: int, member_id: int) -> Payslip:
    """The member's own, of an approved run; Payslip.DoesNotExist for any other."""
    held = Payslip.objects.select_related("run", "run__unit__resolution")
    return held.get(pk=payslip_id, member_id=member_id, run__state=RunState.APPROVED)


@transaction.atomic
def see(*, payslip_id: int, by: Actor, at: datetime) -> ReceiptMark:
    """The owner says they saw it. Saying it twice changes nothing."""
    slip = own_receipt(payslip_id, by.signature)
    mark, _made = ReceiptMark.objects.get_or_create(payslip=slip, kind=MarkKind.SEEN, defaults={"at": at})
    return mark


@transaction.atomic
def object_to(*, payslip_id: int, text: str, by: Actor, at: datetime) -> ReceiptMark:
    """The owner says what is wrong with it, once; whoever keeps the accounts reads it.

    Raises EmptyObjection or AlreadyObjected.
    """
    slip = own_receipt(payslip_id, by.signature)
    said = visible(text).strip()[:LONGEST_OBJECTION]
    if not said:
        raise EmptyObjection
    mark, made = ReceiptMark.objects.get_or_create(
        payslip=slip, kind=MarkKind.OBJECTED, defaults={"at": at, "text": said}
    )
    if not made and mark.text != said:
        raise AlreadyObjected
    return mark


@transaction.atomic
def freeze_receipt(*, payslip_id: int, by: Actor, at: datetime) -> Document:
    """The owner's receipt as a document; the same one however often it is asked for."""
    slip = own_receipt(payslip_id, by.signature)
    with translation.override(cooperative().language):
        told = receipt_of(slip, slip.run)
        named = {"label": told.label, "period": told.period, "name": told.name}
        title = _("Recibo de %(label)s de %(period)s, %(name)s") % named
        facts = facts_of(slip, slip.run, _approved_on(slip.run))
        return freeze(kind=RECEIPT, key=f"receipt:{slip.pk}", title=title, facts=facts, by=by, at=at)


@transaction.atomic
def freeze_receipts(*, run_id: int, by: Actor, at: datetime) -> Document:
    """All receipts of an approved run as one document, for officers. Raises NoReceiptYet."""
    if not may(by, Power.APPROVE_PAY, at):
        require(by, Power.KEEP_ACCOUNTS, at)
    run = PayRun.objects.get(pk=run_id)
    if run.state != RunState.APPROVED:
        raise NoReceiptYet
    slips = Payslip.objects.filter(run=run).order_by("sort_name", "number")
    with translation.override(cooperative().language):
        day = _approved_on(run)
        parts = [facts_of(slip, run, day) for slip in slips]
        told = {"label": run.rules["label"], "period": parts[0]["period"]}
        title = _("Recibos de %(label)s de %(period)s") % told
        facts = {
            "cooperative": run.rules["cooperative"],
            "title": title,
            "receipts": len(parts),
            "sha256": run.sha256,
        }
        return freeze(
            kind=RECEIPTS, key=f"receipts:{run.pk}", title=title, facts=facts, by=by, at=at, parts=parts
        )


def _approved_on(run: PayRun) -> date:
    """The cooperative's day. NoReceiptYet before the approval."""
    if run.approved_at is None:
        raise NoReceiptYet
    return local_day(run.approved_at, cooperative().tz)
