"""Acts on terms: somebody takes a seat, somebody's term ends before its day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import ngettext

from coop.common.time import local_day, midnight
from coop.common.words import one_line
from coop.council import errors
from coop.council.decisions import must_be_their_word, must_recall, must_seat
from coop.council.models import Basis, HowEnded, Seat, Term
from coop.council.rotation import check as rotation_check
from coop.council.seats import Wanted, ensure_seats, seats_of
from coop.council.term_length import latest_day
from coop.council.terms_told import begun, ended
from coop.members.enums import ON_REGISTER
from coop.members.models import Member, Period
from coop.powers import Actor, Power, require
from coop.record.domain import wait_turn, write
from coop.record.models import Act
from coop.statute.domain import cooperative, locked
from coop.statute.models import Matter, Resolution, StatuteVersion

BY_HAND = frozenset({HowEnded.RESIGNED, HowEnded.RECALLED, HowEnded.MOVED, HowEnded.ASSEMBLY_MET})
DAY = timedelta(days=1)


@transaction.atomic
def seat(
    *,
    seat_code: str,
    member: Member,
    first: date | datetime,
    last_day: date,
    resolution: Resolution,
    by: Actor,
    at: datetime,
) -> Term:
    """A term from `first` (an instant, or a day's first one) to the end of `last_day`, by that resolution.

    Raises NotAllowed, NoSuchSeat, EndsBeforeItBegins, TermTooLong, SeatsNobody, DecidedAfterwards,
    DecidedLongBefore, SeatedAlready, NotOnTheSlate, LongerThanTheSlate, NotMemberThroughout, SeatTaken,
    OtherSeat or MayNotStand; then nothing was written.
    """
    require(by, Power.KEEP_TERMS, at)
    return begin(
        seat_code=seat_code,
        member=member,
        first=first,
        last_day=last_day,
        resolution=resolution,
        by=by,
        at=at,
    )


@transaction.atomic
def begin(
    *,
    seat_code: str,
    member: Member,
    first: date | datetime,
    last_day: date,
    resolution: Resolution,
    by: Actor,
    at: datetime,
) -> Term:
    """`seat`, for what a resolution brings about by itself: whoever calls has asked for the power."""
    wait_turn()
    locked("terms")
    member = Member.objects.select_for_update().get(pk=member.pk)
    zone = cooperative().tz
    since = _since(first, resolution)
    end = midnight(last_day + DAY, zone)
    if end <= since:
        raise errors.EndsBeforeItBegins
    wanted = _must_be_a_seat(seat_code, local_day(since, zone), last_day)
    _must_not_be_too_long(wanted, local_day(since, zone), last_day)
    ensure_seats(since)
    held = Seat.objects.get(code=seat_code)
    basis = _basis(held, resolution, since)
    must_seat(resolution, held, member, since, last_day)
    must_be_member(member, since, end)
    since = _make_way(held, since, end, by, at)
    must_be_free(held, member, since, end)
    rotation_check(seat=held, member=member, first=since, at=at)
    return put_down(
        Term(
            seat=held,
            member=member,
            during=(since, end),
            elected_by=resolution.adopted_by,
            basis=basis,
            resolution=resolution,
        ),
        by,
        at,
    )


@transaction.atomic
def end_term(
    *,
    term_id: int,
    how: HowEnded,
    ends_at: datetime,
    resolution: Resolution | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Term:
    """Ends a term at an instant from now on; a term that had not begun then never was.

    Whoever holds it resigns by themselves; for another it takes the resolution that accepted it. `note` names
    the paper, for all to read. Raises NotAllowed, NotEndedSo, TheirOwnToSay, NeedsRecall, RecalledBefore,
    DecidedLongBefore, DecidedAfterwards, EndsInThePast or TermIsOver; then nothing was written.
    """
    resigning = by.member_id if how == HowEnded.RESIGNED else None
    if resigning is None or not Term.objects.filter(pk=term_id, member_id=resigning).exists():
        require(by, Power.KEEP_TERMS, at)
    return end(term_id=term_id, how=how, ends_at=ends_at, resolution=resolution, note=note, by=by, at=at)


@transaction.atomic
def end(
    *,
    term_id: int,
    how: HowEnded,
    ends_at: datetime,
    resolution: Resolution | None = None,
    note: str = "",
    by: Actor,
    at: datetime,
) -> Term:
    """`end_term`, for what a resolution brings about by itself: whoever calls has asked for the power."""
    wait_turn()
    locked("terms")
    term = Term.objects.select_for_update(of=("self",)).select_related("seat", "member").get(pk=term_id)
    if how not in BY_HAND or (how == HowEnded.ASSEMBLY_MET and term.basis != Basis.AUDITOR):
        raise errors.NotEndedSo(str(how.label))
    if how == HowEnded.RECALLED and (resolution is None or resolution.matter != Matter.RECALL):
        raise errors.NeedsRecall
    if ends_at < at:
        raise errors.EndsInThePast(ends_at)
    must_be_their_word(how, term, resolution, by)
    if resolution is not None and resolution.adopted_at > max(ends_at, at):
        raise errors.DecidedAfterwards(str(resolution), resolution.adopted_at)
    if not is_open_at(term, ends_at) or (term.how_ended and term.during.upper <= at):
        raise errors.TermIsOver(term.member.name, str(term.seat), over_at(term))
    if how == HowEnded.RECALLED and resolution is not None:
        must_recall(resolution, term, at)
    return cut(term, how, ends_at, by, at, resolution=resolution, note=one_line(note)[:200])


def cut(
    term: Term,
    how: HowEnded,
    ends_at: datetime,
    by: Actor,
    at: datetime,
    *,
    resolution: Resolution | None = None,
    note: str = "",
) -> Term:
    """Writes the end of a locked term, and the act. A term that would begin later never was."""
    term.would_have_ended = term.would_have_ended or term.during.upper
    since = term.during.lower
    term.during = (since, max(ends_at, since))
    term.how_ended, term.ended_resolution, term.ended_note = how, resolution, note
    term.ended_recorded_at, term.ended_by_id = at, by.member_id
    term.save(
        update_fields=[
            *("during", "how_ended", "would_have_ended", "ended_resolution", "ended_note"),
            *("ended_recorded_at", "ended_by"),
        ]
    )
    term.refresh_from_db(fields=["during"])
    write(Act.TERM_ENDED, by=by, at=at, facts=ended(term, since))
    return term


def put_down(term: Term, by: Actor, at: datetime) -> Term:
    """Saves a new term, and the act; whoever calls holds the lock of the terms."""
    term.recorded_at, term.recorded_by_id = at, by.member_id
    term.save()
    term.refresh_from_db()
    write(Act.TERM_BEGUN, by=by, at=at, facts=begun(term))
    return term


def is_open_at(term: Term, ends_at: datetime) -> bool:
    """There is something of it left to end at `ends_at`."""
    return not term.during.isempty and ends_at < term.during.upper


def over_at(term: Term) -> datetime:
    """When it ended; a term that never was ended when that was put down."""
    upper = term.ended_recorded_at if term.during.isempty else term.during.upper
    assert upper is not None
    return upper


def must_be_member(member: Member, since: datetime, until: datetime) -> None:
    """On the register on every day of it. Raises NotMemberThroughout."""
    zone = cooperative().tz
    first, last = local_day(since, zone), local_day(until - timedelta(microseconds=1), zone)
    if member.joined_on > first:
        raise errors.NotMemberThroughout(member.name, member.joined_on, None)
    gone = Period.objects.filter(member=member, since__lte=last).exclude(until__lte=first)
    away = gone.exclude(state__in=ON_REGISTER).order_by("since").first()
    left = away.since if away else member.left_on
    if away or (left is not None and left <= last):
        raise errors.NotMemberThroughout(member.name, member.joined_on, left)


def must_be_free(held: Seat, member: Member, since: datetime, until: datetime) -> None:
    """Nobody else in the seat, and the member in no other of council and audit. SeatTaken, OtherSeat."""
    terms = Term.objects.filter(during__overlap=(since, until)).select_related("seat", "member")
    if (other := terms.filter(seat=held).first()) is not None:
        raise errors.SeatTaken(str(held), other.member.name, _last_day(other))
    if not held.is_council_or_audit:
        return
    if (other := terms.council_or_audit().filter(member=member).first()) is not None:
        raise errors.OtherSeat(member.name, str(other.seat), _last_day(other))


def _make_way(held: Seat, since: datetime, until: datetime, by: Actor, at: datetime) -> datetime:
    """Whom the auditor named until the assembly goes when its choice comes: from when that one holds it."""
    named = Term.objects.select_for_update(of=("self",)).filter(seat=held, basis=Basis.AUDITOR)
    for term in named.filter(during__overlap=(since, until)).select_related("seat", "member"):
        since = max(since, at)
        if is_open_at(term, since):
            cut(term, HowEnded.ASSEMBLY_MET, since, by, at)
    return since


def _since(first: date | datetime, resolution: Resolution) -> datetime:
    """Of the very day on which it was adopted here, the instant: a book of paper knows only the day."""
    if isinstance(first, datetime):
        return first
    zone = cooperative().tz
    began = midnight(first, zone)
    same_day = local_day(resolution.adopted_at, zone) == first
    return max(began, resolution.adopted_at) if same_day and not resolution.is_paper else began


def _must_be_a_seat(code: str, first: date, last: date) -> Wanted:
    """Of every version of the statute that holds during the term."""
    versions = [StatuteVersion.objects.in_force(first)]
    versions += StatuteVersion.objects.filter(holds_from__gt=first, holds_from__lte=last).order_by(
        "holds_from"
    )
    found: list[Wanted] = []
    for version in versions:
        wanted = {one.code: one for one in seats_of(version.rules)}.get(code)
        if wanted is None:
            known = Seat.objects.filter(code=code).first()
            raise errors.NoSuchSeat(
                str(known or code), first, version.holds_from if version.holds_from > first else None
            )
        found.append(wanted)
    return found[0]


def _must_not_be_too_long(wanted: Wanted, first: date, last: date) -> None:
    rules = StatuteVersion.objects.in_force(first).rules
    latest = latest_day(rules, wanted, first, cooperative())
    if last <= latest.day:
        return
    if latest.months:
        says = ngettext("%(n)d mes", "%(n)d meses", latest.months) % {"n": latest.months}
    else:
        says = ngettext("%(n)d ejercicio", "%(n)d ejercicios", latest.years) % {"n": latest.years}
    raise errors.TermTooLong(latest.day, f"{says}, {latest.source}" if latest.source else says)


def _basis(held: Seat, resolution: Resolution, since: datetime) -> Basis:
    position = not held.is_council_or_audit
    matters = {Matter.ELECTION: Basis.ELECTED}
    if position:
        matters[Matter.ORDINARY_DECISION] = Basis.APPOINTED
    basis = matters.get(Matter(resolution.matter))
    if basis is None:
        raise errors.SeatsNobody(str(resolution), str(resolution.get_matter_display()), position=position)
    on_paper = resolution.is_paper and local_day(resolution.adopted_at, cooperative().tz) <= local_day(
        since, cooperative().tz
    )
    if not on_paper and resolution.adopted_at > since:
        raise errors.DecidedAfterwards(str(resolution), resolution.adopted_at)
    return basis


def _last_day(term: Term) -> date:
    return local_day(term.during.upper - timedelta(microseconds=1), cooperative().tz)


__all__ = ["BY_HAND", "begin", "end", "end_term", "seat"]
