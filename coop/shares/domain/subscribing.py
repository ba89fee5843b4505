"""Who subscribes how many shares, and how they will pay for them."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from coop.common.time import local_day
from coop.ledger import chart
from coop.ledger.domain import post
from coop.ledger.models import Entry
from coop.ledger.postings import Posting
from coop.members.errors import WrongMatter
from coop.members.models import Member
from coop.powers import Actor, Power, may, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.shares import errors
from coop.shares.domain.plan import MONTHS, first_payment
from coop.shares.domain.position import cents_of, position_of, rules_on
from coop.shares.enums import Basis, CameIn, Way
from coop.shares.models import Payment, Subscription, WayChosen
from coop.shares.models.capital import SUBSCRIBED_BY
from coop.shares.seals import of_plan, of_plans
from coop.statute.domain import cooperative
from coop.statute.models import Resolution, StatuteVersion
from coop.statute.rules import ShareRules

MOST_SHARES = 1_000_000
# How long ago a subscription may be dated: whoever writes it down makes nobody late by doing so.
BACK = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Wanted:
    """`instalments` months and `first` cents; None for what the statute gives: the longest, the least."""

    shares: int
    day: date
    basis: Basis = Basis.ADMISSION
    way: Way = Way.DESK
    instalments: int | None = None
    first: int | None = None
    resolution_id: int | None = None


@transaction.atomic
def subscribe(*, member_id: int, wanted: Wanted, by: Actor, at: datetime) -> Subscription:
    """At the value that the statute in force on that day gives a share (ET 20 to 23).

    By admission only who holds none: nobody is put into arrears by shares that nobody resolved.
    Raises NotThatDay, NotAMember, NoStatuteThen, SharesOutOfRange, TooManyInstalments,
    FirstPaymentOutOfRange, HoldsSharesAlready, ResolutionMissing or WrongMatter.
    """
    if not may(by, Power.KEEP_REGISTER, at):
        require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    member = Member.objects.get(pk=member_id)
    today = local_day(at, cooperative().tz)
    if not today - BACK <= wanted.day <= today:
        raise errors.NotThatDay(wanted.day, today - BACK, today)
    if not member.is_on_register(wanted.day):
        raise errors.NotAMember(member.name, wanted.day)
    rules = rules_of(wanted.day)
    if not 1 <= wanted.shares <= MOST_SHARES:
        raise errors.SharesOutOfRange(MOST_SHARES)
    if wanted.basis != Basis.RESOLUTION and position_of(member.pk).shares:
        raise errors.HoldsSharesAlready(member.name)
    resolution = _resolution(wanted)
    cents = wanted.shares * rules.value
    first, instalments = _terms(wanted, cents, rules)
    made = Subscription.objects.create(
        member=member,
        basis=wanted.basis,
        resolution=resolution,
        day=wanted.day,
        shares=wanted.shares,
        value=rules.value,
        cents=cents,
        first_cents=first,
        instalments=instalments,
        salt=secrets.token_hex(16),
        at=at,
        by_id=by.signature,
    )
    WayChosen.objects.create(subscription=made, way=wanted.way, at=at, by_id=by.signature)
    facts = {"member": member.number, "name": member.name, "shares": made.shares, "subscription": made.pk}
    facts |= {
        "day": made.day.isoformat(),
        "basis": made.basis,
        "resolution": str(resolution or ""),
        "seal": of_plan(made),
    }
    write(Act.SHARES_SUBSCRIBED, by=by, at=at, facts=facts)
    Member.objects.filter(pk=member.pk).update(shares_subscribed=member.shares_subscribed + made.shares)
    return made


def rules_of(day: date) -> ShareRules:
    """Raises NoStatuteThen."""
    try:
        return rules_on(day)
    except StatuteVersion.DoesNotExist:
        raise errors.NoStatuteThen(day) from None


def _resolution(wanted: Wanted) -> Resolution | None:
    if wanted.basis != Basis.RESOLUTION:
        return None
    found = Resolution.objects.filter(pk=wanted.resolution_id or 0).first()
    if found is None:
        raise errors.ResolutionMissing
    if found.matter not in SUBSCRIBED_BY:
        raise WrongMatter(str(found), str(found.get_matter_display()))
    return found


def _terms(wanted: Wanted, cents: int, rules: ShareRules) -> tuple[int, int]:
    """Cents of the first payment and how many months follow it."""
    most = rules.years_to_pay * MONTHS
    instalments = most if wanted.instalments is None else wanted.instalments
    if not 0 <= instalments <= most:
        raise errors.TooManyInstalments(most, rules.source)
    least = cents if not instalments else first_payment(cents, rules.first_payment)
    first = least if wanted.first is None else wanted.first
    if not least <= first <= cents:
        raise errors.FirstPaymentOutOfRange(least, cents, rules.source)
    return first, 0 if first == cents else instalments


@transaction.atomic
def choose_way(*, subscription_id: int, way: Way, by: Actor, at: datetime) -> WayChosen:
    """How its instalments are paid from now on: the member's own choice, or whoever keeps the accounts.

    Raises WrongWay. The same again changes nothing.
    """
    one = Subscription.objects.select_related("member").get(pk=subscription_id)
    if one.member_id != by.member_id and not may(by, Power.KEEP_ACCOUNTS, at):
        raise errors.WrongWay
    wait_turn()
    last = one.ways.last()
    if last is not None and last.way == way:
        return last
    return WayChosen.objects.create(subscription=one, way=way, at=at, by_id=by.signature)


def to_open(day: date) -> list[Member]:
    """Members on the register that day whose shares the register has and these books do not."""
    held = Member.objects.on_register(day).exclude(subscriptions__isnull=False)
    return [one for one in held if one.shares_subscribed or one.shares_paid_in]


@transaction.atomic
def open_balances(
    *, by: Actor, at: datetime, way: Way = Way.DESK, members: Collection[Member] | None = None
) -> list[Subscription]:
    """Takes what the register says into the books, once for each member: shares, and what is paid in.

    What is not paid yet falls due in monthly parts from today over the years that the statute gives: what was
    agreed on paper nobody wrote here, and nobody loses the vote by it. Raises NothingToOpen or NoStatuteThen.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    wait_turn()
    day = local_day(at, cooperative().tz)
    rules = rules_of(day)
    found = to_open(day) if members is None else list(members)
    if not found:
        raise errors.NothingToOpen
    made = [_opening(member, rules, day, at, by) for member in found]
    Subscription.objects.bulk_create(made)
    WayChosen.objects.bulk_create(
        WayChosen(subscription=one, way=way, at=at, by_id=by.signature) for one in made
    )
    paid = [one for one in made if one.first_cents]
    entry = _opened(paid, day, by, at) if paid else None
    facts: dict[str, object] = {"members": len(made), "shares": sum(one.shares for one in made)}
    facts |= {"cents": sum(one.first_cents for one in paid), "opening": True, "plans": of_plans(made)}
    write(Act.SHARES_SUBSCRIBED, by=by, at=at, facts=facts | ({"entry": entry.pk} if entry else {}))
    return made


def _opening(member: Member, rules: ShareRules, day: date, at: datetime, by: Actor) -> Subscription:
    """`first_cents` is what is paid in already."""
    shares = max(member.shares_subscribed, ceil(Fraction(member.shares_paid_in)))
    cents, paid = shares * rules.value, cents_of(member.shares_paid_in, rules.value)
    return Subscription(
        member=member,
        basis=Basis.OPENING,
        day=day,
        shares=shares,
        value=rules.value,
        cents=cents,
        first_cents=min(paid, cents),
        instalments=0 if paid >= cents else max(1, rules.years_to_pay * MONTHS),
        salt=secrets.token_hex(16),
        at=at,
        by_id=by.signature,
    )


def _opened(paid: Collection[Subscription], day: date, by: Actor, at: datetime) -> Entry:
    with translation.override(cooperative().language):
        memo = _("Cuotas sociales integradas antes de estas cuentas")
    lines = [Posting(chart.opening(), sum(one.first_cents for one in paid))]
    lines += [Posting(chart.capital(one.member.number, one.member.name), -one.first_cents) for one in paid]
    entry = post(
        key=f"shares:opening:{min(one.member.number for one in paid)}",
        day=day,
        memo=memo,
        postings=lines,
        by=by,
        at=at,
    )
    Payment.objects.bulk_create(
        Payment(
            member=one.member,
            came=CameIn.OPENING,
            day=day,
            cents=one.first_cents,
            entry=entry,
            at=at,
            by_id=by.signature,
        )
        for one in paid
    )
    return entry


def of_member(member_id: int) -> list[Subscription]:
    """All that the member ever subscribed, each with its `way` and its resolution."""
    last = WayChosen.objects.filter(subscription=OuterRef("pk")).order_by("-pk").values("way")[:1]
    held = Subscription.objects.filter(member_id=member_id).select_related("resolution")
    return list(held.annotate(way=Subquery(last)))
