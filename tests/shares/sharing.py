"""The treasurer's drawer of shares, so that tests read as sentences."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from coop.members.models import Member
from coop.shares.domain import paying, refunds, subscribing
from coop.shares.domain.subscribing import Wanted
from coop.shares.enums import Basis, Way
from coop.shares.models import Payment, RefundPayment, RefundRequest, Subscription
from coop.statute.domain import adopt
from coop.statute.models import Matter, Resolution

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
VALUE = 100_000
CBU = "2850590940090418135201"
OTHER = "0110599520000001235579"
CVU = "0000003110001000000004"


def resolution(
    by: Member,
    title: str = "Aporte de capital",
    at: datetime = NOW,
    matter: Matter = Matter.ORDINARY_DECISION,
) -> Resolution:
    return adopt(
        matter=matter,
        title=title,
        text="",
        adopted_by="Asamblea de trabajo",
        tally={"yes": 5, "no": 0, "abstain": 0},
        by=by.actor,
        at=at,
    )


@dataclass
class Drawer:
    """A test names only what it is about."""

    treasurer: Member
    at: datetime = NOW
    receipts: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def today(self) -> date:
        return self.at.date()

    def later(self, **delta: int) -> "Drawer":
        return Drawer(self.treasurer, self.at + timedelta(**delta), self.receipts)

    def on(self, day: date) -> "Drawer":
        return Drawer(self.treasurer, datetime(day.year, day.month, day.day, 15, tzinfo=UTC), self.receipts)

    def subscribe(
        self, member: Member, shares: int = 100, way: Way = Way.DESK, **wanted: Any
    ) -> Subscription:
        day, basis = wanted.pop("day", self.today), Basis.ADMISSION
        if Subscription.objects.filter(member=member).exists():
            basis = Basis.RESOLUTION
            wanted.setdefault("resolution_id", resolution(self.treasurer, at=self.at).pk)
        asked = Wanted(shares, day, basis, way, **wanted)
        return subscribing.subscribe(member_id=member.pk, wanted=asked, by=self.treasurer.actor, at=self.at)

    def pay(self, member: Member, cents: int, receipt: str = "", day: date | None = None) -> Payment:
        return paying.pay_at_desk(
            member_id=member.pk,
            cents=cents,
            receipt=receipt or f"A-{next(self.receipts)}",
            day=day or self.today,
            by=self.treasurer.actor,
            at=self.at,
        )

    def whole(self, member: Member, shares: int = 100) -> Subscription:
        """Subscribed and paid in at once."""
        made = self.subscribe(member, shares, instalments=0)
        self.pay(member, made.cents)
        return made

    def leaves(self, member: Member, day: date | None = None) -> Member:
        Member.objects.filter(pk=member.pk).update(left_on=day or self.today, leaving_reason="Renuncia")
        member.refresh_from_db()
        return member

    def ask(self, member: Member, day: date | None = None) -> RefundRequest:
        return refunds.request_refund(
            member_id=member.pk, asked_on=day or self.today, by=self.treasurer.actor, at=self.at
        )

    def refund(self, request: RefundRequest, cents: int, receipt: str = "") -> RefundPayment:
        return refunds.pay_refund(
            request_id=request.pk,
            cents=cents,
            receipt=receipt or f"R-{next(self.receipts)}",
            day=self.today,
            by=self.treasurer.actor,
            at=self.at,
        )
