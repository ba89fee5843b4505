"""Terms that end with something else: with membership, with a seat of the statute."""

from datetime import date, datetime, timedelta

from coop.common.time import local_day, midnight
from coop.council import errors
from coop.council.models import HowEnded, Term
from coop.council.seating import cut
from coop.council.seats import ensure_seats, seats_of
from coop.members.enums import ON_REGISTER, State
from coop.members.models import Member, Period
from coop.powers import Actor
from coop.record.domain import wait_turn
from coop.statute.domain import cooperative, locked
from coop.statute.models import Resolution, StatuteVersion


def with_membership(member: Member, state: State, day: date, by: Actor, at: datetime) -> None:
    """From `day` on the member is none: whatever they hold ends then, however long ago that was."""
    wait_turn()
    locked("terms")
    ends_at = midnight(day, cooperative().tz)
    how = HowEnded.DIED if state == State.DIED else HowEnded.LEFT
    held = Term.objects.filter(member=member, during__endswith__gt=ends_at).order_by("pk")
    for term in held.select_for_update(of=("self",)).select_related("seat", "member"):
        cut(term, how, ends_at, by, at)


def no_term_outside(member: Member) -> None:
    """Whatever was held was held by a member: days of joining, leaving and coming back leave no term outside.

    The database refuses it besides (`SeatedMember`). Raises OutsideMembership.
    """
    zone = cooperative().tz
    away = [(date.min, member.joined_on)]
    gone = Period.objects.filter(member=member).exclude(state__in=ON_REGISTER)
    away += [(one.since, one.until or date.max) for one in gone]
    for term in Term.objects.filter(member=member, during__isempty=False).select_related("seat"):
        first = local_day(term.during.lower, zone)
        last = local_day(term.during.upper - timedelta(microseconds=1), zone)
        if any(since <= last and first < until for since, until in away):
            raise errors.OutsideMembership(member.name, str(term.seat), first, last)


def with_the_statute(resolution: Resolution, by: Actor, at: datetime) -> None:
    """A version was adopted: rows for its seats; terms in seats it does without end the day it takes effect.

    The statute's own handler has made the version; a resolution of the paper book may be mere history.
    """
    version = StatuteVersion.objects.filter(resolution=resolution).first()
    if version is None:
        return
    wait_turn()
    locked("terms")
    takes_effect = midnight(version.holds_from, cooperative().tz)
    ensure_seats(takes_effect)
    codes = {one.code for one in seats_of(version.rules)}
    held = Term.objects.filter(during__endswith__gt=takes_effect).exclude(seat__code__in=codes)
    for term in held.order_by("pk").select_for_update(of=("self",)).select_related("seat", "member"):
        cut(term, HowEnded.DROPPED, takes_effect, by, at, resolution=resolution)
