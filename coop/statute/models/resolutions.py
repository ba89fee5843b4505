"""The decisions that were adopted."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger


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


class Resolution(models.Model):
    """An adopted decision, numbered without gaps within its year, with the proposal it adopted, if any."""

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

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
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
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
