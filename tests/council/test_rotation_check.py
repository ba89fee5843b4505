"""The question that seating somebody asks: who may begin a term, and from when those who may not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from coop.council import rotation
from coop.council.models import Declaration, Seat, SeatCode
from coop.council.rotation import MayNotStand
from coop.members.enums import State
from coop.members.models import Member, Period
from coop.statute.rules import MODEL_STATUTE
from tests.support.people import Instants, client_of, give_seat
from tests.support.reform import reform

pytestmark = pytest.mark.django_db

NOW = Instants.hour


def day(year: int, month: int = 5, dom: int = 1) -> datetime:
    return datetime(year, month, dom, 3, tzinfo=UTC)


def statute(**rules: Any) -> None:
    document = MODEL_STATUTE.to_json()
    document["rotation"] |= rules
    document["membership"]["trial_votes"] = False
    reform(date(2010, 1, 1), document)


def check(member: Member, code: str, first: datetime) -> None:
    rotation.check(seat=Seat.objects.get(code=code), member=member, first=first, at=NOW)


def offer(member: Member, *offices: str, willing: bool = True) -> None:
    last = Declaration.objects.filter(member=member).count()
    Declaration.objects.create(
        member=member, position=last + 1, willing=willing, offices=list(offices), at=NOW
    )


def test_whoever_has_held_the_most_terms_waits_and_is_told_from_when(members):
    statute(most_terms=1, cool_off_years=3)
    give_seat(members[0], SeatCode.TREASURER, day(2023), day(2026))
    with pytest.raises(MayNotStand, match="01/05/2029") as refused:
        check(members[0], "president", day(2026))
    assert "30/04/2026" in str(refused.value)
    assert "Élida Quiroga" in str(refused.value)
    check(members[0], "president", day(2029))
    check(members[1], "president", day(2026))


def test_without_a_limit_the_same_person_may_go_on(members):
    give_seat(members[0], SeatCode.TREASURER, day(2023), day(2026))
    check(members[0], "treasurer", day(2026))


def test_a_new_member_in_line_goes_before_anybody_twice(members):
    statute(everyone_once=True)
    give_seat(members[0], SeatCode.TREASURER, day(2017), day(2020))
    check(members[0], "president", day(2026))
    offer(members[3], "president")
    with pytest.raises(MayNotStand, match="Omar Águila"):
        check(members[0], "president", day(2026))
    check(members[0], "treasurer", day(2026))
    offer(members[3], willing=False)
    check(members[0], "president", day(2026))


@pytest.mark.parametrize(("state", "words"), [(State.TRIAL, "a prueba"), (State.SUSPENDED, "suspensión")])
def test_who_is_on_trial_or_suspended_that_day_may_not(members, state, words):
    statute()
    Period.objects.filter(member=members[0]).delete()
    Period.objects.create(member=members[0], state=state, since=date(2026, 4, 1), until=date(2026, 6, 1))
    with pytest.raises(MayNotStand, match=words):
        check(members[0], "president", day(2026))
    check(members[0], "president", day(2026, 6))


def test_who_left_may_not(members):
    Member.objects.filter(pk=members[0].pk).update(left_on=date(2026, 4, 1))
    with pytest.raises(MayNotStand, match="registro"):
        check(members[0], "president", day(2026))


def test_one_person_holds_one_seat_and_moves_at_the_instant_their_term_ends(members):
    give_seat(members[0], SeatCode.TREASURER, day(2023), NOW)
    with pytest.raises(MayNotStand, match="Tesorería"):
        check(members[0], "president", day(2026, 3, 10))
    check(members[0], "president", NOW)


def test_the_audit_is_no_kin_of_the_council(members):
    give_seat(members[0], SeatCode.TREASURER, day(2023), day(2030))
    Declaration.objects.create(member=members[1], position=1, willing=True, kin=[1], at=NOW)
    with pytest.raises(MayNotStand, match="pariente de Élida Quiroga"):
        check(members[1], "auditor", day(2026))
    check(members[1], "president", day(2026))


def test_whose_kin_one_is_is_told_to_oneself_and_not_to_every_reader(members):
    give_seat(members[0], SeatCode.TREASURER, day(2023), day(2030))
    Declaration.objects.create(member=members[1], position=1, willing=True, kin=[1], at=NOW)
    page = "/consejo/rotacion/?cargo=auditor&ver=no-pueden"
    assert "pariente de Élida" not in client_of(members[4]).get(page).content.decode()
    assert "No es compatible con quien ya está" in client_of(members[4]).get(page).content.decode()
    assert "pariente de Élida" in client_of(members[1]).get(page).content.decode()


def test_the_question_takes_as_many_statements_for_many_members(members, django_assert_max_num_queries):
    for member in members[:3]:
        offer(member)
        give_seat(member, SeatCode.values[member.number - 1], day(2017), day(2020))
    with django_assert_max_num_queries(9):
        check(members[4], "president", day(2026))
