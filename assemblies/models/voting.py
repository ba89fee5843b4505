"""A poll, its frozen roll and its ballots."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from assemblies.enums import Choice, PollState
from assemblies.models.closed import only_before_the_close
from assemblies.models.meeting import Assembly, Motion
from assemblies.wording import result_sentence
from coop.common.triggers import Protect, Trigger
from coop.members.models import Member
from coop.statute.models import Resolution, StatuteVersion
from coop.statute.rules import Majority


class Poll(models.Model):
    """A named poll on a motion. `majority` and the quorum are the statute's, frozen when it opened."""

    app_may_update = (
        "state",
        "closed_at",
        "closed_by_id",
        "yes",
        "no",
        "abstain",
        "adopted",
        "resolution_id",
    )

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="polls")
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="poll")
    state = models.CharField(max_length=10, choices=PollState, default=PollState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    statute = models.ForeignKey(StatuteVersion, on_delete=models.PROTECT, related_name="+")
    majority_rule = models.JSONField()
    on_register = models.PositiveIntegerField()
    present = models.PositiveIntegerField()
    # Present with voice and no vote: counted for the quorum, not on the roll.
    voice_only = models.PositiveIntegerField(default=0)
    quorum = models.PositiveIntegerField()
    quorum_source = models.CharField(max_length=40)
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    abstain = models.PositiveIntegerField(null=True)
    adopted = models.BooleanField(null=True)
    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, null=True, related_name="poll")
    # The transaction that opened the poll, set by the database: the roll is written in that one or never.
    opened_in = models.BigIntegerField(editable=False, default=0)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly"], condition=Q(state=PollState.OPEN), name="poll_one_open_at_a_time"
            ),
            models.CheckConstraint(name="poll_had_a_quorum", condition=Q(present__gte=F("quorum"))),
            models.CheckConstraint(
                name="poll_voice_only_were_present", condition=Q(voice_only__lte=F("present"))
            ),
            models.CheckConstraint(
                name="poll_result_is_whole",
                condition=Q(
                    state=PollState.OPEN,
                    closed_at__isnull=True,
                    yes__isnull=True,
                    no__isnull=True,
                    abstain__isnull=True,
                    adopted__isnull=True,
                    resolution__isnull=True,
                )
                | Q(
                    state=PollState.CLOSED,
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    yes__isnull=False,
                    no__isnull=False,
                    abstain__isnull=False,
                    adopted__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="poll_adopted_has_a_resolution",
                condition=Q(adopted__isnull=True)
                | Q(adopted=False, resolution__isnull=True)
                | Q(adopted=True, resolution__isnull=False),
            ),
        ]
        triggers = [
            Trigger(
                name="begins_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'open' THEN
                        RAISE EXCEPTION 'a poll begins open';
                    END IF;
                    NEW.opened_in := pg_current_xact_id()::text::bigint;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="votes_what_was_put",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT FROM assemblies_motion m
                         WHERE m.id = NEW.motion_id AND m.matter <> 'ordinary_decision'
                           AND NOT EXISTS (SELECT FROM assemblies_motionproposal p WHERE p.motion_id = m.id)
                    ) THEN
                        RAISE EXCEPTION 'motion %: its matter is voted on a proposal', NEW.motion_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Protect(
                name="closed_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="closed"),
            ),
            only_before_the_close(pgtrigger.Insert, "NEW.assembly_id"),
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Trigger(
                name="counts_every_ballot",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="closed"),
                declare=[
                    ("counted", "bigint[]"),
                    ("absent", "bigint"),
                    ("base", "bigint"),
                    ("share", "bigint"),
                    ("got", "bigint"),
                    ("carried", "boolean"),
                ],
                func="""
                    SELECT ARRAY[
                        count(*) FILTER (WHERE b.choice = 'yes'),
                        count(*) FILTER (WHERE b.choice = 'no'),
                        count(*) FILTER (WHERE b.choice = 'abstain')]
                      INTO counted
                      FROM assemblies_ballot b JOIN assemblies_rollentry r ON r.id = b.entry_id
                     WHERE r.poll_id = NEW.id;
                    IF counted <> ARRAY[NEW.yes, NEW.no, NEW.abstain]::bigint[] THEN
                        RAISE EXCEPTION 'poll %: the result is not the count of its ballots', NEW.id;
                    END IF;
                    -- A poll of before these words were known: votes cast, and who abstains is absent.
                    absent := CASE COALESCE(NEW.majority_rule->>'abstention', 'absent')
                        WHEN 'absent' THEN NEW.abstain WHEN 'counted' THEN 0 END;
                    base := CASE COALESCE(NEW.majority_rule->>'base', 'cast')
                        WHEN 'cast' THEN NEW.yes + NEW.no + NEW.abstain - absent
                        WHEN 'present' THEN NEW.present - NEW.voice_only - absent
                        WHEN 'roll' THEN NEW.on_register END;
                    share := (NEW.majority_rule->>'numerator')::bigint * base;
                    got := (NEW.majority_rule->>'denominator')::bigint * NEW.yes;
                    carried := NEW.yes > 0 AND CASE
                        WHEN (NEW.majority_rule->>'strict')::boolean THEN got > share ELSE got >= share END;
                    IF NEW.adopted IS DISTINCT FROM carried THEN
                        RAISE EXCEPTION 'poll %: the verdict is not what its rule says', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"poll {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == PollState.OPEN

    @property
    def entitled(self) -> int:
        """How many are on the roll: those present who have a vote."""
        return self.present - self.voice_only

    @property
    def majority(self) -> Majority:
        return Majority(**self.majority_rule)

    @property
    def votes_cast(self) -> int:
        """Yes and no. 0 while the poll is open."""
        return (self.yes or 0) + (self.no or 0)

    @property
    def base(self) -> int:
        """How many its majority is taken of: as a rule yes + no, since who abstains is absent (ET 41)."""
        return self.majority.base_of(
            yes=self.yes or 0,
            no=self.no or 0,
            abstain=self.abstain or 0,
            present=self.entitled,
            on_roll=self.on_register,
        )

    @property
    def sentence(self) -> str:
        return result_sentence(yes=self.yes or 0, no=self.no or 0, majority=self.majority, base=self.base)


class RollEntry(models.Model):
    """Who may vote in this poll: frozen when it opened."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="roll")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="roll_lists_a_member_once")]
        triggers = [
            Protect(name="frozen", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="written_when_the_poll_opens",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM assemblies_poll p
                         WHERE p.id = NEW.poll_id AND p.state = 'open'
                           AND p.opened_in = pg_current_xact_id()::text::bigint
                    ) THEN
                        RAISE EXCEPTION 'the roll of poll % is frozen', NEW.poll_id;
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM assemblies_attendance t
                          JOIN assemblies_poll p ON p.assembly_id = t.assembly_id
                         WHERE p.id = NEW.poll_id AND t.member_id = NEW.member_id AND t.left_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'member % is not present', NEW.member_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in poll {self.poll_id}"


class Ballot(models.Model):
    """The vote of one line of the roll: the line is the key, so there cannot be two.

    `sign_in` is the key of the sign-in it came with (no foreign key: those are forgotten after a while), and
    `enrolled_at`, which the database alone writes, since when what opened that sign-in was the member's. Both
    are null in ballots from before they were kept.
    """

    app_may_update = ("choice", "cast_at", "changes", "sign_in")

    entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, primary_key=True, related_name="ballot")
    choice = models.CharField(max_length=10, choices=Choice)
    cast_at = models.DateTimeField()
    changes = models.PositiveSmallIntegerField(default=0)
    sign_in = models.UUIDField(null=True)
    enrolled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ballot_choice_is_known", condition=Q(choice__in=Choice.values))
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Trigger(
                name="only_while_the_poll_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("held", "text")],
                func="""
                    SELECT p.state INTO held
                      FROM assemblies_rollentry r JOIN assemblies_poll p ON p.id = r.poll_id
                     WHERE r.id = NEW.entry_id FOR SHARE OF p;
                    IF held IS DISTINCT FROM 'open' THEN
                        RAISE EXCEPTION 'the poll is closed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # Its name comes after the one above: PostgreSQL asks triggers in that order.
            Trigger(
                name="with_the_members_own_sign_in",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("since", "timestamptz"), ("opened", "timestamptz")],
                func="""
                    SELECT s.enrolled_at, p.opened_at INTO since, opened
                      FROM assemblies_rollentry r
                      JOIN assemblies_poll p ON p.id = r.poll_id
                      JOIN members_signin s ON s.key = NEW.sign_in AND s.member_id = r.member_id
                     WHERE r.id = NEW.entry_id;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'a ballot comes with a sign-in of its own member'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF since > opened THEN
                        RAISE EXCEPTION 'what opened this sign-in was enrolled after the poll'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    NEW.enrolled_at := since;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"ballot of {self.entry_id}"
