"""Getting one's shares back: a queue, and how much of it each fiscal year may pay."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from coop.common.triggers import Protect, Trigger
from coop.ledger.models import Entry
from coop.members.models import Member
from coop.shares.models.capital import HELD, ONE_AT_A_TIME, matters
from coop.statute.models import Matter, Resolution, StatuteVersion

WHOLE = 1_000_000
# Losses come out of a balance: what the assembly decided on it, or on what the year left (ET 24, 31).
LOST_BY = (Matter.ANNUAL_REPORT, Matter.SURPLUS_DISTRIBUTION)


class Loss(models.Model):
    """Of each share's nominal value, so many millionths are lost for who leaves from `holds_from` on.

    What an assembly resolved (ET 24): the last one that holds on the leaving day counts.
    """

    holds_from = models.DateField()
    millionths = models.PositiveIntegerField()
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="share_loss")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-holds_from", "-pk"]
        constraints = [
            models.CheckConstraint(name="loss_is_of_the_whole", condition=Q(millionths__lte=WHOLE)),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="rests_on_the_right_matter",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NOT EXISTS (
                        SELECT FROM statute_resolution r
                         WHERE r.id = NEW.resolution_id AND r.matter IN ({matters(LOST_BY)})
                    ) THEN
                        RAISE EXCEPTION 'no loss is set by a resolution of that matter'
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.millionths} from {self.holds_from}"


class RefundRequest(models.Model):
    """Somebody who left asks for what they paid in; cents. It closes all their shares.

    `paid_cents` less `lost_cents` is what is owed: `cents`. The queue goes by day, then by order of entry.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="refund_requests")
    left_on = models.DateField()
    asked_on = models.DateField()
    subscribed_cents = models.PositiveBigIntegerField()
    paid_cents = models.PositiveBigIntegerField()
    lost_cents = models.PositiveBigIntegerField()
    cents = models.PositiveBigIntegerField()
    loss = models.ForeignKey(Loss, on_delete=models.PROTECT, null=True, related_name="requests")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="refund_request")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="refund_is_what_was_paid_less_what_was_lost",
                condition=Q(cents=F("paid_cents") - F("lost_cents"), paid_cents__gte=1),
            ),
            models.CheckConstraint(
                name="refund_is_asked_after_leaving", condition=Q(asked_on__gte=F("left_on"))
            ),
            models.CheckConstraint(
                name="refund_loses_by_resolution", condition=Q(lost_cents=0) | Q(loss__isnull=False)
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="closes_what_there_is",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("subscribed", "numeric"), ("paid", "numeric"), ("posted", "numeric[]")],
                func=f"""
                    {ONE_AT_A_TIME}
                    {HELD.format(who="NEW.member_id")}
                    IF subscribed <> 0 OR paid <> 0 THEN
                        RAISE EXCEPTION 'refund request %: it closes exactly what member % has', NEW.id,
                              NEW.member_id USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM members_member m WHERE m.id = NEW.member_id AND m.left_on = NEW.left_on
                    ) THEN
                        RAISE EXCEPTION 'refund request %: member % did not leave that day', NEW.id,
                              NEW.member_id USING ERRCODE = 'check_violation';
                    END IF;
                    SELECT ARRAY[COALESCE(sum(l.cents) FILTER (WHERE a.code = '3.3.' || m.number), 0),
                                 -COALESCE(sum(l.cents) FILTER (WHERE a.code = '2.4.' || m.number), 0)]
                      INTO posted
                      FROM members_member m
                      JOIN ledger_line l ON l.entry_id = NEW.entry_id
                      JOIN ledger_account a ON a.id = l.account_id
                     WHERE m.id = NEW.member_id;
                    IF posted IS DISTINCT FROM ARRAY[NEW.paid_cents, NEW.cents]::numeric[] THEN
                        RAISE EXCEPTION 'refund request %: its entry does not post it', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,  # noqa: S608
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} to {self.member_id}"


class RefundYear(models.Model):
    """How much a fiscal year may pay back: worked out once, when it pays the first.

    `year` is the one it ends in. `capital` was paid in when it began, `cap` is the statute's share of it.
    """

    year = models.PositiveSmallIntegerField(unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    capital = models.PositiveBigIntegerField()
    share = models.CharField(max_length=20)
    cap = models.PositiveBigIntegerField()
    statute = models.ForeignKey(StatuteVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="refund_year_caps_its_capital",
                condition=Q(cap__lte=F("capital"), ends_on__gt=F("starts_on")),
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.year)


class RefundPayment(models.Model):
    """Part of a request, or all of it, paid within a year's cap; cents."""

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="payments")
    year = models.ForeignKey(RefundYear, on_delete=models.PROTECT, related_name="payments")
    day = models.DateField()
    cents = models.PositiveBigIntegerField()
    receipt = models.CharField(max_length=20)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="refund_payment")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Upper("receipt"), name="refund_receipt_given_once"),
            models.CheckConstraint(name="refund_pays_something", condition=Q(cents__gte=1) & ~Q(receipt="")),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="within_the_year_in_order",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[
                    ("asked", "record"),
                    ("room", "numeric"),
                    ("owed", "numeric"),
                    ("posted", "numeric"),
                ],
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.refunds'));
                    SELECT r.id, r.asked_on, r.cents, m.number INTO asked FROM shares_refundrequest r
                      JOIN members_member m ON m.id = r.member_id WHERE r.id = NEW.request_id;
                    SELECT y.cap - (SELECT sum(p.cents) FROM shares_refundpayment p WHERE p.year_id = y.id)
                      INTO room FROM shares_refundyear y
                     WHERE y.id = NEW.year_id AND NEW.day BETWEEN y.starts_on AND y.ends_on;
                    IF room IS NULL OR room < 0 THEN
                        RAISE EXCEPTION 'refund payment %: its year does not pay that much', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    SELECT asked.cents - sum(p.cents) INTO owed
                      FROM shares_refundpayment p WHERE p.request_id = NEW.request_id;
                    IF owed < 0 THEN
                        RAISE EXCEPTION 'refund payment %: more than was asked', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    IF EXISTS (
                        SELECT FROM shares_refundrequest o
                         WHERE (o.asked_on, o.id) < (asked.asked_on, asked.id)
                           AND o.cents > (SELECT COALESCE(sum(p.cents), 0) FROM shares_refundpayment p
                                           WHERE p.request_id = o.id)
                    ) THEN
                        RAISE EXCEPTION 'refund payment %: first come, first served', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    SELECT sum(l.cents) INTO posted
                      FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id
                     WHERE l.entry_id = NEW.entry_id AND a.code = '2.4.' || asked.number;
                    IF posted IS DISTINCT FROM NEW.cents THEN
                        RAISE EXCEPTION 'refund payment %: its entry does not post it', NEW.id
                              USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} of {self.request_id}"
