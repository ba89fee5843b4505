"""Shares that were subscribed, and the money paid in for them. Nothing here ever changes."""

from collections.abc import Iterable

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from coop.common.triggers import Protect, Trigger
from coop.ledger.models import Entry
from coop.members.models import Member
from coop.shares.enums import Basis, CameIn, Way
from coop.statute.models import Matter, Resolution

MOST_INSTALMENTS = 600
# What decides that somebody subscribes more: a day's work of the assembly, or the council's on a member.
SUBSCRIBED_BY = (Matter.ORDINARY_DECISION, Matter.MEMBERSHIP)

# What one member has subscribed, and has paid in, that no request for a refund has closed; cents.
HELD = """
    SELECT (SELECT COALESCE(sum(s.cents), 0) FROM shares_subscription s WHERE s.member_id = {who})
           - COALESCE(sum(r.subscribed_cents), 0),
           (SELECT COALESCE(sum(p.cents), 0) FROM shares_payment p WHERE p.member_id = {who})
           - COALESCE(sum(r.paid_cents), 0)
      INTO subscribed, paid FROM shares_refundrequest r WHERE r.member_id = {who};
"""
# Two that pay in for one member at once would each not see the other's row.
ONE_AT_A_TIME = (
    "PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.shares'), NEW.member_id::integer);"
)


def matters(allowed: Iterable[Matter]) -> str:
    """For SQL: the values between quotes."""
    return ", ".join(f"'{matter.value}'" for matter in allowed)


class Subscription(models.Model):
    """So many shares, at the value the statute gave them that day; cents.

    `first_cents` are due on `day`, the rest in so many monthly `instalments` after it.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="subscriptions")
    basis = models.CharField(max_length=10, choices=Basis)
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, related_name="subscriptions"
    )
    day = models.DateField()
    shares = models.PositiveIntegerField()
    value = models.PositiveBigIntegerField()
    cents = models.PositiveBigIntegerField()
    first_cents = models.PositiveBigIntegerField()
    instalments = models.PositiveIntegerField()
    salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(basis=Basis.OPENING), name="shares_open_once_for_each_member"
            ),
            models.CheckConstraint(
                name="subscription_is_shares_at_their_value",
                condition=Q(cents=F("shares") * F("value"), shares__gte=1, value__gte=1),
            ),
            models.CheckConstraint(
                name="subscription_is_paid_by_its_plan",
                condition=Q(first_cents=F("cents"), instalments=0)
                | Q(first_cents__lt=F("cents"), instalments__range=(1, MOST_INSTALMENTS)),
            ),
            models.CheckConstraint(
                name="subscription_cites_its_resolution",
                condition=Q(basis=Basis.RESOLUTION, resolution__isnull=False)
                | Q(basis__in=[Basis.OPENING, Basis.ADMISSION], resolution__isnull=True),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="rests_on_the_right_matter",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__resolution_id__isnull=False),
                func=f"""
                    IF NOT EXISTS (
                        SELECT FROM statute_resolution r
                         WHERE r.id = NEW.resolution_id AND r.matter IN ({matters(SUBSCRIBED_BY)})
                    ) THEN
                        RAISE EXCEPTION 'nobody subscribes by a resolution of that matter'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shares} of {self.member_id}"


class WayChosen(models.Model):
    """How the instalments of a subscription are paid from then on; the last one holds."""

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="ways")
    way = models.CharField(max_length=10, choices=Way)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="way_of_paying_is_known", condition=Q(way__in=Way.values)),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.way}"


class Payment(models.Model):
    """Money paid in, in cents, and the entry of the ledger that says so. One taken back is a row below zero.

    `receipt` is the number of the paper that was given at the desk: the second key of what the treasurer
    writes down.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="share_payments")
    came = models.CharField(max_length=10, choices=CameIn)
    day = models.DateField()
    cents = models.BigIntegerField()
    receipt = models.CharField(max_length=20, blank=True, default="")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="share_payments")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "member"], name="share_payment_once_in_an_entry"),
            models.UniqueConstraint(
                Upper("receipt"), condition=~Q(receipt="") & Q(cents__gt=0), name="share_receipt_given_once"
            ),
            models.CheckConstraint(
                name="share_payment_says_how_it_came",
                condition=Q(came=CameIn.DESK) & ~Q(receipt="")
                | Q(came__in=[CameIn.OPENING, CameIn.PAY], receipt="", reverses__isnull=True),
            ),
            models.CheckConstraint(
                name="share_payment_takes_back_another_or_pays",
                condition=Q(reverses__isnull=True, cents__gt=0) | Q(reverses__isnull=False, cents__lt=0),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="is_posted_and_fits",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("subscribed", "numeric"), ("paid", "numeric"), ("posted", "numeric")],
                func=f"""
                    {ONE_AT_A_TIME}
                    SELECT -COALESCE(sum(l.cents), 0) INTO posted
                      FROM ledger_line l
                      JOIN ledger_account a ON a.id = l.account_id
                      JOIN members_member m ON a.code = '3.3.' || m.number
                     WHERE l.entry_id = NEW.entry_id AND m.id = NEW.member_id;
                    IF posted IS DISTINCT FROM NEW.cents THEN
                        RAISE EXCEPTION 'share payment %: its entry posts % and not %', NEW.id, posted,
                              NEW.cents USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM shares_payment o
                         WHERE o.id = NEW.reverses_id AND o.member_id = NEW.member_id AND o.cents = -NEW.cents
                           AND o.came = NEW.came
                    ) THEN
                        RAISE EXCEPTION 'share payment %: it does not take back the other exactly', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    {HELD.format(who="NEW.member_id")}
                    IF paid < 0 OR paid > subscribed THEN
                        RAISE EXCEPTION 'member % has % paid in of % subscribed', NEW.member_id, paid,
                              subscribed USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} of {self.member_id}"
