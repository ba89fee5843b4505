"""What an hour should be worth, drafted for an assembly to vote on."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from coop.statute.proposals import Proposal

KIND = "pay_unit"


class PayUnitProposal(models.Model):
    """Frozen as drafted; `facts` is what the motion carries, `sha256` its seal. Cents per hour."""

    cents_per_hour = models.PositiveBigIntegerField()
    holds_from = models.DateField()
    why = models.TextField(blank=True)
    drafted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="pay_unit_proposal_is_worth_something", condition=Q(cents_per_hour__gte=1)
            ),
            models.CheckConstraint(
                name="pay_unit_proposal_is_sealed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="sets_what_it_says",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.facts->'cents' IS DISTINCT FROM to_jsonb(NEW.cents_per_hour)
                       OR NEW.facts->>'holds_from' IS DISTINCT FROM to_char(NEW.holds_from, 'YYYY-MM-DD')
                    THEN
                        RAISE EXCEPTION 'a pay unit proposal sets what its facts say';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cents_per_hour} from {self.holds_from}"

    @property
    def proposal(self) -> Proposal:
        return Proposal(kind=KIND, id=self.pk, sha256=self.sha256, facts=self.facts)
