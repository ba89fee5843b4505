"""Seats and their terms: who holds which powers at an instant."""

from datetime import UTC, datetime, timedelta

import pytest

from coop.common.errors import NotAllowed
from coop.council.domain import council_at, powers_held, seats_held
from coop.council.models import HowEnded, Seat, SeatCode, Term
from coop.council.powers import KIND_POWERS, POSITION_POWERS, SEAT_POWERS, powers_of_seat
from coop.council.seats import ensure_seats
from coop.members.enums import State
from coop.members.models import Member, Period
from coop.powers import Power, may, powers_of, require
from coop.statute.models import Cooperative
from tests.support.people import Instants, give_seat

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 3, tzinfo=UTC)
END = datetime(2026, 3, 11, 3, tzinfo=UTC)  # midnight in Buenos Aires
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("code", list(SeatCode))
def test_each_seat_gives_its_powers_and_no_others(members, code):
    give_seat(members[0], code)
    council = {
        Power.WITNESS,
        Power.CLOSE_MINUTES,
        Power.APPROVE_PAY,
        Power.DRAFT_STATUTE,
        Power.CONFIRM_RESOLUTIONS,
        Power.CONFIRM_BANK,
    }
    expected = {
        "president": council
        | {
            Power.CONVENE,
            Power.PRESIDE,
            Power.WRITE_MINUTES,
            Power.KEEP_HOUSE,
            Power.KEEP_MANDATES,
            Power.KEEP_HALL,
            Power.PLAN_ROTATION,
            Power.KEEP_FILINGS,
            Power.COORDINATE_WORK,
        },
        "secretary": council
        | {
            Power.CONVENE,
            Power.PRESIDE,
            Power.KEEP_ATTENDANCE,
            Power.RECORD_MOTIONS,
            Power.KEEP_REGISTER,
            Power.KEEP_TERMS,
            Power.WRITE_MINUTES,
            Power.KEEP_HOUSE,
            Power.ENTER_RESOLUTIONS,
            Power.KEEP_MANDATES,
            Power.KEEP_HALL,
            Power.PLAN_ROTATION,
            Power.HOLD_DRAWS,
            Power.KEEP_FILINGS,
            Power.COORDINATE_WORK,
        },
        "treasurer": council | {Power.KEEP_ACCOUNTS},
        "member_1": council,
        "member_2": council,
        "auditor": {Power.WITNESS, Power.FILL_VACANCIES, Power.PLAN_ROTATION},
    }
    assert powers_of(members[0].actor, Instants.hour) == expected.get(code, set())
    assert powers_of(members[1].actor, Instants.hour) == set()


def test_the_table_of_powers_names_only_seats_and_powers_that_exist():
    assert set(SEAT_POWERS) <= set(SeatCode.values)
    tables = (SEAT_POWERS, KIND_POWERS, POSITION_POWERS)
    assert {power for table in tables for powers in table.values() for power in powers} == set(Power)


@pytest.mark.parametrize(
    ("instant", "holds"),
    [(START - INSTANT, False), (START, True), (END - INSTANT, True), (END, False), (END + INSTANT, False)],
)
def test_a_power_begins_and_ends_with_the_term(members, instant, holds):
    give_seat(members[0], SeatCode.PRESIDENT, START, END)
    assert may(members[0].actor, Power.PRESIDE, instant) is holds
    assert [seat.code for seat in seats_held(members[0].pk, instant)] == ["president"] * holds


def test_at_the_instant_of_the_handover_the_new_holder_holds_and_the_old_one_does_not(members):
    give_seat(members[0], SeatCode.SECRETARY, START, END)
    give_seat(members[1], SeatCode.SECRETARY, END, END + timedelta(days=9))
    assert [powers_held(member.pk, END) != set() for member in members[:2]] == [False, True]
    assert [powers_held(member.pk, END - INSTANT) != set() for member in members[:2]] == [True, False]


def test_there_is_no_instant_without_a_holder_between_two_terms_that_touch(members):
    give_seat(members[0], SeatCode.SECRETARY, START, END)
    give_seat(members[1], SeatCode.SECRETARY, END, END + timedelta(days=9))
    for instant in (END - INSTANT, END, END + INSTANT):
        assert Term.objects.at(instant).count() == 1


def test_a_member_may_move_from_one_seat_to_another(members):
    give_seat(members[0], SeatCode.PRESIDENT, START, END)
    give_seat(members[0], SeatCode.AUDITOR, END, END + timedelta(days=9))
    assert powers_held(members[0].pk, END - INSTANT) == SEAT_POWERS["president"]
    assert powers_held(members[0].pk, END) == powers_of_seat("auditor", "auditor")


def test_who_never_held_a_seat_is_refused_with_the_name_of_the_power(member):
    with pytest.raises(NotAllowed, match="llevar el registro de asistencia"):
        require(member.actor, Power.KEEP_ATTENDANCE, Instants.hour)


def test_the_council_is_shown_in_order_with_its_holders_and_its_empty_seats(members):
    give_seat(members[2], SeatCode.TREASURER, START, END)
    give_seat(members[0], SeatCode.PRESIDENT, START, END)
    give_seat(members[1], SeatCode.PRESIDENT, END, END + timedelta(days=9))
    shown = [(seat.code, [term.member_id for term in seat.holding]) for seat in council_at(START)]
    assert shown[:3] == [("president", [members[0].pk]), ("secretary", []), ("treasurer", [members[2].pk])]
    assert [code for code, _ in shown] == SeatCode.values
    assert [holders for _, holders in shown[3:]] == [[]] * 6


def test_the_council_takes_two_queries_however_many_seats_are_held(members, django_assert_num_queries):
    for member, code in zip(members, SeatCode, strict=False):
        give_seat(member, code)
    with django_assert_num_queries(2):
        assert sum(len(seat.holding) for seat in council_at(Instants.hour)) == 7


def test_making_the_seats_again_changes_nothing(cooperative: Cooperative):
    before = list(Seat.objects.values_list("pk", "code", "position"))
    ensure_seats()
    assert list(Seat.objects.values_list("pk", "code", "position")) == before
    assert [code for _, code, _ in before] == SeatCode.values


def test_powers_end_with_membership_and_the_term_with_them(members):
    term = give_seat(members[0], SeatCode.PRESIDENT)
    left = datetime(2026, 3, 11, 3, tzinfo=UTC)
    Term.objects.filter(pk=term.pk).update(
        during=(term.during[0], left),
        would_have_ended=term.during[1],
        how_ended=HowEnded.LEFT,
        ended_recorded_at=Instants.hour,
    )
    Member.objects.filter(pk=members[0].pk).update(left_on=Instants.day)
    assert not may(members[0].actor, Power.PRESIDE, Instants.hour)
    assert may(members[0].actor, Power.PRESIDE, Instants.hour - timedelta(days=1))
    assert term not in Term.objects.at(Instants.hour)


def test_who_is_suspended_holds_no_power_meanwhile(members):
    give_seat(members[0], SeatCode.PRESIDENT)
    suspended = {"since": Instants.day - timedelta(days=1), "until": Instants.day + timedelta(days=1)}
    Period.objects.filter(member=members[0]).delete()
    Period.objects.create(member=members[0], state=State.SUSPENDED, **suspended)
    held = [may(members[0].actor, Power.PRESIDE, Instants.hour + timedelta(days=n)) for n in (-2, -1, 0, 1)]
    assert held == [True, False, False, True]
