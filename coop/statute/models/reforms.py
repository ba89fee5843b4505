"""A reform on the council's desk, and a reform that was presented: sealed, for the assembly to decide."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.statute.proposals import Proposal

KIND = "statute_reform"


class StatuteDraft(models.Model):
    """A whole document that the council is still writing, and the version it was begun from.

    `holds_from`: no earlier than that; None for the day after its adoption.
    """

    app_may_update = ("title", "why", "holds_from", "document", "edited_at", "edited_by", "turn")
    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    base = models.ForeignKey("statute.StatuteVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    holds_from = models.DateField(null=True)
    document = models.JSONField()
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=200)
    edited_at = models.DateTimeField()
    edited_by = models.CharField(max_length=200)
    # Counts the saves: who saves says which one they read, so that of two writers nobody loses a word.
    turn = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-edited_at"]

    def __str__(self) -> str:
        return self.title


class StatuteReform(models.Model):
    """Frozen when it was presented. `facts` is what the assembly votes on, `sha256` its seal."""

    base = models.ForeignKey("statute.StatuteVersion", on_delete=models.PROTECT, related_name="reforms")
    title = models.CharField(max_length=120)
    holds_from = models.DateField(null=True)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    presented_at = models.DateTimeField()
    presented_number = models.PositiveIntegerField(null=True)
    presented_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="statute_reform_presented_once"),
            models.CheckConstraint(
                name="statute_reform_is_sealed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="is_what_it_seals",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.facts->'title' IS DISTINCT FROM to_jsonb(NEW.title)
                       OR NEW.facts->>'holds_from' IS DISTINCT FROM NEW.holds_from::text
                       OR NOT EXISTS (
                           SELECT FROM statute_statuteversion v
                            WHERE v.id = NEW.base_id AND v.sha256 = NEW.facts->'base'->>'sha256'
                       )
                    THEN
                        RAISE EXCEPTION 'a reform has the title, the day and the base that it seals';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def proposal(self) -> Proposal:
        return Proposal(kind=KIND, id=self.pk, sha256=self.sha256, facts=self.facts)

    @property
    def code(self) -> str:
        """The first twelve characters of the control code."""
        return self.sha256[:12]
