"""Handing a seat over: its list, what each side said of every line, and the signatures."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.council.enums_handover import NEEDS_NOTE, SAYS, ItemKind, Said, Side
from coop.council.models.seats import Seat
from coop.council.models.terms import Term
from coop.members.models import Member

APPEND_ONLY = pgtrigger.Update | pgtrigger.Delete


class Checklist(models.Model):
    """What is handed over with a seat, as the council keeps it: the seat's latest row holds.

    `items` is a list of `{"kind": ItemKind, "text": str}`.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="checklists")
    items = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        triggers = [Protect(name="append_only", operation=APPEND_ONLY)]

    def __str__(self) -> str:
        return f"{self.seat} {self.at}"


class Handover(models.Model):
    """One for each term that ended. `incoming` is who took the seat next, as soon as somebody has.

    Without `outgoing` it is the council that hands over what it had taken in for an empty seat.
    """

    app_may_update = ("incoming_id",)

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="handovers")
    outgoing = models.OneToOneField(Term, on_delete=models.PROTECT, null=True, related_name="handover_out")
    incoming = models.OneToOneField(Term, on_delete=models.PROTECT, null=True, related_name="handover_in")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="handover_has_somebody",
                condition=Q(outgoing__isnull=False) | Q(incoming__isnull=False),
            )
        ]
        triggers = [
            Protect(name="history", operation=pgtrigger.Delete),
            Trigger(
                name="follows_its_terms",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("gone", "record"), ("come", "record")],
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF (NEW.id, NEW.seat_id, NEW.outgoing_id, NEW.opened_at)
                               IS DISTINCT FROM (OLD.id, OLD.seat_id, OLD.outgoing_id, OLD.opened_at)
                           OR NEW.incoming_id IS NULL THEN
                            RAISE EXCEPTION 'of a handover only who comes next is written later';
                        END IF;
                        IF EXISTS (SELECT FROM council_handoversignature WHERE handover_id = NEW.id) THEN
                            RAISE EXCEPTION 'a handover that somebody signed does not change';
                        END IF;
                    END IF;
                    SELECT * INTO gone FROM council_term WHERE id = NEW.outgoing_id;
                    SELECT * INTO come FROM council_term WHERE id = NEW.incoming_id;
                    IF gone.seat_id <> NEW.seat_id OR come.seat_id <> NEW.seat_id
                       OR lower(come.during) < upper(gone.during) THEN
                        RAISE EXCEPTION 'a seat is handed over by who held it to who holds it next';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.opened_at}"


# A line or a word is written while nobody has signed; who signs waits for who writes, and the other way.
_UNSIGNED = """
    PERFORM FROM council_handover WHERE id = {handover} FOR SHARE;
    IF EXISTS (SELECT FROM council_handoversignature WHERE handover_id = {handover}) THEN
        RAISE EXCEPTION 'a handover that somebody signed does not change';
    END IF;
"""
_HANDED = "SELECT handover_id INTO handed FROM council_handoveritem WHERE id = NEW.item_id;"


class HandoverItem(models.Model):
    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ItemKind)
    text = models.CharField(max_length=200)
    # Nobody: it came with the seat's list.
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "position"], name="handover_item_has_its_place"),
            models.CheckConstraint(
                name="handover_item_says_what", condition=Q(kind__in=ItemKind.values) & ~Q(text="")
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=APPEND_ONLY),
            Trigger(
                name="before_the_signatures",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_UNSIGNED.format(handover="NEW.handover_id") + "RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class HandoverMark(models.Model):
    """What one side said of a line; the latest of each side holds."""

    item = models.ForeignKey(HandoverItem, on_delete=models.PROTECT, related_name="marks")
    side = models.CharField(max_length=10, choices=Side)
    said = models.CharField(max_length=10, choices=Said)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="handover_mark_is_of_its_side",
                condition=Q(side=Side.OUT, said__in=SAYS[Side.OUT]) | Q(side=Side.IN, said__in=SAYS[Side.IN]),
            ),
            models.CheckConstraint(
                name="handover_mark_says_why",
                condition=~Q(said__in=sorted(NEEDS_NOTE)) | ~Q(note=""),
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=APPEND_ONLY),
            Trigger(
                name="by_its_own_side",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("handed", "bigint"), ("gone", "bigint"), ("come", "bigint")],
                func="".join(
                    (
                        _HANDED,
                        _UNSIGNED.format(handover="handed"),
                        """
                    SELECT o.member_id, i.member_id INTO gone, come
                      FROM council_handover h
                      LEFT JOIN council_term o ON o.id = h.outgoing_id
                      LEFT JOIN council_term i ON i.id = h.incoming_id
                     WHERE h.id = handed;
                    IF NEW.side = 'out' AND NEW.by_id IS DISTINCT FROM gone
                       OR NEW.side = 'in' AND NEW.by_id <> COALESCE(come, NEW.by_id)
                       OR NEW.side = 'in' AND NEW.by_id = gone THEN
                        RAISE EXCEPTION 'each side of a handover speaks for itself';
                    END IF;
                    RETURN NEW;
                """,
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.said}"


class HandoverSignature(models.Model):
    """`sha256` is the seal of what was signed (`coop.council.handover.facts`): the same for all who sign.

    A witness signs where whoever hands over cannot, or does not come.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "side"], name="handover_signed_once_a_side"),
            models.UniqueConstraint(fields=["handover", "by"], name="handover_signed_once_each"),
            models.CheckConstraint(
                name="handover_signature_seals",
                condition=Q(side__in=Side.values) & Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=APPEND_ONLY),
            Trigger(
                name="by_whom_it_is",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("gone", "bigint"), ("come", "bigint")],
                func="""
                    PERFORM FROM council_handover WHERE id = NEW.handover_id FOR UPDATE;
                    SELECT o.member_id, i.member_id INTO gone, come
                      FROM council_handover h
                      LEFT JOIN council_term o ON o.id = h.outgoing_id
                      LEFT JOIN council_term i ON i.id = h.incoming_id
                     WHERE h.id = NEW.handover_id;
                    IF NEW.side = 'out' AND NEW.by_id IS DISTINCT FROM gone
                       OR NEW.side = 'in' AND NEW.by_id <> COALESCE(come, NEW.by_id)
                       OR NEW.side <> 'out' AND NEW.by_id = gone
                       OR NEW.side = 'witness' AND NEW.by_id = come THEN
                        RAISE EXCEPTION 'a handover is signed by its two sides, or a third';
                    END IF;
                    IF EXISTS (
                        SELECT FROM council_handoversignature s
                         WHERE s.handover_id = NEW.handover_id
                           AND (s.sha256 <> NEW.sha256 OR (s.side, NEW.side) IN (
                                ('out', 'witness'), ('witness', 'out')))
                    ) THEN
                        RAISE EXCEPTION 'all who sign a handover sign the same';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover} {self.side}"
