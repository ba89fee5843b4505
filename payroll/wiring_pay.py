"""What pay tells the rooms below it, once, when the application starts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coop.common.home import offers_cards
from coop.common.proof import Proof, proves
from coop.council.domain import powers_held
from coop.documents import kinds
from coop.documents.models import Document
from coop.members import looks
from coop.members.enums import Sight
from coop.members.held import holds
from coop.powers import Power
from coop.statute import proposals
from coop.statute.domain import on_adopted
from coop.statute.models import Matter
from payroll.cards_pay import pay_cards
from payroll.domain.proofs import prove_pay
from payroll.domain.proofs_units import UNITS
from payroll.domain.receipts import RECEIPT, RECEIPTS
from payroll.domain.units import check, set_unit
from payroll.held_pay import pay_held
from payroll.models import Payslip
from payroll.models.unit import KIND


def wire() -> None:
    proposals.register(KIND, proposals.Kind(page=_unit_page, check=check))
    on_adopted(Matter.PAY_UNIT, set_unit)
    offers_cards(pay_cards)
    proves(UNITS)
    proves(Proof(name="pay", label=_("Liquidaciones"), run=prove_pay))
    holds(pay_held)
    for name, label, template, may_read, page, seen in (
        (RECEIPT, _("Recibo"), "payroll/pdf/receipt.html", _may_read_receipt, _receipt_page, _receipt_seen),
        (
            *(RECEIPTS, _("Recibos de un mes"), "payroll/pdf/receipts.html"),
            *(_may_read_receipts, _run_page, _receipts_seen),
        ),
    ):
        kinds.register(kinds.Kind(name, label, template, may_read, page=page, room="accounts", seen=seen))


def _unit_page(number: int) -> str:
    return reverse("payroll:unit_proposal", args=[number])


def _receipt_page(document: Document, member_id: int) -> str:
    """Its owner's; the page is nobody else's."""
    payslip_id = _number_in(document)
    if Payslip.objects.filter(pk=payslip_id, member_id=member_id).exists():
        return reverse("payroll:receipt", args=[payslip_id])
    return ""


def _run_page(document: Document, member_id: int) -> str:
    return reverse("payroll:run", args=[_number_in(document)])


def _number_in(document: Document) -> int:
    return int(document.key.rpartition(":")[2])


def _may_read_receipt(document: Document, member_id: int, at: datetime) -> bool:
    """Its owner; and whoever keeps the accounts, who knows its figures anyway."""
    if Payslip.objects.filter(pk=_number_in(document), member_id=member_id).exists():
        return True
    return Power.KEEP_ACCOUNTS in powers_held(member_id, at)


def _receipt_seen(document: Document, member_id: int, at: datetime) -> None:
    """An officer's look; its owner's is none."""
    whose = Payslip.objects.values_list("member", flat=True).get(pk=_number_in(document))
    looks.note(who=member_id, whose=whose, what=Sight.RECEIPT, at=at)


def _receipts_seen(document: Document, member_id: int, at: datetime) -> None:
    looks.note(who=member_id, whose=None, what=Sight.RECEIPT, at=at)


def _may_read_receipts(document: Document, member_id: int, at: datetime) -> bool:
    return not powers_held(member_id, at).isdisjoint({Power.KEEP_ACCOUNTS, Power.APPROVE_PAY})
