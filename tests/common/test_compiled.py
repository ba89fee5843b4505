"""A statement compiled once asks the same as its queryset, whatever the values."""

from datetime import timedelta

import pytest

from coop.common.compiled import Compiled
from coop.council.domain import powers_held
from coop.council.models import SeatCode
from coop.members.models import Member
from coop.powers import Power
from tests.support import people
from tests.support.people import Instants

BY_NUMBER = Compiled(lambda number: Member.objects.filter(number__gte=number).values_list("number"), 10**9)


@pytest.mark.parametrize("number", [1, 5, 7, 8])
def test_it_answers_for_each_value_anew(members, number):
    expected = list(Member.objects.filter(number__gte=number).values_list("number"))
    assert BY_NUMBER.rows(number) == expected


def test_none_is_no_value(members):
    """SQL compares with NULL in another way: such a statement is another one."""
    with pytest.raises(ValueError, match="None"):
        BY_NUMBER.rows(None)


def test_as_many_values_as_stand_ins(members):
    with pytest.raises(ValueError, match=r"\(1, 2\)"):
        BY_NUMBER.rows(1, 2)


def test_a_stand_in_that_the_statement_does_not_have_is_refused(db):
    lost = Compiled(lambda number: Member.objects.values_list("number"), -1)
    with pytest.raises(ValueError, match="not in the statement"):
        lost.rows(1)


def test_powers_are_of_that_member_at_that_instant(members, django_assert_num_queries):
    begins, ends = Instants.hour, Instants.hour + timedelta(days=1)
    people.give_seat(members[0], SeatCode.PRESIDENT, begins, ends)
    with django_assert_num_queries(3):
        assert Power.KEEP_HOUSE in powers_held(members[0].pk, begins)
        assert powers_held(members[0].pk, ends) == frozenset()
        assert powers_held(members[1].pk, begins) == frozenset()
