"""What pay puts on a member's home page: a new receipt, a run to approve, a run that waits, an objection."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Card
from coop.common.money import money
from coop.council.domain import powers_held
from coop.powers import Power
from payroll.enums import MarkKind, RunState
from payroll.errors_pay import month_name
from payroll.models import HoursAnswer, PayRun, Payslip, ReceiptMark

NEWS = timedelta(days=45)


def pay_cards(member_id: int, at: datetime) -> Iterator[Card]:
    yield from _new_receipt(member_id, at)
    powers = powers_held(member_id, at)
    if powers & {Power.APPROVE_PAY, Power.KEEP_ACCOUNTS}:
        yield from _waiting(member_id, powers)
    if Power.KEEP_ACCOUNTS in powers:
        yield from _objections(at)


def _new_receipt(member_id: int, at: datetime) -> Iterator[Card]:
    """The last one, until it is seen."""
    seen = ReceiptMark.objects.filter(payslip=OuterRef("pk"))
    slip = (
        Payslip.objects.filter(
            member_id=member_id, run__state=RunState.APPROVED, run__approved_at__gt=at - NEWS
        )
        .annotate(is_seen=Exists(seen))
        .select_related("run")
        .order_by("-run__period")
        .first()
    )
    if slip is None or slip.is_seen:
        return
    yield Card(
        rank=8,
        kicker=_("Recibo nuevo"),
        title=_("Tu recibo de %(period)s") % {"period": month_name(slip.run.period)},
        text=_("%(net)s en mano.") % {"net": money(slip.net)},
        url=reverse("payroll:receipt", args=[slip.pk]),
        action=_("Ver el recibo"),
        loud=True,
    )


def _waiting(member_id: int, powers: frozenset[Power]) -> Iterator[Card]:
    answered = HoursAnswer.objects.filter(sheet=OuterRef("sheet"), by_id=member_id)
    waiting = PayRun.objects.filter(state=RunState.PREPARED).annotate(is_mine=Exists(answered))
    for run in waiting:
        mine = run.is_mine or member_id in (run.prepared_by_id, run.imported_by_id)
        told = {"n": run.payslips, "net": money(run.net)}
        text = ngettext("%(n)d recibo, %(net)s a pagar.", "%(n)d recibos, %(net)s a pagar.", run.payslips)
        if Power.APPROVE_PAY in powers and not mine:
            yield Card(
                rank=7,
                kicker=_("Espera que la apruebes"),
                title=_("Liquidación de %(period)s") % {"period": month_name(run.period)},
                text=text % told,
                url=reverse("payroll:run", args=[run.pk]),
                action=_("Revisar y aprobar"),
                loud=True,
            )
        elif mine:
            yield Card(
                rank=15,
                title=_("Liquidación de %(period)s") % {"period": month_name(run.period)},
                text=_("Preparada: la tiene que aprobar otra persona del consejo."),
                url=reverse("payroll:run", args=[run.pk]),
                action=_("Ver"),
            )


def _objections(at: datetime) -> Iterator[Card]:
    objected = ReceiptMark.objects.filter(kind=MarkKind.OBJECTED, at__gt=at - NEWS)
    count = objected.count()
    if not count:
        return
    run_id = objected.order_by("-pk").values_list("payslip__run_id", flat=True)[0]
    title = ngettext("%(n)d objeción a un recibo", "%(n)d objeciones a recibos", count) % {"n": count}
    yield Card(
        rank=14,
        title=title,
        text=_("Alguien dice que algo de su recibo no cierra."),
        url=reverse("payroll:run", args=[run_id]),
        action=_("Leer"),
    )
