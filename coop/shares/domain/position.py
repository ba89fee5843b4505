"""What each one has subscribed, has paid in and owes, on any day. Read, never stored."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Aggregate, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.utils.translation import gettext as _

from coop.common.money import half_up
from coop.common.time import local_day
from coop.members.models import Member
from coop.shares.domain.plan import Due, due_by, late, plan, settled, to_withhold
from coop.shares.enums import CameIn, Way
from coop.shares.models import Payment, RefundRequest, Subscription, WayChosen
from coop.statute.domain import cooperative
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.rules import ShareRules


@dataclass(frozen=True, slots=True)
class Position:
    """Cents. `shares` that no refund has closed; `dues` in order of their days, with what is left of each."""

    shares: int = 0
    subscribed: int = 0
    paid: int = 0
    dues: list[Due] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.subscribed - self.paid

    def due_by(self, day: date) -> int:
        return due_by(self.dues, day)

    def late(self, day: date) -> int:
        return late(self.dues, day)

    def to_withhold(self, day: date) -> int:
        return to_withhold(self.dues, day)

    def next_due(self) -> Due | None:
        return next((due for due in self.dues if due.left), None)


NOTHING = Position()
Held = dict[int, Position]


def positions(members: Collection[int] | None = None, *, on: date | None = None) -> Held:
    """By member's key, of all or of those; as it stood at the end of day `on`, or as it stands.

    One statement. Whoever never had a share is not in it.
    """
    live: dict[int, list[Subscription]] = defaultdict(list)
    for one in _subscriptions(members, on):
        held = live[one.member_id]
        if _read(one, "closed") is None or one.at > _read(one, "closed"):
            held.append(one)
    return {key: _position(held) for key, held in live.items() if held}


def _subscriptions(members: Collection[int] | None, on: date | None) -> "QuerySet[Subscription]":
    """Each with its `way`, and of its member: when a refund `closed` the earlier ones, what `came` in and
    went `back`.
    """
    held = (
        Subscription.objects.all() if members is None else Subscription.objects.filter(member_id__in=members)
    )
    paid = Payment.objects.filter(member=OuterRef("member"))
    asked = RefundRequest.objects.filter(member=OuterRef("member"))
    if on is not None:
        held, paid, asked = held.filter(day__lte=on), paid.filter(day__lte=on), asked.filter(asked_on__lte=on)
    chosen = WayChosen.objects.filter(subscription=OuterRef("pk")).order_by("-pk").values("way")[:1]
    return held.annotate(
        way=Subquery(chosen),
        closed=_one(asked, Max("at")),
        came=_one(paid, Sum("cents")),
        back=_one(asked, Sum("paid_cents")),
    )


def _one(rows: "QuerySet[Any]", what: Aggregate) -> Subquery:
    """One value out of all the rows."""
    return Subquery(rows.order_by().values(all=Value(1)).annotate(found=what).values("found"))


def _read(one: Any, name: str) -> Any:
    return vars(one)[name]


def _position(held: list[Subscription]) -> Position:
    """Of one member's live subscriptions, at least one."""
    dues = [due for one in held for due in plan_of(one)]
    paid = (_read(held[0], "came") or 0) - (_read(held[0], "back") or 0)
    return Position(
        shares=sum(one.shares for one in held),
        subscribed=sum(one.cents for one in held),
        paid=paid,
        dues=settled(dues, paid),
    )


def plan_of(one: Subscription) -> list[Due]:
    """`one` as `_subscriptions` reads it, with its `way`."""
    return plan(
        of=one.pk,
        day=one.day,
        cents=one.cents,
        first=one.first_cents,
        instalments=one.instalments,
        from_pay=vars(one).get("way") == Way.PAY,
    )


def position_of(member_id: int, on: date | None = None) -> Position:
    return positions([member_id], on=on).get(member_id, NOTHING)


def withholding(day: date) -> dict[int, int]:
    """Cents asked of the pay of the month ending on `day`, by member's number; of who left, nothing."""
    latest = WayChosen.objects.filter(subscription=OuterRef("pk")).order_by("-pk").values("way")[:1]
    from_pay = Subscription.objects.annotate(way=Subquery(latest)).filter(way=Way.PAY)
    here = from_pay.filter(Q(member__left_on__isnull=True) | Q(member__left_on__gt=day))
    members = dict(here.order_by().values_list("member_id", "member__number"))
    if not members:
        return {}
    asked = {members[key]: held.to_withhold(day) for key, held in positions(members).items()}
    return {number: cents for number, cents in asked.items() if cents}


def paid_in(on: date) -> dict[int, int]:
    """Cents that each one has paid in by that day, by member's number; of whom nothing is in the books yet,
    what the register says, at the value of a share on that day.
    """
    opened = set(Subscription.objects.order_by().values_list("member_id", flat=True))
    before = Q(came=CameIn.OPENING, member__joined_on__lte=on)
    came = Payment.objects.filter(before | ~Q(came=CameIn.OPENING) & Q(day__lte=on)).order_by()
    held = dict(came.values_list("member_id").annotate(cents=Sum("cents")))
    asked = RefundRequest.objects.filter(asked_on__lte=on).order_by()
    back = dict(asked.values_list("member_id").annotate(cents=Sum("paid_cents")))
    value = _value_on(on)
    found = {}
    for key, number, shares in Member.objects.order_by().values_list("pk", "number", "shares_paid_in"):
        books = held.get(key, 0) - back.get(key, 0)
        known = books if key in opened else cents_of(shares, value)
        if known > 0:
            found[number] = known
    return found


def _value_on(day: date) -> int:
    try:
        return int(StatuteVersion.objects.in_force(day).rules.shares.value)
    except StatuteVersion.DoesNotExist:
        return 0


def cents_of(shares: Decimal, value: int) -> int:
    """Shares to the hundredth, at `value` cents each, half up."""
    return half_up(Fraction(int(shares * 100) * value, 100))


def capital_on(day: date, *, known_at: datetime | None = None) -> int:
    """Cents paid in before `day` by everybody and not asked back by then, of what was known by `known_at`.

    What the register said at the opening counts from the day each one joined: when it was paid nobody wrote.
    """
    opening = Q(came=CameIn.OPENING, member__joined_on__lt=day)
    paid = Payment.objects.filter(opening | ~Q(came=CameIn.OPENING) & Q(day__lt=day))
    asked = RefundRequest.objects.filter(asked_on__lt=day)
    if known_at is not None:
        paid, asked = paid.filter(at__lte=known_at), asked.filter(at__lte=known_at)
    both = Cooperative.objects.values_list(_one(paid, Sum("cents")), _one(asked, Sum("paid_cents")))
    came, back = both.get()
    return int((came or 0) - (back or 0))


def rules_on(day: date) -> ShareRules:
    """StatuteVersion.DoesNotExist before the first."""
    return StatuteVersion.objects.in_force(day).rules.shares


def arrears(member_ids: Collection[int], at: datetime) -> dict[int, str]:
    """Of those members, who has voice and no vote for being late with their shares (ET 39)."""
    try:
        rules = StatuteVersion.objects.in_force_at(at).rules.shares
    except StatuteVersion.DoesNotExist:
        return {}
    if not rules.arrears_block_vote or not Subscription.objects.filter(member_id__in=member_ids).exists():
        return {}
    day = local_day(at, cooperative().tz)
    why = _("Tenés cuotas sociales atrasadas: con voz y sin voto hasta ponerte al día (%(source)s).")
    return {
        key: why % {"source": rules.source} for key, held in positions(member_ids).items() if held.late(day)
    }


def show_in_register(members: Collection[int]) -> None:
    """The register's two columns follow the books: shares subscribed, and paid in to the hundredth."""
    held = positions(members)
    shown = list(Member.objects.filter(pk__in=members).only("shares_subscribed", "shares_paid_in"))
    for member in shown:
        one = held.get(member.pk, NOTHING)
        paid = Decimal(one.shares) * one.paid / one.subscribed if one.subscribed else Decimal(0)
        member.shares_subscribed = one.shares
        member.shares_paid_in = paid.quantize(Decimal("0.01"), ROUND_DOWN)
    Member.objects.bulk_update(shown, ["shares_subscribed", "shares_paid_in"])
