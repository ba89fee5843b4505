"""The one beginning of this database: what was typed so far, and that it is over."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect, Trigger


class Beginning(models.Model):
    """Drafts of a cooperative that is not yet there. Nothing of it counts until everything is put in at once.

    `code` and `key` are keyed digests: the code was printed by the server's command line and opens once, the
    key is what the browser's cookie holds. `council`, `house` and `statute` are what the forms hold;
    `people`, `terms` and `resolutions` are lines of the cooperative's spreadsheets, cell by cell.
    `secretary`: whose first card the last page gives. Once begun the drafts are empty and the row stays.
    """

    app_may_update = (
        *("code", "code_until", "key", "touched_at", "house", "statute", "people", "council", "terms"),
        *("resolutions", "begun_at", "secretary_id"),
    )

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    code = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, blank=True)
    touched_at = models.DateTimeField()
    house = models.JSONField(default=dict)
    statute = models.JSONField(default=dict)
    people = models.JSONField(default=list)
    council = models.JSONField(default=dict)
    terms = models.JSONField(default=list)
    resolutions = models.JSONField(default=list)
    begun_at = models.DateTimeField(null=True)
    secretary = models.ForeignKey("members.Member", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="beginning_is_one", condition=Q(id=1)),
            models.CheckConstraint(
                name="beginning_keeps_digests_only",
                condition=Q(code__regex=r"^([0-9a-f]{64})?$", key__regex=r"^([0-9a-f]{64})?$"),
            ),
            models.CheckConstraint(
                name="beginning_code_has_its_end",
                condition=Q(code="", code_until__isnull=True) | (~Q(code="") & Q(code_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="beginning_ends_empty_with_a_secretary",
                condition=Q(begun_at__isnull=True, secretary__isnull=True)
                | Q(
                    begun_at__isnull=False,
                    secretary__isnull=False,
                    code="",
                    house={},
                    statute={},
                    people=[],
                    council={},
                    terms=[],
                    resolutions=[],
                ),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="over_for_ever",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__begun_at__isnull=False),
            ),
            Trigger(
                name="before_there_is_a_cooperative",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (NEW.begun_at IS NULL) = EXISTS (SELECT FROM statute_cooperative) THEN
                        RAISE EXCEPTION 'a cooperative is begun once, where there is none yet';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"begun {self.begun_at}" if self.begun_at else "beginning"
