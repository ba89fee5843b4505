"""Who left gets back what they paid in: a queue, first come, first served, under a yearly cap (ET 24, 25)."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.money import half_up
from coop.common.time import local_day
from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.postings import Posting
from coop.members.errors import WrongMatter
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.shares import errors
from coop.shares.domain.paying import day_of_payment, receipt_number
from coop.shares.domain.position import capital_on, position_of, show_in_register
from coop.shares.domain.queue import Claim, cap_of, queue
from coop.shares.domain.subscribing import BACK, open_balances, rules_of
from coop.shares.models import Loss, RefundPayment, RefundRequest, RefundYear, Subscription
from coop.shares.models.refunds import LOST_BY, WHOLE
from coop.statute.domain import cooperative
from coop.statute.fiscal import FiscalYear
from coop.statute.models import Cooperative, Resolution, StatuteVersion


@dataclass(frozen=True, slots=True)
class Year:
    """Cents. `source` is where the statute says it; `opened` once the year has paid the first."""

    days: FiscalYear
    capital: int
    share: str
    cap: int
    paid: int
    source: str
    statute_id: int
    opened: RefundYear | None = None

    @property
    def room(self) -> int:
        return self.cap - self.paid


@transaction.atomic
def set_loss(*, resolution_id: int, millionths: int, holds_from: date, by: Actor, at: datetime) -> Loss:
    """An assembly resolved that a share has lost so much: who leaves from that day on gets less (ET 24).

    Raises LossOutOfRange, ResolutionMissing, WrongMatter or LossAlreadySet.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    if not 0 <= millionths <= WHOLE:
        raise errors.LossOutOfRange
    resolution = Resolution.objects.filter(pk=resolution_id).first()
    if resolution is None:
        raise errors.ResolutionMissing
    if resolution.matter not in LOST_BY:
        raise WrongMatter(str(resolution), str(resolution.get_matter_display()))
    if Loss.objects.filter(resolution=resolution).exists():
        raise errors.LossAlreadySet(str(resolution))
    made = Loss.objects.create(
        holds_from=holds_from, millionths=millionths, resolution=resolution, at=at, by_id=by.signature
    )
    facts = {"step": "loss", "millionths": millionths, "holds_from": holds_from.isoformat()}
    write(Act.SHARES_REFUND, by=by, at=at, facts=facts | {"resolution": str(resolution)})
    return made


@transaction.atomic
def request_refund(*, member_id: int, asked_on: date, by: Actor, at: datetime) -> RefundRequest:
    """Who left, or their heirs, asked for it on that day; it takes its place in the queue.

    What they paid in leaves the capital and is owed to them, less the losses resolved by the day they left.
    Raises HasNotLeft, NotThatDay, WouldOvertake or NothingToRefund.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    member = Member.objects.get(pk=member_id)
    today = local_day(at, cooperative().tz)
    if member.left_on is None or member.left_on > today:
        raise errors.HasNotLeft(member.name)
    if not member.left_on <= asked_on <= today:
        raise errors.NotThatDay(asked_on, member.left_on, today)
    if asked_on < today - BACK:
        for other, _left in waiting():
            if other.asked_on > asked_on:
                raise errors.WouldOvertake(asked_on, other.member.name)
    opens = member.shares_paid_in and not Subscription.objects.filter(member=member).exists()
    if opens:
        open_balances(by=by, at=at, members=[member])
    held = position_of(member.pk)
    if not held.paid:
        raise errors.NothingToRefund(member.name)
    loss = Loss.objects.filter(holds_from__lte=member.left_on).first()
    lost = half_up(Fraction(held.paid * loss.millionths, WHOLE)) if loss else 0
    made = _asked(member, asked_on, held.subscribed, held.paid, lost, loss, by, at)
    facts = {"step": "asked", "member": member.number, "name": member.name, "entry": made.entry_id}
    write(Act.SHARES_REFUND, by=by, at=at, facts=facts | {"asked_on": asked_on.isoformat()})
    show_in_register([member.pk])
    return made


def _asked(
    member: Member,
    asked_on: date,
    subscribed: int,
    paid: int,
    lost: int,
    loss: Loss | None,
    by: Actor,
    at: datetime,
) -> RefundRequest:
    with translation.override(cooperative().language):
        memo = _("Cuotas sociales a reembolsar por baja")
    lines = [
        (chart.capital(member.number, member.name), paid),
        (chart.refunds_due(member.number, member.name), lost - paid),
        (chart.past_losses(), -lost),
    ]
    entry = post(
        key=f"shares:asked:{member.number}:{member.refund_requests.count() + 1}",
        day=local_day(at, cooperative().tz),
        memo=memo,
        postings=[Posting(account, cents) for account, cents in lines if cents],
        by=by,
        at=at,
        resolution=loss.resolution if loss and lost else None,
    )
    assert member.left_on is not None
    return RefundRequest.objects.create(
        member=member,
        left_on=member.left_on,
        asked_on=asked_on,
        subscribed_cents=subscribed,
        paid_cents=paid,
        lost_cents=lost,
        cents=paid - lost,
        loss=loss if lost else None,
        entry=entry,
        at=at,
        by_id=by.signature,
    )


def waiting() -> list[tuple[RefundRequest, int]]:
    """Requests that are not paid in full, in the queue's order, each with the cents still owed."""
    found = RefundRequest.objects.select_related("member").annotate(given=Sum("payments__cents", default=0))
    in_order = found.order_by("asked_on", "pk")
    return [(one, one.cents - one.given) for one in in_order if one.cents > one.given]


def year_of(day: date, house: Cooperative | None = None) -> Year:
    """The fiscal year of that day with its cap: as it was fixed, or as it would be. Raises NoStatuteThen."""
    days = (house or cooperative()).fiscal_year(day)
    opened = RefundYear.objects.filter(year=days.name).select_related("statute").first()
    if opened:
        paid = opened.payments.aggregate(cents=Sum("cents", default=0))["cents"]
        fixed = FiscalYear(opened.starts_on, opened.ends_on)
        source = opened.statute.rules.shares.source
        return Year(fixed, opened.capital, opened.share, opened.cap, paid, source, opened.statute_id, opened)
    capital = capital_on(days.first)
    try:
        statute = StatuteVersion.objects.in_force(days.first)
    except StatuteVersion.DoesNotExist:
        # A cooperative that began within this year has the statute it has.
        rules_of(day)
        statute = StatuteVersion.objects.in_force(day)
    rules = statute.rules.shares
    cap = cap_of(capital, rules.refund_cap)
    return Year(days, capital, rules.refund_cap, cap, 0, rules.source, statute.pk)


def payable(day: date) -> dict[int, int]:
    """What that day's year can pay now, in cents by request's key."""
    claims = [Claim(one.pk, left) for one, left in waiting()]
    return {one.key: one.left for one in queue(claims, year_of(day).room)}


@transaction.atomic
def pay_refund(
    *, request_id: int, cents: int, receipt: str, day: date, by: Actor, at: datetime
) -> RefundPayment:
    """Pays the first of the queue, all or part of it, within its fiscal year's cap, against a receipt.

    Raises NothingPaid, NotThatDay, ReceiptMissing, ReceiptTaken, NotTheFirst, MoreThanIsOwed or OverTheCap.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    request = RefundRequest.objects.select_related("member").get(pk=request_id)
    if cents < 1:
        raise errors.NothingPaid
    number, day = receipt_number(receipt), day_of_payment(day, at)
    if RefundPayment.objects.filter(receipt__iexact=number).exists():
        raise errors.ReceiptTaken(number)
    _must_be_its_turn(request, cents)
    year = year_of(day)
    if cents > year.room:
        raise errors.OverTheCap(year.days.name, max(0, year.room), year.source)
    opened = year.opened or _open(year, at)
    member = request.member
    with translation.override(cooperative().language):
        memo = _("Reembolso de cuotas sociales, recibo %(receipt)s") % {"receipt": number}
    lines = [Posting(chart.refunds_due(member.number, member.name), cents), Posting(chart.cash(), -cents)]
    entry = post(key=f"shares:refund:{number.upper()}", day=day, memo=memo, postings=lines, by=by, at=at)
    made = RefundPayment.objects.create(
        request=request,
        year=opened,
        day=day,
        cents=cents,
        receipt=number,
        entry=entry,
        at=at,
        by_id=by.signature,
    )
    facts = {"step": "paid", "year": opened.year, "receipt": number, "entry": entry.pk}
    write(Act.SHARES_REFUND, by=by, at=at, facts=facts)
    return made


def _must_be_its_turn(request: RefundRequest, cents: int) -> None:
    line = waiting()
    owed = next((left for one, left in line if one.pk == request.pk), 0)
    if cents > owed:
        raise errors.MoreThanIsOwed(owed)
    first = line[0][0]
    if first.pk != request.pk:
        raise errors.NotTheFirst(first.member.name)


def _open(year: Year, at: datetime) -> RefundYear:
    return RefundYear.objects.create(
        year=year.days.name,
        starts_on=year.days.first,
        ends_on=year.days.last,
        capital=year.capital,
        share=year.share,
        cap=year.cap,
        statute_id=year.statute_id,
        at=at,
    )
