"""The assembly, its agenda, who was there, and what was moved."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from assemblies.enums import AssemblyKind, AssemblyState, Channel, MotionState
from assemblies.models.closed import only_before_the_close
from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from coop.statute.models import Matter
from coop.statute.proposals import Proposal


class Assembly(models.Model):
    app_may_update = ("state", "opened_at", "closed_at", "on_roll", "current_item_id")

    kind = models.CharField(max_length=20, choices=AssemblyKind, default=AssemblyKind.WEEKLY)
    state = models.CharField(max_length=20, choices=AssemblyState, default=AssemblyState.CONVENED)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    convened_at = models.DateTimeField()
    convened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    on_roll = models.PositiveIntegerField(null=True)
    current_item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        indexes = [models.Index(fields=["state", "starts_at"], name="assembly_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=AssemblyState.OPEN), name="assembly_one_open_at_a_time"
            ),
            models.CheckConstraint(
                name="assembly_opens_at_its_hour",
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("starts_at")),
            ),
            models.CheckConstraint(
                name="assembly_opens_before_it_closes",
                # A CHECK lets a comparison with NULL pass: hence every isnull.
                condition=Q(state=AssemblyState.CONVENED, opened_at__isnull=True, closed_at__isnull=True)
                | Q(
                    state=AssemblyState.OPEN,
                    opened_at__isnull=False,
                    closed_at__isnull=True,
                    on_roll__isnull=False,
                    on_roll__gte=1,
                )
                | Q(
                    state=AssemblyState.CLOSED,
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                    on_roll__isnull=False,
                    on_roll__gte=1,
                ),
            ),
        ]
        triggers = [
            Protect(
                name="closed_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="closed"),
            ),
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Trigger(
                name="closes_after_its_polls",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="closed"),
                func="""
                    IF EXISTS (
                        SELECT FROM assemblies_poll p WHERE p.assembly_id = NEW.id AND p.state = 'open'
                    ) THEN
                        RAISE EXCEPTION 'assembly %: a poll is still open', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.state == AssemblyState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == AssemblyState.CLOSED


class AgendaItem(models.Model):
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    # Its motions, when a reading of the whole assembly has put them here.
    heard: "list[Motion]"

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["assembly", "position"], name="agenda_position_taken_once")
        ]
        triggers = [
            Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            only_before_the_close(pgtrigger.Insert, "NEW.assembly_id"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Attendance(models.Model):
    """A member's presence from `arrived_at` to `left_at`; who comes back has a second row."""

    app_may_update = ("left_at",)

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "member"],
                condition=Q(left_at__isnull=True),
                name="attendance_present_once",
            ),
            models.CheckConstraint(
                name="attendance_leaves_after_arriving",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="leaves_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__left_at__isnull=False),
            ),
            Trigger(
                name="written_before_the_close",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (
                        SELECT FROM assemblies_assembly a WHERE a.id = NEW.assembly_id AND a.state = 'closed'
                    ) THEN
                        RAISE EXCEPTION 'the attendance of assembly % is closed', NEW.assembly_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.assembly_id}"


class Motion(models.Model):
    app_may_update = ("state", "seconder_id")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    matter = models.CharField(max_length=40, choices=Matter, default=Matter.ORDINARY_DECISION)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=MotionState, default=MotionState.MOVED)
    mover = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    seconder = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="motion_mover_does_not_second",
                condition=Q(seconder__isnull=True) | ~Q(seconder=F("mover")),
            ),
            models.CheckConstraint(
                name="motion_is_voted_only_when_seconded",
                condition=Q(state__in=[MotionState.MOVED, MotionState.WITHDRAWN]) | Q(seconder__isnull=False),
            ),
        ]
        triggers = [
            Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["adopted", "rejected", "withdrawn"]),
            ),
            Protect(
                name="seconded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__seconder__isnull=False, old__seconder__df=pgtrigger.F("new__seconder")
                ),
            ),
            Trigger(
                name="follows_its_poll",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("held", "text"), ("carried", "boolean"), ("says", "text")],
                func="""
                    SELECT p.state, p.adopted INTO held, carried
                      FROM assemblies_poll p WHERE p.motion_id = NEW.id;
                    says := CASE
                        WHEN held = 'open' THEN 'voting'
                        WHEN held = 'closed' AND carried THEN 'adopted'
                        WHEN held = 'closed' THEN 'rejected'
                        WHEN NEW.state IN ('voting', 'adopted', 'rejected') THEN 'seconded'
                        ELSE NEW.state END;
                    IF NEW.state <> says THEN
                        RAISE EXCEPTION 'motion %: its state is not what its poll says', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            only_before_the_close(
                pgtrigger.Insert | pgtrigger.Update,
                "SELECT i.assembly_id FROM assemblies_agendaitem i WHERE i.id = NEW.item_id",
            ),
            Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_pending(self) -> bool:
        """Neither voted, nor being voted, nor taken back."""
        return self.state in (MotionState.MOVED, MotionState.SECONDED)


class MotionProposal(models.Model):
    """What the motion puts to the vote beyond its words (`coop.statute.proposals.Proposal`), frozen."""

    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, primary_key=True, related_name="put")
    kind = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="motion_proposal_is_sealed", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            )
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="put_when_it_is_moved",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM assemblies_motion m
                         WHERE m.id = NEW.motion_id AND m.state = 'moved' AND m.matter <> 'ordinary_decision'
                    ) THEN
                        RAISE EXCEPTION 'motion %: a proposal is put when it is moved', NEW.motion_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def proposal(self) -> Proposal:
        return Proposal(kind=self.kind, id=self.number, sha256=self.sha256, facts=self.facts)
