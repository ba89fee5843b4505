"""Shares of the demonstration cooperative: what the register said, a queue of refunds, somebody new."""

from datetime import datetime, timedelta

from coop.common.time import local_day
from coop.members.models import Member
from coop.powers import Actor
from coop.shares.domain.refunds import pay_refund, payable, request_refund, waiting
from coop.shares.domain.subscribing import open_balances
from coop.shares.enums import Way
from coop.shares.models import Subscription
from coop.statute.domain import cooperative

QUEUE = 3


def load(treasurer: Actor, at: datetime) -> None:
    """Nothing is added where there is a subscription. `treasurer` keeps the accounts at `at`."""
    if Subscription.objects.exists():
        return
    open_balances(by=treasurer, at=at, way=Way.DESK)
    day = local_day(at, cooperative().tz)
    left = Member.objects.filter(left_on__lte=day, shares_paid_in__gt=0).order_by("-left_on")[:QUEUE]
    for hours, one in enumerate(sorted(left, key=lambda one: (one.left_on, one.number)), start=1):
        when = at + timedelta(hours=hours)
        request_refund(member_id=one.pk, asked_on=day, by=treasurer, at=when)
    gets = payable(day)
    for asked, _left in waiting()[:1]:
        if cents := gets.get(asked.pk, 0):
            pay_refund(
                request_id=asked.pk,
                cents=cents,
                receipt="0001-00000001",
                day=day,
                by=treasurer,
                at=at + timedelta(hours=QUEUE + 1),
            )
