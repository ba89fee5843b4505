"""Dated terms: who holds a seat from one instant to another, by which decision, and how it ended."""

from datetime import datetime

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger
from coop.council.models.seats import Seat
from coop.members.models import Member
from coop.statute.models import Resolution


class Basis(models.TextChoices):
    """What a term rests on. The value is stored for ever."""

    FILE = "file", _("planilla de mandatos")
    ELECTED = "elected", _("elección")
    APPOINTED = "appointed", _("designación")
    ALTERNATE = "alternate", _("suplencia: la siguiente en orden")
    AUDITOR = "auditor", _("sindicatura, hasta la próxima asamblea")


class HowEnded(models.TextChoices):
    """Why a term ended before its day. One that ran its whole time has none: it expired."""

    RESIGNED = "resigned", _("renunció al cargo")
    RECALLED = "recalled", _("la asamblea revocó el mandato")
    LEFT = "left", _("dejó de ser asociado/a")
    DIED = "died", _("falleció")
    MOVED = "moved", _("pasó a otro cargo")
    DROPPED = "dropped", _("el estatuto suprimió el cargo")
    ASSEMBLY_MET = "assembly_met", _("se hizo la asamblea hasta la que cubría el cargo")


def same(column: str) -> Func:
    """Equality as a range, so that an exclusion constraint needs no extension."""
    return Func(column, column, Value("[]"), function="int8range")


class TermQuerySet(models.QuerySet["Term"]):
    def at(self, instant: datetime) -> "TermQuerySet":
        return self.filter(during__contains=instant)

    def council_or_audit(self) -> "TermQuerySet":
        return self.filter(council_or_audit=True)


class Term(models.Model):
    """A member holds a seat from one instant to another, the end not included.

    `elected_by` is what the paper says; `resolution` the decision itself, when it is in the register of
    resolutions. A term that was cut short says `how_ended`, `would_have_ended` when, and cites
    `ended_resolution` where one decided it. `fills`: the term whose seat was left vacant.
    """

    app_may_update = (
        *("during", "how_ended", "would_have_ended", "ended_resolution_id", "ended_note"),
        *("ended_recorded_at", "ended_by_id"),
    )

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="terms")
    during = DateTimeRangeField()
    elected_by = models.CharField(max_length=200)
    basis = models.CharField(max_length=12, choices=Basis, default=Basis.FILE)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="terms")
    fills = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="filled_by")
    # Written by the database from the seat: the rule of one seat a person needs it beside the days.
    council_or_audit = models.BooleanField(default=True, editable=False)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    how_ended = models.CharField(max_length=12, choices=HowEnded, blank=True)
    would_have_ended = models.DateTimeField(null=True)
    ended_resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, related_name="terms_ended"
    )
    ended_note = models.CharField(max_length=200, blank=True)
    ended_recorded_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["during"]
        constraints = [
            ExclusionConstraint(
                name="term_one_holder_per_seat",
                expressions=[(same("seat_id"), RangeOperators.OVERLAPS), ("during", RangeOperators.OVERLAPS)],
            ),
            ExclusionConstraint(
                name="term_one_seat_per_member",
                expressions=[
                    (same("member_id"), RangeOperators.OVERLAPS),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(council_or_audit=True),
            ),
            models.CheckConstraint(
                name="term_has_both_ends",
                condition=Q(during__lower_inf=False, during__upper_inf=False)
                & (Q(during__isempty=False) | ~Q(how_ended="")),
            ),
            models.CheckConstraint(name="term_basis_is_known", condition=Q(basis__in=Basis.values)),
            models.CheckConstraint(
                name="term_rests_on_what_it_says",
                condition=Q(basis=Basis.FILE, resolution__isnull=True, fills__isnull=True) & ~Q(elected_by="")
                | Q(basis__in=[Basis.ELECTED, Basis.APPOINTED], resolution__isnull=False, fills__isnull=True)
                | Q(basis__in=[Basis.ALTERNATE, Basis.AUDITOR], resolution__isnull=True, fills__isnull=False),
            ),
            models.CheckConstraint(
                name="term_cut_short_says_how",
                condition=Q(
                    how_ended="",
                    would_have_ended__isnull=True,
                    ended_resolution__isnull=True,
                    ended_note="",
                    ended_recorded_at__isnull=True,
                    ended_by__isnull=True,
                )
                | Q(
                    how_ended__in=HowEnded.values,
                    would_have_ended__isnull=False,
                    ended_recorded_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="term_recalled_by_a_resolution",
                condition=~Q(how_ended__in=["recalled", "dropped"]) | Q(ended_resolution__isnull=False),
            ),
        ]
        triggers = [
            Protect(name="history", operation=pgtrigger.Delete),
            Trigger(
                name="begins_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("seat_kind", "text"), ("decided", "record"), ("left_empty", "record")],
                func="""
                    SELECT kind INTO seat_kind FROM council_seat WHERE id = NEW.seat_id;
                    NEW.council_or_audit := seat_kind <> 'position';
                    IF NEW.how_ended <> '' THEN
                        RAISE EXCEPTION 'a term begins open';
                    END IF;
                    IF NEW.resolution_id IS NOT NULL THEN
                        SELECT * INTO decided FROM statute_resolution WHERE id = NEW.resolution_id;
                        IF decided.adopted_at > lower(NEW.during) AND decided.source <> 'paper'
                           OR decided.adopted_at - interval '1 day' > lower(NEW.during) THEN
                            RAISE EXCEPTION 'a term begins after the resolution that it rests on';
                        END IF;
                        IF NEW.basis = 'elected' AND decided.matter <> 'election' OR
                           NEW.basis = 'appointed' AND (seat_kind <> 'position'
                               OR decided.matter NOT IN ('election', 'ordinary_decision')) THEN
                            RAISE EXCEPTION 'that resolution seats nobody in this seat';
                        END IF;
                        IF lower(NEW.during) > decided.adopted_at + interval '366 days' OR EXISTS (
                               SELECT FROM council_term t
                                WHERE t.resolution_id = NEW.resolution_id AND t.seat_id = NEW.seat_id
                                  AND NOT isempty(t.during)) THEN
                            RAISE EXCEPTION 'a decision seats somebody once, within a year';
                        END IF;
                        IF decided.proposal_kind = 'slate' AND NOT EXISTS (
                               SELECT FROM council_slate l, jsonb_array_elements(l.facts->'picks') pick
                                 JOIN council_seat s ON s.code = pick->>'seat'
                                 JOIN members_member m ON m.number::text = pick->>'number'
                                WHERE l.id = decided.proposal_id
                                  AND s.id = NEW.seat_id AND m.id = NEW.member_id
                                  -- A shorter term, where the council is renewed by parts.
                                  AND COALESCE(upper(NEW.during) <= (
                                          (NULLIF(pick->>'last_day', '')::date + 1)::timestamp
                                          AT TIME ZONE (SELECT zone FROM statute_cooperative)), true)) THEN
                            RAISE EXCEPTION 'the list that was adopted says somebody else, or a shorter term';
                        END IF;
                    END IF;
                    IF NEW.fills_id IS NOT NULL THEN
                        SELECT t.* INTO left_empty FROM council_term t WHERE t.id = NEW.fills_id;
                        IF left_empty.seat_id <> NEW.seat_id OR left_empty.how_ended = ''
                           OR lower(NEW.during) < upper(left_empty.during)
                           OR upper(NEW.during) > left_empty.would_have_ended THEN
                            RAISE EXCEPTION 'who fills a vacancy holds what was left of that term';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="ends_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                declare=[("decided", "record")],
                func="""
                    -- An end that lies ahead may come nearer; who died or left did so whenever it is told.
                    IF isempty(OLD.during) OR NEW.how_ended = ''
                       OR OLD.how_ended <> '' AND NEW.how_ended NOT IN ('left', 'died')
                          AND upper(OLD.during) <= NEW.ended_recorded_at
                       OR (OLD.id, OLD.seat_id, OLD.member_id, OLD.elected_by, OLD.basis)
                           IS DISTINCT FROM
                          (NEW.id, NEW.seat_id, NEW.member_id, NEW.elected_by, NEW.basis)
                       OR NEW.council_or_audit <> OLD.council_or_audit
                       OR (OLD.resolution_id, OLD.fills_id, OLD.recorded_at, OLD.recorded_by_id)
                           IS DISTINCT FROM
                          (NEW.resolution_id, NEW.fills_id, NEW.recorded_at, NEW.recorded_by_id)
                       OR NEW.would_have_ended <> COALESCE(OLD.would_have_ended, upper(OLD.during))
                    THEN
                        RAISE EXCEPTION 'a term changes once, when it ends before its day';
                    END IF;
                    IF NOT isempty(NEW.during) AND (
                           lower(NEW.during) <> lower(OLD.during) OR upper(NEW.during) >= upper(OLD.during)
                           OR NOT lower_inc(NEW.during) OR upper_inc(NEW.during)) THEN
                        RAISE EXCEPTION 'a term ends earlier, and begins when it began';
                    END IF;
                    IF NEW.how_ended NOT IN ('left', 'died') AND (
                           isempty(NEW.during) AND NEW.ended_recorded_at > lower(OLD.during)
                           OR upper(NEW.during) < NEW.ended_recorded_at) THEN
                        RAISE EXCEPTION 'a term does not end before somebody said so';
                    END IF;
                    IF NEW.how_ended IN ('recalled', 'dropped') THEN
                        SELECT * INTO decided FROM statute_resolution WHERE id = NEW.ended_resolution_id;
                        IF (NEW.how_ended, decided.matter) NOT IN (
                               ('recalled', 'recall'), ('dropped', 'statute_reform')) THEN
                            RAISE EXCEPTION 'that resolution ends no term';
                        END IF;
                        IF NEW.how_ended = 'recalled' AND (
                               decided.adopted_at < lower(OLD.during) AND decided.source <> 'paper'
                               OR decided.adopted_at + interval '1 day' <= lower(OLD.during)
                               OR decided.adopted_at + interval '31 days' < NEW.ended_recorded_at) THEN
                            RAISE EXCEPTION 'that recall is of another time';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="held_by_a_member",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("zone_here", "text"), ("first_day", "date"), ("end_day", "date")],
                func="""
                    IF isempty(NEW.during) THEN
                        RETURN NEW;
                    END IF;
                    SELECT zone INTO zone_here FROM statute_cooperative;
                    -- Whoever puts down that they left waits, and then finds this term; or this one waits.
                    PERFORM FROM members_member WHERE id = NEW.member_id FOR SHARE;
                    first_day := (lower(NEW.during) AT TIME ZONE zone_here)::date;
                    end_day := 1 + (
                        (upper(NEW.during) - interval '1 microsecond') AT TIME ZONE zone_here)::date;
                    IF NOT EXISTS (
                        SELECT FROM members_member m
                         WHERE m.id = NEW.member_id AND m.joined_on <= first_day
                           AND (m.left_on IS NULL OR m.left_on >= end_day)
                    ) OR EXISTS (
                        SELECT FROM members_period p
                         WHERE p.member_id = NEW.member_id
                           AND p.state NOT IN ('trial', 'active', 'suspended')
                           AND daterange(p.since, p.until) && daterange(first_day, end_day)
                    ) THEN
                        RAISE EXCEPTION 'a term is held by a member, as long as they are one';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.member}"


class SeatedMember(Member):
    """The register's side of a rule of ours: nobody leaves it with a term that goes on."""

    class Meta:
        proxy = True
        triggers = [
            Trigger(
                name="leaves_no_term_behind",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.AnyChange("joined_on", "left_on", "came_back"),
                declare=[("zone_here", "text")],
                func="""
                    SELECT zone INTO zone_here FROM statute_cooperative;
                    IF EXISTS (
                        SELECT FROM council_term t JOIN members_member m ON m.id = t.member_id
                         WHERE m.id = NEW.id AND NOT isempty(t.during)
                           AND ((lower(t.during) AT TIME ZONE zone_here)::date < m.joined_on
                                OR upper(t.during) AT TIME ZONE zone_here > m.left_on
                                OR EXISTS (
                                    SELECT FROM members_period p
                                     WHERE p.member_id = m.id
                                       AND p.state NOT IN ('trial', 'active', 'suspended')
                                       AND tsrange(p.since, p.until) && tsrange(
                                           lower(t.during) AT TIME ZONE zone_here,
                                           upper(t.during) AT TIME ZONE zone_here)))
                    ) THEN
                        RAISE EXCEPTION 'member % is off the register with a term that goes on', NEW.number;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]
