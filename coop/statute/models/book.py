"""Resolutions of the paper book on their way in: entered by one person, confirmed in pages by another.

Below the register of members there is no member to point at: people stand here as on the record, by the
number that nobody else ever gets, and the name they had.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger
from coop.statute.models.resolutions import Matter

LINES_PER_PAGE = 25


class BookPage(models.Model):
    """What a second officer reads at once beside the book: at most `LINES_PER_PAGE` lines.

    `file_name` is the spreadsheet it came from, "" for lines that were typed. Entered without a number: by
    the technical administration.
    """

    entered_by_number = models.PositiveIntegerField(null=True)
    entered_by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.pk)


class LineState(models.TextChoices):
    WAITING = "waiting", _("Espera confirmación")
    RETURNED = "returned", _("Devuelta para corregir")
    CONFIRMED = "confirmed", _("Confirmada")
    DROPPED = "dropped", _("Descartada")


class BookLine(models.Model):
    """One resolution as the paper book says it. Whoever wrote it last is who entered it."""

    app_may_update = (
        *("day", "matter", "title", "text", "adopted_by", "folio", "yes", "no", "abstain"),
        *("proposal_kind", "proposal_id", "proposal_sha256", "state", "remark"),
        *("entered_by_number", "entered_by_name", "entered_at"),
        *("decided_by_number", "decided_by_name", "decided_at"),
    )

    page = models.ForeignKey(BookPage, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    day = models.DateField()
    matter = models.CharField(max_length=40, choices=Matter)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    adopted_by = models.CharField(max_length=200)
    folio = models.CharField(max_length=40, blank=True)
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    proposal_kind = models.CharField(max_length=40, blank=True)
    proposal_id = models.PositiveBigIntegerField(null=True)
    proposal_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING)
    remark = models.CharField(max_length=300, blank=True)
    entered_by_number = models.PositiveIntegerField(null=True)
    entered_by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    decided_by_number = models.PositiveIntegerField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["page", "position"]
        indexes = [
            models.Index(
                fields=["page", "position"],
                condition=Q(state__in=["waiting", "returned"]),
                name="book_line_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="book_line_has_its_place"),
            models.CheckConstraint(
                name="book_page_is_short", condition=Q(position__gte=1, position__lte=LINES_PER_PAGE)
            ),
            models.CheckConstraint(
                name="book_line_is_confirmed_by_a_second_person",
                condition=~Q(state="confirmed")
                | Q(decided_by_number__isnull=False, decided_at__isnull=False)
                & (Q(entered_by_number__isnull=True) | ~Q(entered_by_number=F("decided_by_number"))),
            ),
            models.CheckConstraint(
                name="book_line_counts_votes_whole",
                condition=Q(yes__isnull=True, no__isnull=True, abstain__isnull=True)
                | Q(yes__isnull=False, no__isnull=False, abstain__isnull=False, yes__gte=1),
            ),
            models.CheckConstraint(
                name="book_line_names_its_proposal_whole",
                condition=Q(proposal_kind="", proposal_id__isnull=True, proposal_sha256="")
                | Q(proposal_id__isnull=False, proposal_sha256__regex=r"^[0-9a-f]{64}$")
                & ~Q(proposal_kind=""),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["confirmed", "dropped"]),
            ),
            Trigger(
                name="begins_waiting",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'waiting' OR NEW.decided_by_number IS NOT NULL THEN
                        RAISE EXCEPTION 'a line of the paper book waits for a second person';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tally(self) -> dict[str, int]:
        """{} when the book does not say how it was voted."""
        if self.yes is None or self.no is None or self.abstain is None:
            return {}
        return {"yes": self.yes, "no": self.no, "abstain": self.abstain}

    @property
    def is_open(self) -> bool:
        return self.state in (LineState.WAITING, LineState.RETURNED)
