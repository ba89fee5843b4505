"""The decisions that were adopted."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger
from coop.statute.words_index import Vector


class Matter(models.TextChoices):
    """What a motion is about: the matter decides which majority carries it."""

    ORDINARY_DECISION = "ordinary_decision", _("decisión de trabajo")
    PAY_UNIT = "pay_unit", _("valor de la hora")
    SURPLUS_DISTRIBUTION = "surplus_distribution", _("reparto del excedente")
    STATUTE_REFORM = "statute_reform", _("reforma del estatuto")
    MEMBERSHIP = "membership", _("ingresos, sanciones y bajas de asociados/as")
    EXCLUSION_APPEAL = "exclusion_appeal", _("apelación de una sanción")
    ELECTION = "election", _("elección de autoridades")
    RECALL = "recall", _("revocación del mandato")
    ANNUAL_REPORT = "annual_report", _("memoria y balance")
    COUNCIL_PAY = "council_pay", _("retribución del consejo")
    OBJECT_CHANGE = "object_change", _("cambio del objeto social")
    MERGER = "merger", _("fusión o incorporación")
    DISSOLUTION = "dissolution", _("disolución")


class Source(models.TextChoices):
    """How a resolution came in."""

    ASSEMBLY = "assembly", _("votada acá en asamblea")
    PAPER = "paper", _("del libro de papel")


class Resolution(models.Model):
    """An adopted decision, numbered without gaps within its year, with the proposal it adopted, if any.

    Of the paper book only the day is known: `adopted_at` is that day's noon where the cooperative is, and
    `paper` the confirmed line it was entered by, with who entered and who confirmed it. `words` is what a
    search looks through.
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    adopted_at = models.DateTimeField()
    matter = models.CharField(max_length=40, choices=Matter)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    adopted_by = models.CharField(max_length=200)
    tally = models.JSONField()
    proposal_kind = models.CharField(max_length=40, blank=True)
    proposal_id = models.PositiveBigIntegerField(null=True)
    proposal_sha256 = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.ASSEMBLY)
    paper = models.OneToOneField(
        "statute.BookLine", on_delete=models.PROTECT, null=True, related_name="resolution"
    )
    words = models.GeneratedField(
        expression=Vector("title", "text", "adopted_by"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [GinIndex(fields=["words"], name="resolution_words")]
        constraints = [
            models.CheckConstraint(
                name="resolution_of_the_paper_book_names_its_line",
                condition=models.Q(source=Source.PAPER, paper__isnull=False)
                | models.Q(source=Source.ASSEMBLY, paper__isnull=True),
            ),
            models.UniqueConstraint(fields=["year", "number"], name="resolution_numbered_once"),
            models.CheckConstraint(
                name="resolution_names_its_proposal_whole",
                condition=models.Q(proposal_kind="", proposal_id__isnull=True, proposal_sha256="")
                | models.Q(proposal_id__isnull=False, proposal_sha256__regex=r"^[0-9a-f]{64}$")
                & ~models.Q(proposal_kind=""),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="numbered_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "integer")],
                func="""
                    SELECT max(number) INTO last FROM statute_resolution WHERE year = NEW.year;
                    IF NEW.number <> COALESCE(last, 0) + 1 THEN
                        RAISE EXCEPTION 'resolution %/% does not follow', NEW.number, NEW.year;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="says_what_was_confirmed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__paper__isnull=False),
                declare=[("zone_here", "text")],
                func="""
                    SELECT zone INTO zone_here FROM statute_cooperative;
                    IF NOT EXISTS (
                        SELECT FROM statute_bookline l
                         WHERE l.id = NEW.paper_id AND l.state = 'confirmed' AND l.matter = NEW.matter
                           AND l.title = NEW.title AND l.text = NEW.text AND l.adopted_by = NEW.adopted_by
                           AND l.proposal_kind = NEW.proposal_kind
                           AND l.proposal_id IS NOT DISTINCT FROM NEW.proposal_id
                           AND l.proposal_sha256 = NEW.proposal_sha256
                           AND l.day = (NEW.adopted_at AT TIME ZONE zone_here)::date
                    ) THEN
                        RAISE EXCEPTION 'resolution %/% is not what a second person confirmed',
                            NEW.number, NEW.year;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def is_paper(self) -> bool:
        return self.source == Source.PAPER
