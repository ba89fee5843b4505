"""How an assembly stands at an instant: one reading for the page, the live fragment and the board."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from assemblies.domain.attendance import CHECK_IN_OPENS
from assemblies.domain.conflicts import in_conflict
from assemblies.domain.quorum import Quorum, quorum_of
from assemblies.enums import PollState
from assemblies.models import AgendaItem, Assembly, Attendance, Ballot, Minutes, Motion, Poll, RollEntry
from coop.members.models import Member
from coop.members.voice import without_vote
from coop.powers import Power, powers_of

SHARED = """
SELECT a.state, a.current_item_id,
       (SELECT count(*) FROM assemblies_attendance t WHERE t.assembly_id = a.id AND t.left_at IS NULL),
       (SELECT string_agg(m.id || ':' || m.state, ',' ORDER BY m.id)
          FROM assemblies_motion m JOIN assemblies_agendaitem i ON i.id = m.item_id
         WHERE i.assembly_id = a.id),
       p.id,
       (SELECT count(*) FROM assemblies_rollentry r JOIN assemblies_ballot b ON b.entry_id = r.id
         WHERE r.poll_id = p.id)
  FROM assemblies_assembly a
  LEFT JOIN assemblies_poll p ON p.assembly_id = a.id AND p.state = 'open'
 WHERE a.id = %s
"""
OWN = """
SELECT (SELECT count(*) FROM assemblies_attendance t
         WHERE t.assembly_id = %(assembly)s AND t.member_id = %(member)s AND t.left_at IS NULL),
       (SELECT string_agg(p.id || ':' || COALESCE(b.choice, ''), ',')
          FROM assemblies_poll p JOIN assemblies_rollentry r ON r.poll_id = p.id AND r.member_id = %(member)s
          LEFT JOIN assemblies_ballot b ON b.entry_id = r.id
         WHERE p.assembly_id = %(assembly)s AND p.state = 'open')
"""


@dataclass(frozen=True, slots=True)
class Turnout:
    voted: int
    of: int


@dataclass(frozen=True, slots=True)
class OwnVote:
    """The reader's line on a poll's roll, and their ballot if cast. `reason`: why they have no vote."""

    on_roll: bool
    ballot: Ballot | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    assembly: Assembly
    at: datetime
    quorum: Quorum
    items: list[AgendaItem]
    poll: Poll | None
    turnout: Turnout | None
    own: OwnVote | None
    is_present: bool
    powers: frozenset[Power]

    @property
    def may_check_in(self) -> bool:
        on_time = self.at >= self.check_in_opens_at
        return on_time and not self.is_present and not self.assembly.is_closed

    @property
    def check_in_opens_at(self) -> datetime:
        return self.assembly.starts_at - CHECK_IN_OPENS

    @property
    def before_the_hour(self) -> bool:
        return self.at < self.assembly.starts_at

    @property
    def presides(self) -> bool:
        return Power.PRESIDE in self.powers

    @property
    def keeps_attendance(self) -> bool:
        return Power.KEEP_ATTENDANCE in self.powers

    @property
    def records_motions(self) -> bool:
        return Power.RECORD_MOTIONS in self.powers

    @property
    def keeps_hall(self) -> bool:
        return Power.KEEP_HALL in self.powers

    @property
    def writes_minutes(self) -> bool:
        return Power.WRITE_MINUTES in self.powers

    @property
    def minutes_number(self) -> int | None:
        """Of the closed minutes; None while they are a draft. Asks the database: only for what is over."""
        return Minutes.objects.filter(assembly=self.assembly).values_list("number", flat=True).first()

    @property
    def next_item(self) -> AgendaItem | None:
        now = self.assembly.current_item_id
        later = [item for item in self.items if item.position > self._position(now)]
        return later[0] if later else None

    @property
    def current(self) -> AgendaItem | None:
        return next((item for item in self.items if item.pk == self.assembly.current_item_id), None)

    @property
    def last_result(self) -> Poll | None:
        """The newest closed poll of the item now on the floor: what the board shows until the next item."""
        if self.current is None or self.assembly.is_closed:
            return None
        polls = [motion.poll for motion in self.current.heard if hasattr(motion, "poll")]
        closed = [(poll.closed_at, poll) for poll in polls if poll.closed_at]
        return max(closed, key=itemgetter(0))[1] if closed else None

    @property
    def board_size(self) -> str:
        """How large the board's headline may be, so that nothing scrolls: "", "long" or "longer"."""
        shown = self.poll or self.last_result
        headline = shown.motion.title if shown else (self.current.title if self.current else "")
        return "longer" if len(headline) > 90 else "long" if len(headline) > 45 else ""

    def _position(self, item_id: int | None) -> int:
        return next((item.position for item in self.items if item.pk == item_id), 0)


def situation(*, assembly_id: int, member: Member, at: datetime) -> Situation:
    """Raises Assembly.DoesNotExist."""
    here = Attendance.objects.filter(assembly=OuterRef("pk"), member=member, left_at__isnull=True)
    assembly = Assembly.objects.annotate(is_here=Exists(here), voted=_votes()).get(pk=assembly_id)
    items = _agenda(assembly)
    polls = [motion.poll for item in items for motion in item.heard if hasattr(motion, "poll")]
    poll = next((poll for poll in polls if poll.is_open), None)
    return Situation(
        assembly=assembly,
        at=at,
        quorum=quorum_of(assembly, at),
        items=items,
        poll=poll,
        turnout=Turnout(voted=assembly.voted, of=poll.entitled) if poll else None,
        own=own_vote(poll, member) if poll else None,
        is_present=assembly.is_here,
        powers=powers_of(member.actor, at),
    )


def _votes() -> Coalesce:
    """How many have voted in the assembly's open poll, read with the assembly itself."""
    cast = Ballot.objects.filter(
        entry__poll__assembly=OuterRef("pk"), entry__poll__state=PollState.OPEN
    ).order_by()
    counted = cast.values("entry__poll__assembly").annotate(votes=Count("pk")).values("votes")
    return Coalesce(Subquery(counted), 0)


def turnout(poll: Poll) -> Turnout:
    """How many of the roll have voted; the roll has those present with a vote when the poll opened."""
    return Turnout(voted=Ballot.objects.filter(entry__poll=poll).count(), of=poll.entitled)


def own_vote(poll: Poll, member: Member) -> OwnVote:
    entry = RollEntry.objects.select_related("ballot").filter(poll=poll, member=member).first()
    if entry is None:
        return OwnVote(on_roll=False, ballot=None, reason=_why_no_vote(poll, member))
    return OwnVote(on_roll=True, ballot=getattr(entry, "ballot", None))


def _why_no_vote(poll: Poll, member: Member) -> str:
    """ "" for who was not present when the poll opened."""
    at = poll.opened_at
    if reason := without_vote([member.pk], at).get(member.pk):
        return reason
    rules = poll.statute.rules
    return in_conflict([member.pk], matter=poll.motion.matter, rules=rules, at=at).get(member.pk, "")


def _agenda(assembly: Assembly) -> list[AgendaItem]:
    """The items in order, each with `heard`: its motions with mover, seconder and poll."""
    items = list(assembly.items.all())
    found = Motion.objects.filter(item__assembly=assembly)
    # What a proposal says is long, and the page that explains it has it.
    motions = found.select_related("mover", "seconder", "poll__resolution", "put").defer("put__facts")
    heard: dict[int, list[Motion]] = {}
    for motion in motions:
        heard.setdefault(motion.item_id, []).append(motion)
    for item in items:
        item.heard = heard.get(item.pk, [])
    return items


def version(*, assembly_id: int, member_id: int, at: datetime) -> str:
    """An ETag of what this member's live page shows: two small statements, one kept for a second."""
    key = f"assembly:{assembly_id}:shared"
    shared = cache.get(key)
    if shared is None:
        shared = _row(SHARED, [assembly_id])
        cache.set(key, shared, timeout=1)
    own = _row(OWN, {"assembly": assembly_id, "member": member_id})
    # Calls hold from their minute on, so the minute is part of what is shown.
    seen = (assembly_id, member_id, shared, own, at.strftime("%Y%m%d%H%M"), get_language())
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def _row(statement: str, params: list[int] | dict[str, int]) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return tuple(cursor.fetchone() or ())
