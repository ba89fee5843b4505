"""Turns, swaps of turns, and days somebody is away."""

from datetime import date, timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from coop.common.triggers import Protect, Trigger
from coop.jobs.models.tasks import MOST_PEOPLE, Task
from coop.members.models import Member


def _same(column: str) -> Func:
    return Func(column, column, Value("[]"), function="int8range")


def _days() -> Func:
    return Func("first_day", "until", function="daterange")


class Turn(models.Model):
    """A member does a task from `first_day` until `until` (not included), in one of its places.

    `why`: what was said when it was given to somebody whose turn it was not. Nothing changes but that it is
    called off, once.
    """

    app_may_update = ("called_off_at", "called_off_by_id")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="turns")
    place = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="turns")
    first_day = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    swap = models.ForeignKey("Swap", on_delete=models.PROTECT, null=True, related_name="made")
    called_off_at = models.DateTimeField(null=True)
    called_off_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["first_day", "task", "place", "pk"]
        indexes = [models.Index(fields=["member", "until"], name="turn_of_a_member")]
        constraints = [
            models.CheckConstraint(name="turn_has_days", condition=Q(until__gt=F("first_day"))),
            models.CheckConstraint(
                name="turn_place_is_one", condition=Q(place__gte=1, place__lte=MOST_PEOPLE)
            ),
            models.CheckConstraint(
                name="turn_is_called_off_by_somebody",
                condition=Q(called_off_at__isnull=True, called_off_by__isnull=True)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
            ),
            ExclusionConstraint(
                name="turn_one_person_in_a_place",
                expressions=[
                    (_same("task_id"), RangeOperators.OVERLAPS),
                    (_same("place"), RangeOperators.OVERLAPS),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(called_off_at__isnull=True),
            ),
            ExclusionConstraint(
                name="turn_one_place_for_a_person",
                expressions=[
                    (_same("task_id"), RangeOperators.OVERLAPS),
                    (_same("member_id"), RangeOperators.OVERLAPS),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(called_off_at__isnull=True),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Trigger(
                name="for_who_can",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM jobs_skill s JOIN jobs_confirmation c ON c.skill_id = s.id
                         WHERE s.task_id = NEW.task_id AND s.member_id = NEW.member_id
                           AND s.level IN ('can', 'teaches')
                           AND s.id = (SELECT max(l.id) FROM jobs_skill l
                                        WHERE l.task_id = NEW.task_id AND l.member_id = NEW.member_id)
                    ) THEN
                        RAISE EXCEPTION 'a turn is for who can do the task';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM members_member m WHERE m.id = NEW.member_id
                           AND m.joined_on <= NEW.first_day
                           AND (m.left_on IS NULL OR m.left_on > NEW.first_day)
                    ) OR NEW.called_off_at IS NOT NULL THEN
                        RAISE EXCEPTION 'a turn is for a member';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="called_off_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF OLD.called_off_at IS NOT NULL OR NEW.called_off_at IS NULL
                       OR (OLD.id, OLD.task_id, OLD.place, OLD.member_id, OLD.first_day, OLD.until, OLD.why,
                           OLD.at, OLD.by_id, OLD.swap_id)
                           IS DISTINCT FROM
                          (NEW.id, NEW.task_id, NEW.place, NEW.member_id, NEW.first_day, NEW.until, NEW.why,
                           NEW.at, NEW.by_id, NEW.swap_id) THEN
                        RAISE EXCEPTION 'a turn changes once, when it is called off';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.first_day} ({self.member_id})"

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)


class Swap(models.Model):
    """One offers their turn for another's; it happens if the other agrees. Answered once."""

    app_may_update = ("answered_at", "agreed")

    offered = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="offers")
    wanted = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="requests")
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agreed = models.BooleanField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offered", "wanted"],
                name="swap_is_asked_once_at_a_time",
                condition=Q(answered_at__isnull=True),
            ),
            models.CheckConstraint(
                name="swap_answer_is_whole",
                condition=Q(answered_at__isnull=True, agreed__isnull=True)
                | Q(answered_at__isnull=False, agreed__isnull=False),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False)
                | pgtrigger.Q(old__offered_id__df=pgtrigger.F("new__offered_id"))
                | pgtrigger.Q(old__wanted_id__df=pgtrigger.F("new__wanted_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered_id} for {self.wanted_id}"


class Away(models.Model):
    """Days on which somebody takes no turns, both included. No reason is asked."""

    app_may_update = ("called_off_at",)

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="away")
    first_day = models.DateField()
    last_day = models.DateField()
    at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(name="away_has_days", condition=Q(last_day__gte=F("first_day"))),
        ]
        triggers = [Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day} ({self.member_id})"
