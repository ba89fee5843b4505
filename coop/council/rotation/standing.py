"""What members say about serving: willing or not, where, what they know. The last word of each holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coop.council.models import Declaration
from coop.council.rotation import errors
from coop.council.rotation.skills import skill_names
from coop.members.models import Member
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import locked
from coop.statute.models import day_of


@dataclass(frozen=True, slots=True)
class Offer:
    """`willing` is None for who has said nothing. `offices` empty: any of them."""

    willing: bool | None = None
    offices: frozenset[str] = frozenset()
    skills: tuple[str, ...] = ()
    kin: frozenset[int] = frozenset()
    gender: str = ""
    at: datetime | None = None

    def wants(self, office: str) -> bool:
        return self.willing is True and (not self.offices or office in self.offices)

    def says(self) -> tuple[object, ...]:
        return self.willing, self.offices, frozenset(self.skills), self.kin, self.gender


def offers_on(at: datetime) -> Mapping[int, Offer]:
    """The last declaration of each until `at`, by the member's number. One statement."""
    last = Declaration.objects.filter(at__lte=at).order_by("member_id", "-position").distinct("member_id")
    return {one.member.number: offer_of(one) for one in last.select_related("member")}


def offer_of(one: Declaration) -> Offer:
    return Offer(
        one.willing, frozenset(one.offices), tuple(one.skills), frozenset(one.kin), one.gender, one.at
    )


def mine(member_id: int) -> Offer:
    last = Declaration.objects.filter(member_id=member_id).order_by("-position").first()
    return offer_of(last) if last else Offer()


@transaction.atomic
def declare(
    *,
    willing: bool,
    offices: Collection[str] = (),
    skills: Sequence[str] = (),
    kin: Collection[int] = (),
    gender: str = "",
    by: Actor,
    at: datetime,
) -> Declaration:
    """The member's own word, and nobody else's. Who would not serve names no offices.

    Raises MayNotDeclare (off the register), NoSuchKin or NothingChanges.
    """
    who = by.member_id
    if who is None or not Member.objects.on_register(day_of(at)).filter(pk=who).exists():
        raise errors.MayNotDeclare
    locked(f"declaration {who}")
    known = set(Member.objects.filter(number__in=kin).exclude(pk=who).values_list("number", flat=True))
    if missing := sorted(set(kin) - known):
        raise errors.NoSuchKin(missing)
    offices = sorted(offices) if willing else []
    said = Offer(willing, frozenset(offices), tuple(dict.fromkeys(skills)), frozenset(kin), gender)
    last = Declaration.objects.filter(member_id=who).order_by("-position").first()
    if last and offer_of(last).says() == said.says():
        raise errors.NothingChanges
    made = Declaration.objects.create(
        member_id=who,
        position=last.position + 1 if last else 1,
        willing=willing,
        offices=offices,
        skills=list(said.skills),
        kin=sorted(kin),
        gender=gender,
        at=at,
    )
    facts = {
        "number": by.number,
        "name": by.name,
        "willing": willing,
        "offices": offices,
        "skills": skill_names(said.skills),
    }
    write(Act.STANDING_DECLARED, by=by, at=at, facts=facts)
    return made
