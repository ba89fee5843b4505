"""A year's surplus: how the treasurer would share it, what was put to the assembly, what it adopted."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.ledger.models import Entry
from coop.members.models import Member
from coop.statute.models import Resolution
from coop.statute.proposals import Proposal

KIND = "surplus"


class SurplusDraft(models.Model):
    """Figures on the treasurer's desk (`payroll.waterfall.Year` as JSON): nobody else has seen them yet."""

    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    data = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


class SurplusProposal(models.Model):
    """Frozen when it was presented. `facts` is what the assembly votes on, `sha256` its seal.

    `advances` on the return, in cents by member number, are no part of it: they change nobody's share, and
    what a person owes is not everybody's to read.
    """

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    advances = models.JSONField()
    drafted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="surplus_proposal_presented_once"),
            models.CheckConstraint(
                name="surplus_proposal_is_sealed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="is_of_its_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.facts->'input'->'period' IS DISTINCT FROM to_jsonb(NEW.year)
                       OR NEW.facts->'title' IS DISTINCT FROM to_jsonb(NEW.title)
                    THEN
                        RAISE EXCEPTION 'a proposal is of the year and has the title that it seals';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"

    @property
    def proposal(self) -> Proposal:
        return Proposal(kind=KIND, id=self.pk, sha256=self.sha256, facts=self.facts)

    @property
    def code(self) -> str:
        """The first twelve characters of the control code."""
        return self.sha256[:12]


class SurplusDistribution(models.Model):
    """The one proposal of a year that a resolution adopted, and the entry that posted it."""

    proposal = models.OneToOneField(SurplusProposal, on_delete=models.PROTECT, related_name="distribution")
    year = models.PositiveSmallIntegerField()
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="distribution")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="distribution")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["year"], name="surplus_of_a_year_is_shared_once")]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="is_what_was_adopted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM payroll_surplusproposal p
                          JOIN statute_resolution r
                            ON r.matter = 'surplus_distribution' AND r.proposal_kind = 'surplus'
                           AND r.proposal_id = p.id AND r.proposal_sha256 = p.sha256
                         WHERE p.id = NEW.proposal_id AND p.year = NEW.year AND r.id = NEW.resolution_id
                    ) THEN
                        RAISE EXCEPTION 'a resolution adopts that proposal, by its seal, or none';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM ledger_entry e
                         WHERE e.id = NEW.entry_id AND e.key = 'surplus:' || NEW.year
                           AND e.resolution_id = NEW.resolution_id
                    ) THEN
                        RAISE EXCEPTION 'a surplus is posted by the resolution that shares it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} by {self.resolution_id}"
