"""Where each one's pay goes: changes of account that two people confirm, and how the pay is split."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from coop.shares.enums import ChangeState, Method

CBU = r"^[0-9]{22}$"


class BankChange(models.Model):
    """Another account for a member: it holds once the member and a second person have confirmed it.

    `old` and `new` are CBU or CVU of 22 digits; `old` is empty for who had none.
    """

    app_may_update = (
        *("state", "own_at", "second_at", "second_by_id", "dropped_at", "dropped_by_id", "dropped_why"),
    )

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="bank_changes")
    old = models.CharField(max_length=22, blank=True)
    new = models.CharField(max_length=22)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.WAITING)
    asked_at = models.DateTimeField()
    salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    own_at = models.DateTimeField(null=True)
    second_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(state=ChangeState.WAITING), name="bank_change_one_at_a_time"
            ),
            models.CheckConstraint(
                name="bank_account_has_22_digits",
                condition=Q(new__regex=CBU, old__regex=r"^([0-9]{22})?$") & ~Q(new=F("old")),
            ),
            models.CheckConstraint(
                name="bank_change_has_a_second_person",
                condition=Q(second_by__isnull=True, second_at__isnull=True)
                | Q(second_at__isnull=False) & ~Q(second_by=F("member")) & ~Q(second_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="bank_change_is_confirmed_by_both",
                condition=Q(
                    state=ChangeState.DONE,
                    own_at__isnull=False,
                    second_by__isnull=False,
                    dropped_at__isnull=True,
                    dropped_by__isnull=True,
                )
                | Q(state=ChangeState.WAITING, dropped_at__isnull=True, dropped_by__isnull=True)
                & (Q(own_at__isnull=True) | Q(second_by__isnull=True))
                | Q(state=ChangeState.DROPPED, dropped_at__isnull=False, dropped_by__isnull=False)
                & ~Q(dropped_why=""),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["done", "dropped"]),
            ),
            Trigger(
                name="confirmed_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("decides", "text[]")],
                func="""
                    decides := ARRAY['state', 'own_at', 'second_at', 'second_by_id', 'dropped_at',
                                     'dropped_by_id', 'dropped_why'];
                    IF to_jsonb(NEW) - decides IS DISTINCT FROM to_jsonb(OLD) - decides
                       OR OLD.own_at IS NOT NULL AND NEW.own_at IS DISTINCT FROM OLD.own_at
                       OR OLD.second_by_id IS NOT NULL
                          AND (NEW.second_by_id, NEW.second_at)
                              IS DISTINCT FROM (OLD.second_by_id, OLD.second_at)
                    THEN
                        RAISE EXCEPTION 'bank change %: what was asked and confirmed stays', OLD.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="begins_waiting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'waiting' OR NEW.second_by_id IS NOT NULL
                       OR NEW.own_at IS NOT NULL AND NEW.asked_by_id <> NEW.member_id
                    THEN
                        RAISE EXCEPTION 'a bank change begins waiting';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: …{self.new[-4:]}"


class PaymentMethod(models.Model):
    """How a member is paid from then on; the last holds. Of a split, `cents` or `percent` go to the bank."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="payment_methods")
    method = models.CharField(max_length=10, choices=Method)
    cents = models.PositiveBigIntegerField(null=True)
    percent = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="payment_is_split_in_one_way",
                condition=Q(method__in=[Method.BANK, Method.CASH], cents__isnull=True, percent__isnull=True)
                | Q(method=Method.SPLIT, cents__gte=1, percent__isnull=True)
                | Q(method=Method.SPLIT, cents__isnull=True, percent__range=(1, 99)),
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.method}"
