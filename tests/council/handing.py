"""A council that changes: who was elected and until when, a handover that both sides finish."""

from datetime import UTC, datetime, timedelta

from coop.council.enums_handover import Said, Side
from coop.council.handover import acts
from coop.council.handover.opening import open_due
from coop.council.handover.state import State, read
from coop.council.models import Handover, SeatCode, Term
from coop.members.models import Member
from tests.support import people

# The midnight between two councils.
CHANGE = datetime(2026, 5, 1, 3, tzinfo=UTC)
AFTER = CHANGE + timedelta(hours=9)
BEGAN, ENDS = datetime(2024, 5, 1, 3, tzinfo=UTC), datetime(2028, 5, 1, 3, tzinfo=UTC)


def follow(gone: Member, come: Member, seat: SeatCode = SeatCode.TREASURER) -> tuple[Term, Term]:
    """Two terms in a row, until and from CHANGE."""
    return people.give_seat(gone, seat, BEGAN, CHANGE), people.give_seat(come, seat, CHANGE, ENDS)


def opened(gone: Member, come: Member, at: datetime = AFTER) -> Handover:
    follow(gone, come)
    open_due(at)
    return Handover.objects.get()


def state_of(handover: Handover, at: datetime = AFTER) -> State:
    return State(read().get(pk=handover.pk), at)


def answer(handover: Handover, who: Member, said: Said, at: datetime = AFTER, note: str = "") -> None:
    """The same of every line."""
    for item in handover.items.all():
        acts.say(item_id=item.pk, said=said, note=note, by=who.actor, at=at)


def sign(
    handover: Handover, who: Member, at: datetime = AFTER, *, witness: bool = False, remark: str = ""
) -> None:
    seen = state_of(handover, at).sha256
    acts.sign(handover_id=handover.pk, seen=seen, remark=remark, by=who.actor, at=at, witness=witness)


def finished(handover: Handover, gone: Member, come: Member, at: datetime = AFTER) -> None:
    answer(handover, gone, Said.GIVEN, at)
    answer(handover, come, Said.RECEIVED, at)
    sign(handover, gone, at)
    sign(handover, come, at)
    assert {one.side for one in handover.signatures.all()} == {Side.OUT, Side.IN}
