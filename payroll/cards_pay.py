"""What pay puts on a member's home page: a new receipt, a run to approve, a run that waits, an objection."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.home import Answers, Card, Offer, Questions
from coop.common.money import money
from coop.common.together import Question, Row
from coop.powers import Power, powers_of_member
from payroll.enums import MarkKind, RunState
from payroll.errors_pay import month_name
from payroll.models import HoursAnswer, PayRun, Payslip, ReceiptMark

NEWS = timedelta(days=45)
UNSEEN = timedelta(days=180)  # a receipt waits to be seen for longer: it is money


def _asks(member_id: int, at: datetime) -> Questions:
    return {"slip": _last_receipt(member_id, at), "runs": _that_matter(member_id, at)}


def _tells(member_id: int, at: datetime, answers: Answers) -> Iterator[Card]:
    for slip in answers["slip"]:
        if not slip["is_seen"]:
            yield _new_receipt(slip)
    powers = powers_of_member(member_id, at)
    for run in answers["runs"]:
        if run["state"] == RunState.PREPARED:
            yield from _waiting(run, member_id, approves=Power.APPROVE_PAY in powers)
        elif Power.KEEP_ACCOUNTS in powers:
            yield _objections(run)


def _that_matter(member_id: int, at: datetime) -> Question:
    """Runs that wait for approval, and those that somebody objects to; `is_mine` if the hours are."""
    answered = HoursAnswer.objects.filter(sheet=OuterRef("sheet"), by_id=member_id)
    objected = ReceiptMark.objects.filter(
        payslip__run=OuterRef("pk"), kind=MarkKind.OBJECTED, at__gt=at - NEWS
    )
    counted = objected.order_by().values("payslip__run").annotate(n=Count("pk")).values("n")
    annotated = PayRun.objects.annotate(is_mine=Exists(answered), objections=Subquery(counted))
    matter = annotated.filter(Q(state=RunState.PREPARED) | Q(objections__gt=0))
    who = ("prepared_by_id", "imported_by_id", "is_mine")
    told: Question = matter.values("id", "period", "state", "payslips", "net", "objections", *who)
    return told


def _last_receipt(member_id: int, at: datetime) -> Question:
    seen = ReceiptMark.objects.filter(payslip=OuterRef("pk"))
    slips = Payslip.objects.filter(
        member_id=member_id, run__state=RunState.APPROVED, run__approved_at__gt=at - UNSEEN
    ).annotate(is_seen=Exists(seen), period=F("run__period"))
    return slips.order_by("-run__period").values("id", "net", "period", "is_seen")[:1]


def _new_receipt(slip: Row) -> Card:
    """The last one, until it is seen."""
    return Card(
        rank=8,
        kicker=_("Recibo nuevo"),
        title=_("Tu recibo de %(period)s") % {"period": month_name(slip["period"])},
        text=_("%(net)s en mano.") % {"net": money(slip["net"])},
        url=reverse("payroll:receipt", args=[slip["id"]]),
        action=_("Ver el recibo"),
        loud=True,
    )


def _waiting(run: Row, member_id: int, *, approves: bool) -> Iterator[Card]:
    """To whoever may approve it; and, quietly, to who prepared it."""
    mine = run["is_mine"] or member_id in (run["prepared_by_id"], run["imported_by_id"])
    title = _("Liquidación de %(period)s") % {"period": month_name(run["period"])}
    url = reverse("payroll:run", args=[run["id"]])
    if approves and not mine:
        text = ngettext("%(n)d recibo, %(net)s a pagar.", "%(n)d recibos, %(net)s a pagar.", run["payslips"])
        yield Card(
            rank=7,
            kicker=_("Espera que la apruebes"),
            title=title,
            text=text % {"n": run["payslips"], "net": money(run["net"])},
            url=url,
            action=_("Revisar y aprobar"),
            loud=True,
        )
    elif mine:
        text = _("Preparada: la tiene que aprobar otra persona del consejo.")
        yield Card(rank=15, title=title, text=text, url=url, action=_("Ver"))


def _objections(run: Row) -> Card:
    count: int = run["objections"]
    title = ngettext("%(n)d objeción a un recibo", "%(n)d objeciones a recibos", count) % {"n": count}
    return Card(
        rank=14,
        title=title,
        text=_("Liquidación de %(period)s: alguien dice que algo no cierra.")
        % {"period": month_name(run["period"])},
        url=reverse("payroll:run", args=[run["id"]]),
        action=_("Leer"),
    )


pay_cards = Offer(_asks, _tells)
