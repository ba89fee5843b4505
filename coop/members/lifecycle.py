"""What the register's keeper puts on the books about a member: confirmed, resigned, retired, died, back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from coop.common.time import local_day
from coop.common.words import one_line
from coop.members.basis import DECIDES_ON_MEMBERS, rests_on
from coop.members.enums import FactKind
from coop.members.errors import (
    AnnulledAlready,
    BelongsToFile,
    NeedsResolution,
    NeedsSource,
    NoticeTooShort,
    NotYet,
)
from coop.members.facts import Status, status_on
from coop.members.models import Member, MemberFact
from coop.members.telling_facts import annul, held_member, tell
from coop.powers import Actor, Power, require
from coop.statute.domain import cooperative, rules_at
from coop.statute.models import Resolution, StatuteVersion

# A day further ahead is a slip of the keyboard.
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Needs:
    """What a fact of that kind rests on, and whether its day may be one to come."""

    resolution: bool = False
    may_come: bool = True


BY_HAND = {
    FactKind.CONFIRMED: Needs(resolution=True),
    FactKind.LIFTED: Needs(resolution=True),
    FactKind.RESIGNED: Needs(),
    FactKind.RETIRED: Needs(),
    FactKind.DIED: Needs(may_come=False),
    FactKind.READMITTED: Needs(resolution=True),
}


@transaction.atomic
def put_on_the_books(
    *,
    member_id: int,
    kind: FactKind,
    day: date,
    by: Actor,
    at: datetime,
    resolution: Resolution | None = None,
    source: str = "",
    noticed_on: date | None = None,
) -> MemberFact:
    """A fact of `BY_HAND` about a member. `source` names the paper; `noticed_on` is a resignation's.

    Raises NotAllowed, NeedsResolution, NeedsSource, WrongMatter, DecidedLater, NotYet, NoticeTooShort or
    ImpossibleFact; then nothing was written.
    """
    require(by, Power.KEEP_REGISTER, at)
    member = held_member(member_id)
    needs, source = BY_HAND[kind], one_line(source)[:120]
    today = local_day(at, cooperative().tz)
    if day > (today + AHEAD if needs.may_come else today):
        raise NotYet(day)
    if resolution is not None:
        rests_on(resolution, matters=DECIDES_ON_MEMBERS, day=day)
    elif needs.resolution:
        raise NeedsResolution(kind)
    elif not source:
        raise NeedsSource(kind)
    if kind == FactKind.RESIGNED:
        noticed_on = noticed_on or day
        _check_notice(noticed_on, day, resolution, today, at)
    return tell(
        member=member,
        kind=kind,
        day=day,
        noticed_on=noticed_on if kind == FactKind.RESIGNED else None,
        resolution=resolution,
        source=source,
        by=by,
        at=at,
    )


@transaction.atomic
def take_back(*, fact_id: int, reason: str, by: Actor, at: datetime) -> MemberFact:
    """Annuls a fact that was put on the books wrongly; both stay to be read.

    Raises AnnulledAlready, NeedsSource without a reason, BelongsToFile for what a sanction file brought
    about, ImpossibleFact when what is left contradicts itself.
    """
    require(by, Power.KEEP_REGISTER, at)
    member_id = MemberFact.objects.values_list("member_id", flat=True).get(pk=fact_id)
    held_member(member_id)
    fact = MemberFact.objects.select_related("member", "sanction", "resolution").get(pk=fact_id)
    if fact.kind == FactKind.ANNULLED or MemberFact.objects.filter(annuls=fact).exists():
        raise AnnulledAlready
    if fact.sanction is not None:
        raise BelongsToFile(fact.sanction.number)
    reason = one_line(reason)[:200]
    if not reason:
        raise NeedsSource(FactKind.ANNULLED)
    return annul(fact=fact, reason=reason, by=by, at=at)


def status_of(member: Member, day: date) -> Status | None:
    """By the rules in force that day. One or two statements; for one person, never for a list."""
    facts = list(MemberFact.objects.standing().filter(member=member))
    return status_on(facts, day, StatuteVersion.objects.in_force(day).rules.membership)


def _check_notice(
    noticed_on: date, day: date, resolution: Resolution | None, today: date, at: datetime
) -> None:
    if noticed_on > today:
        raise NotYet(noticed_on)
    days = rules_at(at).membership.resignation_notice_days
    earliest = noticed_on + timedelta(days=days)
    if day < noticed_on or (resolution is None and day < earliest):
        raise NoticeTooShort(earliest, days)
