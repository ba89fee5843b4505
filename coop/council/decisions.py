"""What one decision may bring about: it seats whom it chose, ends what it was about, and no more."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from coop.common.time import local_day
from coop.council import errors
from coop.council.models import HowEnded, Seat, Slate, Term
from coop.members.models import Member
from coop.powers import Actor
from coop.statute.domain import cooperative
from coop.statute.models import Resolution

# A term begins within a year of its election, a recall is put down within a month: after that the paper is
# about something else. The database holds both (`coop/council/models/terms.py`).
SEATS_WITHIN, RECALLS_WITHIN = timedelta(days=366), timedelta(days=31)
SLATE = "slate"
Pick = Mapping[str, Any]
# By hand they stand on somebody's word that they go.
OWN_WORD = frozenset({HowEnded.RESIGNED, HowEnded.MOVED, HowEnded.ASSEMBLY_MET})


def must_seat(resolution: Resolution, held: Seat, member: Member, since: datetime, last_day: date) -> None:
    """Raises DecidedLongBefore, SeatedAlready, NotOnTheSlate or LongerThanTheSlate."""
    latest = resolution.adopted_at + SEATS_WITHIN
    if since > latest:
        raise errors.DecidedLongBefore(str(resolution), resolution.adopted_at, _day(latest))
    before = Term.objects.filter(resolution=resolution, seat=held, during__isempty=False)
    if (other := before.select_related("member").first()) is not None:
        raise errors.SeatedAlready(str(resolution), str(held), other.member.name)
    picks = picks_of(resolution)
    if picks is None:
        return
    if (held.code, member.number) not in [(one["seat"], one["number"]) for one in picks.values()]:
        raise errors.NotOnTheSlate(str(resolution), str(held), member.name)
    latest_day = last_day_of(picks, held.code)
    if latest_day is not None and last_day > latest_day:
        raise errors.LongerThanTheSlate(str(resolution), str(held), latest_day)


def picks_of(resolution: Resolution) -> Mapping[str, Pick] | None:
    """Of the list that it adopted, by seat; None where it adopted none."""
    if resolution.proposal_kind != SLATE or resolution.proposal_id is None:
        return None
    return {one["seat"]: one for one in Slate.objects.get(pk=resolution.proposal_id).facts["picks"]}


def adopted(slate_id: int) -> Resolution | None:
    """The resolution that adopted that list, the latest where there are several."""
    found = Resolution.objects.filter(proposal_kind=SLATE, proposal_id=slate_id)
    return found.order_by("-adopted_at", "-pk").first()


def waits_to_be_seated(slate: Slate) -> bool:
    """It was adopted, and not everybody on it has a term by that resolution."""
    resolution = adopted(slate.pk)
    named = sum(1 for one in slate.facts["picks"] if one["number"] is not None)
    return resolution is not None and Term.objects.filter(resolution=resolution).count() < named


def last_day_of(picks: Mapping[str, Pick] | None, code: str) -> date | None:
    """Where the list gives that seat a shorter term, so that the council is renewed by parts."""
    told = (picks or {}).get(code, {}).get("last_day")
    return date.fromisoformat(told) if told else None


def must_recall(resolution: Resolution, term: Term, at: datetime) -> None:
    """Of this very term: adopted while it ran, and not long ago. Raises RecalledBefore, DecidedLongBefore."""
    began = term.during.lower
    if _day(resolution.adopted_at) < _day(began) or (
        not resolution.is_paper and resolution.adopted_at < began
    ):
        raise errors.RecalledBefore(str(resolution), resolution.adopted_at)
    latest = resolution.adopted_at + RECALLS_WITHIN
    if at > latest:
        raise errors.DecidedLongBefore(str(resolution), resolution.adopted_at, _day(latest))


def must_be_their_word(how: HowEnded, term: Term, resolution: Resolution | None, by: Actor) -> None:
    """Nobody resigns for another. Raises TheirOwnToSay."""
    own = how == HowEnded.RESIGNED and by.member_id == term.member_id
    if how in OWN_WORD and resolution is None and not own and not by.is_system:
        raise errors.TheirOwnToSay(term.member.name)


def _day(at: datetime) -> date:
    return local_day(at, cooperative().tz)
