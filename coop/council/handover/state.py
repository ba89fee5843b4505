"""How a handover stands: who hands over, who takes, what each said, who signed. For the page and the seal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from coop.common.time import local_day
from coop.council.enums_handover import Said, Side
from coop.council.handover.lists import told
from coop.council.models import Handover, HandoverItem, HandoverMark, HandoverSignature, HowEnded, Term
from coop.documents.codes import seal
from coop.members.models import Member
from coop.statute.domain import cooperative

# So long the other side has to come and sign, before a witness may sign in their place.
COMES_WITHIN = timedelta(days=15)


def read() -> QuerySet[Handover]:
    """With everything that a State needs, in a fixed number of statements."""
    return Handover.objects.select_related("seat", "outgoing__member", "incoming__member").prefetch_related(
        "items__marks__by", "signatures__by"
    )


@dataclass(frozen=True, slots=True)
class LineState:
    item: HandoverItem
    out: HandoverMark | None
    taken: HandoverMark | None

    @property
    def text(self) -> str:
        """In the language of the moment, where it is a line of ours."""
        return told(self.item.text)

    @property
    def agreed(self) -> bool:
        return bool(
            self.taken
            and self.taken.said == Said.RECEIVED
            and (self.out is None or self.out.said == Said.GIVEN)
        )

    @property
    def differs(self) -> bool:
        """One says given, the other that it is missing; or the reverse."""
        if self.out is None or self.taken is None:
            return False
        return (self.out.said == Said.GIVEN) is not (self.taken.said == Said.RECEIVED)


@dataclass(frozen=True)
class State:
    handover: Handover
    at: datetime

    @property
    def outgoing(self) -> Member | None:
        return self.handover.outgoing.member if self.handover.outgoing else None

    @property
    def incoming(self) -> Member | None:
        return self.handover.incoming.member if self.handover.incoming else None

    @property
    def goes_on(self) -> bool:
        """The same person again: nothing changes hands."""
        return self.outgoing is not None and self.outgoing == self.incoming

    @cached_property
    def signatures(self) -> dict[str, HandoverSignature]:
        return {one.side: one for one in self.handover.signatures.all()}

    @property
    def signed(self) -> bool:
        """By who takes, and by who hands over or a witness."""
        return Side.IN in self.signatures and bool({Side.OUT, Side.WITNESS} & set(self.signatures))

    @property
    def is_open(self) -> bool:
        return not self.signed and not self.goes_on

    @cached_property
    def lines(self) -> list[LineState]:
        return [self._line(item) for item in self.handover.items.all()]

    def _line(self, item: HandoverItem) -> LineState:
        """Of who takes only what the holder of the seat said, once there is one."""
        out = taken = None
        incoming = self.incoming
        for mark in item.marks.all():
            if mark.side == Side.OUT:
                out = mark
            elif incoming is None or mark.by_id == incoming.pk:
                taken = mark
        return LineState(item, out, taken)

    @property
    def ends_at(self) -> datetime:
        """From when on it may be signed."""
        return self.handover.outgoing.during.upper if self.handover.outgoing else self.handover.opened_at

    @property
    def witness_from(self) -> datetime:
        """From when on a witness may sign in the place of who hands over; at once where nobody can come."""
        term = self.handover.outgoing
        if term is None or term.how_ended in (HowEnded.DIED, HowEnded.LEFT) or self._left(term):
            return self.ends_at
        return max(self.handover.opened_at, self.ends_at) + COMES_WITHIN

    def _left(self, term: Term) -> bool:
        return not term.member.is_on_register(self._day(self.at))

    def _day(self, at: datetime) -> date:
        return local_day(at, self._zone)

    @cached_property
    def _zone(self) -> Any:
        return cooperative().tz

    @property
    def alone(self) -> bool:
        """Who hands over cannot come, or did not in time."""
        return Side.OUT not in self.signatures and self.at >= self.witness_from

    @property
    def unanswered(self) -> int:
        """Lines of which somebody has still to say something."""
        return sum(1 for line in self.lines if line.taken is None or (line.out is None and not self.alone))

    @property
    def differences(self) -> int:
        return sum(1 for line in self.lines if line.differs)

    @cached_property
    def sha256(self) -> str:
        return seal(self.facts())

    def facts(self) -> dict[str, Any]:
        """What is signed."""
        return {
            "handover": self.handover.pk,
            "seat": self.handover.seat.code,
            "seat_name": self.handover.seat.name,
            "out": _party(self.outgoing),
            "until": _moment(self.handover.outgoing.during.upper) if self.handover.outgoing else "",
            "in": _party(self.incoming),
            "since": _moment(self.handover.incoming.during.lower) if self.handover.incoming else "",
            "lines": [
                {
                    "n": line.item.position,
                    "kind": line.item.kind,
                    "text": line.item.text,
                    "out": _said(line.out),
                    "in": _said(line.taken),
                }
                for line in self.lines
            ],
        }


def _party(member: Member | None) -> dict[str, Any] | None:
    return {"number": member.number, "name": member.name} if member else None


def _said(mark: HandoverMark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {"said": mark.said, "note": mark.note, "number": mark.by.number, "at": _moment(mark.at)}


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
