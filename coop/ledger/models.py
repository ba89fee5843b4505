"""Money that has moved: accounts, entries, lines. Nothing here ever changes; a mistake gets a new entry."""

from datetime import UTC, date, datetime

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.ledger.enums import AccountKind
from coop.statute.models import Resolution


class Account(models.Model):
    """Opened on first use. `holder` is the number of the member whose account it is, if anybody's."""

    code = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=AccountKind)
    name = models.CharField(max_length=200)
    holder = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["holder"], name="account_holder", condition=Q(holder__isnull=False))]
        constraints = [
            models.CheckConstraint(name="account_kind_is_known", condition=Q(kind__in=AccountKind.values)),
            models.CheckConstraint(name="account_has_code_and_name", condition=~Q(code="") & ~Q(name="")),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Entry(models.Model):
    """One posting, whole or not at all. `key` makes it once, `day` is the day it counts for.

    `size` is how many lines it has: they fill the places 1 to `size`. So an entry that was found whole in
    the middle of its transaction (SET CONSTRAINTS … IMMEDIATE) has no place left for one more line.
    """

    key = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()
    day = models.DateField()
    memo = models.CharField(max_length=200)
    by_number = models.PositiveIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="entries")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    size = models.PositiveIntegerField()
    # The transaction that posts the entry, set by the database: its lines are written in that one or never.
    opened_in = models.BigIntegerField(editable=False, default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="entry_has_two_lines_or_more", condition=Q(size__gte=2)),
            models.CheckConstraint(name="entry_has_a_key", condition=~Q(key="")),
            # PostgreSQL has days that no calendar has ("infinity"): a page that met one would break for ever.
            models.CheckConstraint(
                name="entry_is_of_a_day",
                condition=Q(day__range=(date(1900, 1, 1), date(2199, 12, 31)))
                & Q(at__range=(datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))),
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="begins",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM ledger_entry e WHERE e.id = NEW.reverses_id AND e.reverses_id IS NULL
                    ) THEN
                        RAISE EXCEPTION 'entry %: only a posted entry that reverses none is reversed', NEW.id;
                    END IF;
                    NEW.opened_in := pg_current_xact_id()::text::bigint;
                    RETURN NEW;
                """,
            ),
            # Once for the entry, at the end of its transaction: once for each line would be quadratic.
            Trigger(
                name="balances",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("counted", "bigint"), ("total", "numeric")],
                func="""
                    SELECT count(*), COALESCE(sum(l.cents), 0) INTO counted, total
                      FROM ledger_line l WHERE l.entry_id = NEW.id;
                    IF counted <> NEW.size THEN
                        RAISE EXCEPTION 'entry % has % of its % lines', NEW.id, counted, NEW.size
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF total <> 0 THEN
                        RAISE EXCEPTION 'entry % does not balance: % cents', NEW.id, total
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.reverses_id IS NOT NULL AND EXISTS (
                        SELECT FROM ledger_line l WHERE l.entry_id IN (NEW.id, NEW.reverses_id)
                         GROUP BY l.account_id HAVING sum(l.cents) <> 0
                    ) THEN
                        RAISE EXCEPTION 'entry % is not the exact reverse of entry %', NEW.id, NEW.reverses_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.memo}"


class Line(models.Model):
    """`cents` are a debit when positive, a credit when negative; never zero."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lines", db_index=False)
    cents = models.BigIntegerField()
    memo = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["entry", "position"]
        indexes = [models.Index(fields=["account", "id"], name="line_of_an_account")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="line_has_a_place_of_its_own"),
            models.CheckConstraint(name="line_moves_something", condition=~Q(cents=0)),
            models.CheckConstraint(name="line_places_begin_at_one", condition=Q(position__gte=1)),
        ]
        triggers = [
            Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="joins_its_own_transaction",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("posted_in", "bigint"), ("places", "integer")],
                func="""
                    SELECT e.opened_in, e.size INTO posted_in, places
                      FROM ledger_entry e WHERE e.id = NEW.entry_id;
                    IF posted_in IS DISTINCT FROM pg_current_xact_id()::text::bigint THEN
                        RAISE EXCEPTION 'entry % is posted: no line joins it', NEW.entry_id;
                    END IF;
                    IF NEW.position > places THEN
                        RAISE EXCEPTION 'entry % has % lines and no place for another', NEW.entry_id, places;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents} in {self.account_id}"
