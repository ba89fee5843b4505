"""Writing facts, and the register's line that follows from them. Who may is for the verbs above to ask."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from coop.common.names import fold
from coop.members import leaving
from coop.members.enums import LEAVINGS, FactKind
from coop.members.facts import Stretch, check, in_order, stretches, summed
from coop.members.models import Member, MemberFact, Period, SanctionFile
from coop.powers import Actor
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.models import Resolution

_REASONS = (
    ("renun", FactKind.RESIGNED),
    ("exclu", FactKind.EXCLUDED),
    ("expul", FactKind.EXCLUDED),
    ("jubil", FactKind.RETIRED),
    ("retir", FactKind.RETIRED),
    ("fallec", FactKind.DIED),
    ("muer", FactKind.DIED),
    ("defunc", FactKind.DIED),
)
# What the register's line says for good, whoever writes it and in whatever language.
_WORDS = {
    FactKind.RESIGNED: "Renuncia",
    FactKind.EXCLUDED: "Exclusión",
    FactKind.RETIRED: "Jubilación",
    FactKind.DIED: "Fallecimiento",
    FactKind.LEFT: "Baja",
}


def leaving_kind(reason: str) -> FactKind:
    """What a spreadsheet's words for leaving mean; LEFT when they mean nothing known."""
    words = fold(reason)
    return next((kind for start, kind in _REASONS if words.startswith(start)), FactKind.LEFT)


def held_member(member_id: int) -> Member:
    """The member, their row locked: one fact of a person at a time. Member.DoesNotExist."""
    wait_turn()
    return Member.objects.select_for_update().get(pk=member_id)


def tell(
    *,
    member: Member,
    kind: FactKind,
    day: date,
    by: Actor,
    at: datetime,
    until: date | None = None,
    noticed_on: date | None = None,
    resolution: Resolution | None = None,
    sanction: SanctionFile | None = None,
    source: str = "",
    note: str = "",
) -> MemberFact:
    """Appends a fact of a locked member, and rewrites the line. Raises ImpossibleFact."""
    fact = MemberFact(
        member=member,
        position=next_position(member),
        kind=kind,
        day=day,
        until=until,
        noticed_on=noticed_on,
        resolution=resolution,
        sanction=sanction,
        source=source,
        note=note or _WORDS.get(kind, ""),
        at=at,
        by_id=by.member_id,
    )
    check([*MemberFact.objects.standing().filter(member=member), fact])
    fact.save()
    rewrite(member)
    write(Act.MEMBER_FACT, by=by, at=at, facts=_facts(fact))
    leaving.told(member, by, at)
    return fact


def annul(*, fact: MemberFact, reason: str, by: Actor, at: datetime) -> MemberFact:
    """Takes back a fact of a locked member with a row that says why. Raises ImpossibleFact."""
    member = fact.member
    check(MemberFact.objects.standing().filter(member=member).exclude(pk=fact.pk))
    annulling = MemberFact.objects.create(
        member=member,
        position=next_position(member),
        kind=FactKind.ANNULLED,
        day=fact.day,
        source=str(fact.position),
        note=reason,
        annuls=fact,
        at=at,
        by_id=by.member_id,
    )
    rewrite(member)
    write(Act.MEMBER_FACT_ANNULLED, by=by, at=at, facts=_facts(fact) | {"reason": reason})
    leaving.told(member, by, at)
    return annulling


def next_position(member: Member) -> int:
    last = MemberFact.objects.filter(member=member).aggregate(last=Max("position"))["last"]
    return int(last or 0) + 1


def rewrite(member: Member) -> None:
    """The member's periods and line anew, from the facts that stand."""
    facts = list(MemberFact.objects.standing().filter(member=member))
    found = stretches(facts)
    Period.objects.filter(member=member).delete()
    Period.objects.bulk_create(periods_of(member, found))
    sum_up(member, facts, found)
    member.save(update_fields=["joined_on", "left_on", "leaving_reason", "came_back"])


def periods_of(member: Member, found: Iterable[Stretch]) -> list[Period]:
    return [Period(member=member, state=one.state, since=one.since, until=one.until) for one in found]


def sum_up(member: Member, facts: Sequence[MemberFact], found: Sequence[Stretch]) -> None:
    """Sets the line's days and reason; not saved."""
    told = summed(found)
    if told is None:
        return
    left = [fact for fact in in_order(facts) if fact.kind in LEAVINGS]
    member.joined_on, member.left_on, member.came_back = told.joined_on, told.left_on, told.came_back
    member.leaving_reason = str(getattr(left[-1], "note", ""))[:80] if left and told.left_on else ""


def _facts(fact: MemberFact) -> dict[str, Any]:
    """What the record says: no more than the register shows to everybody."""
    return {
        "number": fact.member.number,
        "name": fact.member.name,
        "kind": str(fact.kind),
        "day": fact.day.isoformat(),
        "until": fact.until.isoformat() if fact.until else "",
        "resolution": str(fact.resolution) if fact.resolution else "",
        "file": fact.sanction.number if fact.sanction else None,
        "source": fact.source,
    }
