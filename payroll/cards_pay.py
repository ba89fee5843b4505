"""What pay puts on a member's home page: a new receipt, a run to approve, a run that waits, an objection."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Card
from coop.common.money import money
from coop.council.models import Term
from coop.council.powers import SEAT_POWERS
from coop.powers import Power
from payroll.enums import MarkKind, RunState
from payroll.errors_pay import month_name
from payroll.models import HoursAnswer, PayRun, Payslip, ReceiptMark

NEWS = timedelta(days=45)
UNSEEN = timedelta(days=180)  # a receipt waits to be seen for longer: it is money


def pay_cards(member_id: int, at: datetime) -> Iterator[Card]:
    """In two statements: the home page asks often."""
    yield from _new_receipt(member_id, at)
    for run in _that_matter(member_id, at):
        if run.state == RunState.PREPARED:
            yield from _waiting(run, member_id)
        elif run.keeps:
            yield _objections(run)


def _that_matter(member_id: int, at: datetime) -> Iterable[Any]:
    """Runs that wait for approval, and those that somebody objects to, with what this member may do."""
    answered = HoursAnswer.objects.filter(sheet=OuterRef("sheet"), by_id=member_id)
    objected = ReceiptMark.objects.filter(
        payslip__run=OuterRef("pk"), kind=MarkKind.OBJECTED, at__gt=at - NEWS
    )
    counted = objected.order_by().values("payslip__run").annotate(n=Count("pk")).values("n")
    annotated = PayRun.objects.annotate(
        is_mine=Exists(answered),
        objections=Subquery(counted),
        approves=_holds(Power.APPROVE_PAY, member_id, at),
        keeps=_holds(Power.KEEP_ACCOUNTS, member_id, at),
    )
    return annotated.filter(Q(state=RunState.PREPARED) | Q(objections__gt=0))


def _holds(power: Power, member_id: int, at: datetime) -> Exists:
    seats = [code for code, powers in SEAT_POWERS.items() if power in powers]
    return Exists(Term.objects.at(at).filter(member_id=member_id, seat__code__in=seats))


def _new_receipt(member_id: int, at: datetime) -> Iterator[Card]:
    """The last one, until it is seen."""
    seen = ReceiptMark.objects.filter(payslip=OuterRef("pk"))
    slip = (
        Payslip.objects.filter(
            member_id=member_id, run__state=RunState.APPROVED, run__approved_at__gt=at - UNSEEN
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


def _waiting(run: Any, member_id: int) -> Iterator[Card]:
    """To whoever may approve it; and, quietly, to who prepared it."""
    mine = run.is_mine or member_id in (run.prepared_by_id, run.imported_by_id)
    title = _("Liquidación de %(period)s") % {"period": month_name(run.period)}
    url = reverse("payroll:run", args=[run.pk])
    if run.approves and not mine:
        text = ngettext("%(n)d recibo, %(net)s a pagar.", "%(n)d recibos, %(net)s a pagar.", run.payslips)
        yield Card(
            rank=7,
            kicker=_("Espera que la apruebes"),
            title=title,
            text=text % {"n": run.payslips, "net": money(run.net)},
            url=url,
            action=_("Revisar y aprobar"),
            loud=True,
        )
    elif mine:
        text = _("Preparada: la tiene que aprobar otra persona del consejo.")
        yield Card(rank=15, title=title, text=text, url=url, action=_("Ver"))


def _objections(run: Any) -> Card:
    count: int = run.objections
    title = ngettext("%(n)d objeción a un recibo", "%(n)d objeciones a recibos", count) % {"n": count}
    return Card(
        rank=14,
        title=title,
        text=_("Liquidación de %(period)s: alguien dice que algo no cierra.")
        % {"period": month_name(run.period)},
        url=reverse("payroll:run", args=[run.pk]),
        action=_("Leer"),
    )
