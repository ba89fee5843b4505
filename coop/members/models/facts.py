"""What happened to each person in the register, dated; and the stretches that follow from it."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from coop.common.triggers import Protect, Trigger
from coop.members.enums import FactKind, State
from coop.members.models.register import Member
from coop.statute.models import Resolution


class MemberFactQuerySet(models.QuerySet["MemberFact"]):
    def standing(self) -> "MemberFactQuerySet":
        """Those that count: neither annulled nor the annulling rows themselves. In order."""
        return self.exclude(kind=FactKind.ANNULLED).filter(annulment__isnull=True).order_by("day", "position")


class MemberFact(models.Model):
    """Append-only. A wrong one is annulled by a later row that says why; nothing is ever changed.

    `day`: from which it holds. `until`: the first day a suspension no longer does. `noticed_on`: when a
    resignation was handed in. `source`: what it rests on when neither a resolution nor a file does (the
    spreadsheet, the member's letter, a certificate). `note` is what the register says; every member reads it.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="facts")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=FactKind)
    day = models.DateField()
    until = models.DateField(null=True)
    noticed_on = models.DateField(null=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="+")
    sanction = models.ForeignKey(
        "members.SanctionFile", on_delete=models.PROTECT, null=True, related_name="effects"
    )
    source = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)
    annuls = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="annulment")
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MemberFactQuerySet.as_manager()

    class Meta:
        ordering = ["member", "position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "position"], name="fact_has_a_place_of_its_own"),
            models.CheckConstraint(name="fact_kind_is_known", condition=Q(kind__in=FactKind.values)),
            models.CheckConstraint(
                name="fact_rests_on_something",
                condition=Q(resolution__isnull=False) | Q(sanction__isnull=False) | ~Q(source=""),
            ),
            models.CheckConstraint(
                name="fact_annuls_or_tells",
                condition=Q(kind=FactKind.ANNULLED, annuls__isnull=False) & ~Q(note="")
                | Q(annuls__isnull=True) & ~Q(kind=FactKind.ANNULLED),
            ),
            models.CheckConstraint(
                name="fact_suspension_has_both_ends",
                condition=Q(kind=FactKind.SUSPENDED, until__isnull=False, until__gt=F("day"))
                | Q(until__isnull=True) & ~Q(kind=FactKind.SUSPENDED),
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "integer"), ("begun", "date"), ("died", "date")],
                func="""
                    SELECT max(position) INTO last FROM members_memberfact WHERE member_id = NEW.member_id;
                    IF NEW.position <> COALESCE(last, 0) + 1 THEN
                        RAISE EXCEPTION 'fact % of member % does not follow', NEW.position, NEW.member_id;
                    END IF;
                    IF NEW.kind = 'annulled' THEN
                        IF NOT EXISTS (
                            SELECT FROM members_memberfact f WHERE f.id = NEW.annuls_id
                               AND f.member_id = NEW.member_id AND f.kind <> 'annulled'
                        ) THEN
                            RAISE EXCEPTION 'what is annulled is a fact of the same member';
                        END IF;
                        RETURN NEW;
                    END IF;
                    SELECT min(f.day) FILTER (WHERE f.kind IN ('entered', 'admitted')),
                           min(f.day) FILTER (WHERE f.kind = 'died')
                      INTO begun, died
                      FROM members_memberfact f
                     WHERE f.member_id = NEW.member_id AND f.kind IN ('entered', 'admitted', 'died')
                       AND NOT EXISTS (SELECT FROM members_memberfact a WHERE a.annuls_id = f.id);
                    IF NEW.kind IN ('entered', 'admitted') AND begun IS NOT NULL THEN
                        RAISE EXCEPTION 'member % has joined already', NEW.member_id;
                    END IF;
                    IF NEW.kind NOT IN ('entered', 'admitted', 'applied')
                       AND (begun IS NULL OR NEW.day < begun) THEN
                        RAISE EXCEPTION 'member % had not joined', NEW.member_id;
                    END IF;
                    IF died IS NOT NULL AND (NEW.day > died OR NEW.kind = 'died') THEN
                        RAISE EXCEPTION 'member % had died', NEW.member_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="rests_on_its_file",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("first_brought", "timestamptz"), ("zone_here", "text")],
                func="""
                    IF NEW.sanction_id IS NULL AND NEW.kind NOT IN ('suspended', 'excluded') THEN
                        RETURN NEW;
                    END IF;
                    IF NEW.sanction_id IS NULL THEN
                        -- Only as history: a spreadsheet brings people who had been excluded by then.
                        SELECT min(f.at) INTO first_brought FROM members_memberfact f
                         WHERE f.member_id = NEW.member_id AND f.kind IN ('entered', 'admitted')
                           AND f.resolution_id IS NULL;
                        SELECT COALESCE(min(zone), 'UTC') INTO zone_here FROM statute_cooperative;
                        IF NEW.kind = 'suspended' OR NEW.resolution_id IS NOT NULL OR first_brought IS NULL
                           OR NEW.at <> first_brought
                              AND NEW.day > (first_brought AT TIME ZONE zone_here)::date
                        THEN
                            RAISE EXCEPTION 'nobody is suspended or excluded without a file (member %)',
                                  NEW.member_id;
                        END IF;
                        RETURN NEW;
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM members_sanctionfile s WHERE s.id = NEW.sanction_id
                           AND s.member_id = NEW.member_id
                    ) OR NEW.kind IN ('suspended', 'excluded') AND NOT EXISTS (
                        SELECT FROM members_sanctionstep p WHERE p.file_id = NEW.sanction_id
                           AND p.kind = 'decided'
                           AND (NEW.kind, p.measure) IN
                               (('suspended', 'suspension'), ('excluded', 'exclusion'))
                    ) THEN
                        RAISE EXCEPTION 'the file decided no such thing of member %', NEW.member_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} ({self.member_id})"


class Period(models.Model):
    """What a member was from a day until another (not included): follows from the facts, proven by verify."""

    app_may_delete = True

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="periods")
    state = models.CharField(max_length=12, choices=State)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["member", "since"]
        indexes = [models.Index(fields=["state", "since", "until"], name="period_state_and_days")]
        constraints = [
            models.CheckConstraint(
                name="period_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(name="period_state_is_known", condition=Q(state__in=State.values)),
            ExclusionConstraint(
                name="period_one_state_a_day",
                expressions=[
                    (
                        Func("member_id", "member_id", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func("since", "until", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.since}–{self.until or ''}"
