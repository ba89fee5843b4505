"""The register of members."""

import uuid
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable

from coop.common.names import fold, sort_key
from coop.common.triggers import Protect
from coop.members.enums import ON_REGISTER, State
from coop.powers import Actor


class MemberQuerySet(models.QuerySet["Member"]):
    def on_register(self, day: date | Combinable) -> "MemberQuerySet":
        """Members on that day: joined, and not yet left (the leaving day is no longer a member's day).

        Who left and came back was no member in between.
        """
        there = Q(left_on__isnull=True) | Q(left_on__gt=day)
        return self.filter(there, joined_on__lte=day).exclude(_away(day))

    def former(self, day: date | Combinable) -> "MemberQuerySet":
        """Who had joined by that day and was no longer a member on it: `on_register` turned round."""
        return self.filter(Q(left_on__lte=day) | _away(day), joined_on__lte=day)

    def in_state(self, day: date | Combinable, *states: State) -> "MemberQuerySet":
        """By what the facts say of that day."""
        return self.filter(_was(day, *states))

    def in_assembly(self, day: date | Combinable) -> "MemberQuerySet":
        """Who counts in an assembly that day: on the register and not suspended."""
        return self.on_register(day).exclude(_was(day, State.SUSPENDED))

    def matching(self, words: str) -> "MemberQuerySet":
        """By member number, or by any part of the name, without accents."""
        words = words.strip()
        if words.isascii() and words.isdigit():
            return self.filter(number=int(words)) if len(words) < 10 else self.none()
        return self.filter(search_name__contains=fold(words)) if words else self


def _away(day: date | Combinable) -> Q:
    """Between a leaving and a coming back. Said in this order: the database looks up no period of others."""
    return Q(Q(came_back=True), ~_was(day, *ON_REGISTER))


def _was(day: date | Combinable, *states: State) -> Exists:
    """The member was in one of those states on that day."""
    from coop.members.models.facts import Period

    open_or_later = Q(until__isnull=True) | Q(until__gt=day)
    return Exists(
        Period.objects.filter(open_or_later, member=OuterRef("pk"), state__in=states, since__lte=day)
    )


def listed(family_name: str, given_names: str) -> str:
    return f"{family_name}, {given_names}" if given_names else family_name


def sorted_and_searched(family_name: str, given_names: str) -> tuple[str, str]:
    """What a name is sorted by, and what it is found by: first and last names in either order."""
    searched = fold(f"{given_names} {family_name} {given_names}")
    return sort_key(listed(family_name, given_names)), searched


class Member(models.Model):
    """One line of the register. Never deleted, never renumbered.

    `joined_on` (the first), `left_on` (the last) and `leaving_reason` sum up the member's facts.
    """

    app_may_update = (
        *("family_name", "given_names", "sort_name", "search_name", "document", "tax_number"),
        *("joined_on", "left_on", "leaving_reason", "came_back"),
        *("section", "bank_account", "email", "mobile"),
        *("shares_subscribed", "shares_paid_in"),
    )

    number = models.PositiveIntegerField(unique=True)
    family_name = models.CharField(max_length=80)
    given_names = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=200, db_collation="C")
    search_name = models.CharField(max_length=200, db_collation="C")
    document = models.CharField(max_length=8)
    tax_number = models.CharField(max_length=11, unique=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    leaving_reason = models.CharField(max_length=80, blank=True)
    # There are days between joining and leaving on which this was no member: the periods say which.
    came_back = models.BooleanField(default=False)
    section = models.CharField(max_length=60, blank=True)
    bank_account = models.CharField(max_length=22, blank=True)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    shares_subscribed = models.PositiveIntegerField(default=0)
    shares_paid_in = models.DecimalField(max_digits=12, decimal_places=2, default=0)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], name="member_email_is_one_persons", condition=~Q(email="")
            ),
            models.CheckConstraint(
                name="member_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="never_renumbered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__df=pgtrigger.F("new__number")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_sort_name()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_sort_name(self) -> None:
        self.sort_name, self.search_name = sorted_and_searched(self.family_name, self.given_names)

    @property
    def listed_name(self) -> str:
        """As in a list: "Agüero, Omar"."""
        return listed(self.family_name, self.given_names)

    @property
    def name(self) -> str:
        """As one is called: "Omar Agüero"."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def actor(self) -> Actor:
        return Actor(member_id=self.pk, number=self.number, name=self.name)

    def is_on_register(self, day: date) -> bool:
        if not (self.joined_on <= day and (self.left_on is None or self.left_on > day)):
            return False
        return not self.came_back or Member.objects.filter(pk=self.pk).on_register(day).exists()


class RegisterUpload(models.Model):
    """A register file between its preview and its confirmation; forgotten after a day."""

    app_may_delete = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
