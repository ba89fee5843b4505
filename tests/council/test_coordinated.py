"""Who coordinates which section's tasks: the council's answer to the shop floor."""

from datetime import UTC, datetime, timedelta

import pytest

from coop.council.models import Seat, SeatCode, SeatKind, Term
from coop.council.wiring_pictures import coordinated
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
FIRST, END = datetime(2025, 5, 1, 3, tzinfo=UTC), datetime(2026, 5, 1, 3, tzinfo=UTC)


def seat(key: str, kind: str, section: str) -> Seat:
    return Seat.objects.create(
        code=f"p_{key}_1",
        position=100 + Seat.objects.count(),
        kind=SeatKind.POSITION,
        rank=1,
        key=key,
        position_kind=kind,
        name=key,
        section=section,
    )


def hold(member: Member, held: Seat) -> None:
    Term.objects.create(seat=held, member=member, during=(FIRST, END), elected_by="Asamblea 2025")


def test_a_coordinator_answers_for_their_section_until_the_term_ends(members: list[Member]) -> None:
    hold(members[3], seat("hornos", "coordinator", "Hornos "))
    assert coordinated(members[3].pk, END - timedelta(microseconds=1)) == {"hornos"}
    assert coordinated(members[3].pk, END) == frozenset()


def test_a_coordinator_of_no_section_and_the_secretary_answer_for_all(
    members: list[Member], secretary: Member
) -> None:
    hold(members[3], seat("todo", "coordinator", ""))
    assert coordinated(members[3].pk, FIRST) is None
    assert coordinated(secretary.pk, FIRST) is None


def test_a_delegate_the_treasurer_and_a_member_coordinate_nothing(members: list[Member]) -> None:
    hold(members[3], seat("delegada", "delegate", "Hornos"))
    people.give_seat(members[2], SeatCode.TREASURER)
    for member in members[2:5]:
        assert coordinated(member.pk, FIRST) == frozenset()
