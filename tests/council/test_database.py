"""One holder per seat, one seat per member, at every instant: the database's own rule."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from coop.council.models import Seat, SeatCode, Term
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers

START = datetime(2026, 3, 1, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def term(member, code: SeatCode, first: int, end: int) -> Term:
    return Term(
        seat=Seat.objects.get(code=code),
        member=member,
        during=(START + first * DAY, START + end * DAY),
        elected_by="Asamblea",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "end"), [(0, 10), (9, 20), (-5, 1), (3, 4), (-5, 30)])
def test_database_refuses_two_holders_of_one_seat_on_any_instant(members, first, end):
    term(members[0], SeatCode.PRESIDENT, 0, 10).save()
    refused_rows(term(members[1], SeatCode.PRESIDENT, first, end), match="term_one_holder_per_seat")


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "end"), [(0, 10), (9, 20), (-5, 1), (3, 4), (-5, 30)])
def test_database_refuses_two_seats_of_one_member_on_any_instant(members, first, end):
    term(members[0], SeatCode.PRESIDENT, 0, 10).save()
    refused_rows(term(members[0], SeatCode.AUDITOR, first, end), match="term_one_seat_per_member")


@pytest.mark.django_db
def test_database_refuses_a_clash_inside_one_statement(members):
    pair = [term(member, SeatCode.PRESIDENT, 0, 10) for member in members[:2]]
    refused_rows(*pair, match="term_one_holder_per_seat")
    assert Term.objects.count() == 0


@pytest.mark.django_db
def test_the_end_of_a_term_is_free_for_the_next(members):
    Term.objects.bulk_create(
        [
            term(members[0], SeatCode.PRESIDENT, 0, 10),
            term(members[1], SeatCode.PRESIDENT, 10, 20),
            term(members[0], SeatCode.AUDITOR, 10, 20),
            term(members[1], SeatCode.AUDITOR, 0, 10),
        ]
    )
    assert Term.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "during",
    [(START, None), (None, START), (None, None), (START, START)],
    ids=["no end", "no beginning", "neither", "empty"],
)
def test_database_refuses_a_term_without_both_ends(members, during):
    """Terms end by themselves: nobody stays because nobody remembered to end it."""
    endless = term(members[0], SeatCode.PRESIDENT, 0, 10)
    endless.during = during
    refused_rows(endless, match="term_has_both_ends")


@pytest.mark.django_db
def test_database_refuses_to_change_or_delete_a_term(members):
    term(members[0], SeatCode.PRESIDENT, 0, 10).save()
    prolonged = "UPDATE council_term SET during = tstzrange(lower(during), now() + interval '9 years')"
    refused(prolonged, match="changes once, when it ends before its day")
    for statement in (
        "UPDATE council_term SET member_id = member_id",
        "DELETE FROM council_term",
        "UPDATE council_seat SET code = 'president'",
        "DELETE FROM council_seat",
    ):
        refused(statement, match="denied")


def test_not_even_the_owner_prolongs_a_term(real_database, members, owner):
    term(members[0], SeatCode.PRESIDENT, 0, 10).save()
    try_to_ignore_triggers("council_term")
    owner.execute(
        "SELECT set_config('pgtrigger.ignore', (SELECT array_agg(tgname)::text FROM pg_trigger), false)"
    )
    for statement in ("UPDATE council_term SET elected_by = 'yo'", "DELETE FROM council_term"):
        with pytest.raises(Exception, match=r"Cannot|changes once"):
            owner.execute(statement)


@pytest.mark.django_db
def test_whatever_terms_are_tried_no_two_that_clash_get_in(members):
    days = st.integers(0, 12)
    tries = st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(list(SeatCode)[:2]), days, st.integers(1, 6)),
        max_size=12,
    )
    seats = {seat.code: seat.pk for seat in Seat.objects.all()}

    @given(tries)
    def holds(wanted):
        with transaction.atomic():
            held = []
            for who, code, first, length in wanted:
                new = (who, code, first, first + length)
                clash = any(
                    (who == other[0] or code == other[1]) and first < other[3] and other[2] < new[3]
                    for other in held
                )
                row = Term(
                    seat_id=seats[code],
                    member=members[who],
                    during=(START + new[2] * DAY, START + new[3] * DAY),
                    elected_by="Asamblea",
                )
                try:
                    with transaction.atomic():
                        row.save()
                except IntegrityError:
                    assert clash
                else:
                    assert not clash
                    held.append(new)
            transaction.set_rollback(True)

    holds()
