"""Who offers to serve, slates that were proposed, draws: each row is told once and never changes."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger
from coop.members.models import Member


def _never_changes() -> Protect:
    return Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)


class Gender(models.TextChoices):
    """Self-declared, only if they want; for the balance of a slate and nothing else."""

    UNSAID = "", _("prefiero no decirlo")
    WOMAN = "woman", _("mujer")
    MAN = "man", _("varón")
    NON_BINARY = "non_binary", _("no binaria")


class Declaration(models.Model):
    """What a member says about serving. The last one holds; the earlier ones stay.

    `offices`: names of offices they would serve in (a seat's code without its number, a position's key), none
    for any. `skills`: keys of `Skill` and words of their own. `kin`: numbers of members who are their kin.
    """

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="declarations")
    position = models.PositiveIntegerField()
    willing = models.BooleanField()
    offices = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    skills = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    kin = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    gender = models.CharField(max_length=12, choices=Gender, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["member", "-position"]
        constraints = [
            models.UniqueConstraint(fields=["member", "position"], name="declaration_has_its_place"),
            models.CheckConstraint(
                name="declaration_gender_is_known", condition=Q(gender__in=[one.value for one in Gender])
            ),
            models.CheckConstraint(
                name="declaration_names_offices_if_willing", condition=Q(willing=True) | Q(offices=[])
            ),
        ]
        triggers = [
            _never_changes(),
            Trigger(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.position <> 1 + (
                        SELECT COALESCE(max(d.position), 0) FROM council_declaration d
                         WHERE d.member_id = NEW.member_id)
                    THEN
                        RAISE EXCEPTION 'a declaration follows the one before';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}/{self.position}"


class Slate(models.Model):
    """A proposal of who could hold which seats from a day on: sealed, then only read."""

    begins_on = models.DateField()
    title = models.CharField(max_length=120)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="slate_has_its_code", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        triggers = [_never_changes()]

    def __str__(self) -> str:
        return self.title


class Draw(models.Model):
    """A draw that was announced: who takes part, how many are drawn, and the code of a seed nobody has seen.

    `participants`: `[{"number": int, "name": str}]`. `public_value`: what will be named aloud when it is
    held, which nobody controls (the last five figures of the lottery of that night, say). `commitment`:
    SHA-256 of the seed, in hex.
    """

    title = models.CharField(max_length=120)
    places = models.PositiveSmallIntegerField()
    participants = models.JSONField()
    public_value = models.CharField(max_length=200)
    not_before = models.DateTimeField()
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="draw_has_its_code", condition=Q(commitment__regex=r"^[0-9a-f]{64}$")
            ),
            models.UniqueConstraint(fields=["commitment"], name="draw_has_a_seed_of_its_own"),
            models.CheckConstraint(name="draw_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="draw_is_announced_before", condition=Q(not_before__gt=models.F("at"))
            ),
        ]
        triggers = [
            _never_changes(),
            Trigger(
                name="has_participants",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF jsonb_typeof(NEW.participants) <> 'array'
                       OR jsonb_array_length(NEW.participants) < greatest(NEW.places, 2)
                       OR jsonb_array_length(NEW.participants) <> (
                           SELECT count(DISTINCT one->>'number')
                             FROM jsonb_array_elements(NEW.participants) one
                            WHERE one->>'number' ~ '^[1-9][0-9]*$')
                    THEN
                        RAISE EXCEPTION 'a draw has as many participants as places at least, each once';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="one_open_for_a_purpose",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.draws'));
                    IF EXISTS (
                        SELECT FROM council_draw d
                         WHERE lower(regexp_replace(btrim(d.title), '[[:space:]]+', ' ', 'g'))
                             = lower(regexp_replace(btrim(NEW.title), '[[:space:]]+', ' ', 'g'))
                           AND NOT EXISTS (SELECT FROM council_drawresult r WHERE r.draw_id = d.id)
                           AND NOT EXISTS (SELECT FROM council_drawcalledoff c WHERE c.draw_id = d.id)
                           AND EXISTS (
                               SELECT FROM jsonb_array_elements(d.participants) there
                                 JOIN jsonb_array_elements(NEW.participants) here
                                   ON there->>'number' = here->>'number'))
                    THEN
                        RAISE EXCEPTION 'a draw for that is announced among them, and still open';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DrawSeed(models.Model):
    """The seed of a draw, which no page shows before it is held."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="seed", primary_key=True)
    seed = models.CharField(max_length=64)

    class Meta:
        triggers = [
            _never_changes(),
            Trigger(
                name="is_the_announced_one",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF encode(sha256(convert_to(NEW.seed, 'UTF8')), 'hex') <> (
                        SELECT d.commitment FROM council_draw d WHERE d.id = NEW.draw_id) THEN
                        RAISE EXCEPTION 'that is not the seed that was announced';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.draw_id)


class DrawResult(models.Model):
    """A draw that was held: once. `drawn`: numbers of all participants, the first drawn
    first."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="result", primary_key=True)
    seed = models.CharField(max_length=64)
    public_value = models.CharField(max_length=60)
    drawn = ArrayField(models.PositiveIntegerField())
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            _never_changes(),
            Trigger(
                name="follows_from_the_seed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("announced", "record"), ("follows", "integer[]")],
                func="""
                    PERFORM pg_advisory_xact_lock(
                        hashtext(current_schema() || '.draw ' || NEW.draw_id::text));
                    SELECT d.* INTO announced FROM council_draw d WHERE d.id = NEW.draw_id;
                    IF EXISTS (SELECT FROM council_drawcalledoff c WHERE c.draw_id = NEW.draw_id) THEN
                        RAISE EXCEPTION 'a draw that was called off is not held';
                    END IF;
                    IF encode(sha256(convert_to(NEW.seed, 'UTF8')), 'hex') <> announced.commitment THEN
                        RAISE EXCEPTION 'that is not the seed that was announced';
                    END IF;
                    IF NEW.at < announced.not_before OR NEW.public_value = '' THEN
                        RAISE EXCEPTION 'a draw is held at its time, with the public value named';
                    END IF;
                    SELECT array_agg(number ORDER BY encode(sha256(convert_to(
                               NEW.seed || ':' || NEW.public_value || ':' || number, 'UTF8')), 'hex')
                               COLLATE "C", number)
                      INTO follows
                      FROM (SELECT (one->>'number')::integer AS number
                              FROM jsonb_array_elements(announced.participants) one) those;
                    IF follows IS DISTINCT FROM NEW.drawn THEN
                        RAISE EXCEPTION 'the draw gives another order';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.draw_id)


class DrawCalledOff(models.Model):
    """A draw that will not be held, and why. Its seed stays unseen."""

    draw = models.OneToOneField(Draw, on_delete=models.PROTECT, related_name="called_off", primary_key=True)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="draw_called_off_says_why", condition=~Q(reason="")),
        ]
        triggers = [
            _never_changes(),
            Trigger(
                name="before_it_is_held",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM pg_advisory_xact_lock(
                        hashtext(current_schema() || '.draw ' || NEW.draw_id::text));
                    IF EXISTS (SELECT FROM council_drawresult r WHERE r.draw_id = NEW.draw_id) THEN
                        RAISE EXCEPTION 'a draw that was held stands';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return str(self.draw_id)
