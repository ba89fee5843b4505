"""From facts to a status: pure, for any sequence of facts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.members.enums import LEAVINGS, ON_REGISTER, FactKind, State
from coop.members.errors import ImpossibleFact, Why
from coop.members.facts import Fact, check, in_order, months_after, status_on, stretches, summary
from coop.statute.rules import MODEL_STATUTE

RULES = MODEL_STATUTE.membership
K, S = FactKind, State


def d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


LIFE = (
    Fact(K.APPLIED, d(1, 10)),
    Fact(K.ADMITTED, d(2, 1)),
    Fact(K.SUSPENDED, d(3, 1), d(3, 11)),
    Fact(K.CONFIRMED, d(3, 5)),
    Fact(K.RESIGNED, d(6, 1)),
    Fact(K.READMITTED, d(9, 1)),
    Fact(K.SUSPENDED, d(10, 1), d(10, 31)),
    Fact(K.LIFTED, d(10, 5)),
    Fact(K.DIED, d(12, 1)),
)


def test_a_whole_life_on_each_of_its_days():
    check(LIFE)
    days = {
        d(1, 31): None,
        d(2, 1): S.TRIAL,
        d(2, 28): S.TRIAL,
        d(3, 1): S.SUSPENDED,
        d(3, 10): S.SUSPENDED,
        d(3, 11): S.ACTIVE,
        d(5, 31): S.ACTIVE,
        d(6, 1): S.RESIGNED,
        d(8, 31): S.RESIGNED,
        d(9, 1): S.ACTIVE,
        d(10, 1): S.SUSPENDED,
        d(10, 4): S.SUSPENDED,
        d(10, 5): S.ACTIVE,
        d(11, 30): S.ACTIVE,
        d(12, 1): S.DIED,
    }
    told = {day: status_on(LIFE, day, RULES) for day in days}
    assert {day: status.state if status else None for day, status in told.items()} == days
    assert told[d(3, 10)].until == d(3, 11)
    assert summary(LIFE).joined_on == d(2, 1)
    assert (summary(LIFE).left_on, summary(LIFE).came_back) == (d(12, 1), True)


def test_a_trial_waits_for_its_confirmation_once_its_months_are_over():
    facts = [Fact(K.ADMITTED, d(1, 31))]
    before, after = status_on(facts, d(7, 30), RULES), status_on(facts, d(7, 31), RULES)
    assert (before.state, before.trial_ends, before.overdue) == (S.TRIAL, d(7, 31), False)
    assert (after.state, after.overdue) == (S.TRIAL, True)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (d(1, 31), 1, d(2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (d(8, 31), 6, date(2027, 2, 28)),
        (d(12, 15), 1, date(2027, 1, 15)),
        (date(2008, 2, 29), 12 * 18, date(2026, 2, 28)),
        (d(5, 5), 0, d(5, 5)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start, months, end):
    assert months_after(start, months) == end


JOINED = Fact(K.ENTERED, d(2, 1))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ([Fact(K.CONFIRMED, d(2, 1))], Why.BEFORE_JOINING),
        ([JOINED, Fact(K.RESIGNED, d(1, 1))], Why.BEFORE_JOINING),
        ([JOINED, Fact(K.ADMITTED, d(3, 1))], Why.JOINED_ALREADY),
        ([JOINED, Fact(K.APPLIED, d(3, 1))], Why.JOINED_ALREADY),
        ([JOINED, Fact(K.CONFIRMED, d(3, 1))], Why.NOT_ON_TRIAL),
        ([JOINED, Fact(K.READMITTED, d(3, 1))], Why.IS_MEMBER),
        ([JOINED, Fact(K.RESIGNED, d(3, 1)), Fact(K.RETIRED, d(4, 1))], Why.IS_GONE),
        ([JOINED, Fact(K.RESIGNED, d(3, 1)), Fact(K.SUSPENDED, d(4, 1), d(4, 9))], Why.IS_GONE),
        ([JOINED, Fact(K.DIED, d(3, 1)), Fact(K.READMITTED, d(4, 1))], Why.AFTER_DEATH),
        ([JOINED, Fact(K.LIFTED, d(3, 1))], Why.NOT_SUSPENDED),
        (
            [JOINED, Fact(K.SUSPENDED, d(3, 1), d(3, 9)), Fact(K.SUSPENDED, d(3, 8), d(3, 19))],
            Why.SUSPENDED_ALREADY,
        ),
        ([JOINED, Fact(K.SUSPENDED, d(3, 1), d(3, 9)), Fact(K.LIFTED, d(3, 9))], Why.NOT_SUSPENDED),
        ([JOINED, Fact(K.SUSPENDED, d(3, 1), d(3, 1))], Why.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_what_cannot_follow_is_refused_with_the_reason(facts, why):
    with pytest.raises(ImpossibleFact) as refused:
        check(facts)
    assert refused.value.why == why
    assert str(why.value) in str(refused.value)


days = st.dates(min_value=d(1, 1), max_value=d(12, 31))
kinds = st.sampled_from([kind for kind in K if kind != K.ANNULLED])


@st.composite
def facts(draw):
    kind, day = draw(kinds), draw(days)
    return Fact(kind, day, day + timedelta(days=draw(st.integers(1, 30))) if kind == K.SUSPENDED else None)


def lives():
    return st.lists(facts(), max_size=10).map(lambda some: [JOINED, *some])


def possible(some):
    """The facts of `some` that can follow one another, in order."""
    kept = []
    for fact in in_order(some):
        try:
            check([*kept, fact])
        except ImpossibleFact:
            continue
        kept.append(fact)
    return kept


@given(lives(), days)
def test_on_every_day_there_is_one_state_and_they_follow_without_gaps(some, day):
    kept = possible(some)
    found = stretches(kept)
    for earlier, later in pairwise(found):
        assert earlier.until == later.since
        assert earlier.since < earlier.until
        assert earlier.state != later.state
    assert found == [] or found[-1].until is None or found[-1].state == S.SUSPENDED
    status = status_on(kept, day, RULES)
    assert (status is None) == (not found or day < found[0].since)


@given(lives(), days)
def test_the_line_says_what_the_facts_say(some, day):
    """`joined_on`, `left_on` and the periods between decide as the status does."""
    kept = possible(some)
    told, status = summary(kept), status_on(kept, day, RULES)
    if told is None:
        assert status is None
        return
    by_line = told.joined_on <= day and (told.left_on is None or day < told.left_on)
    if not told.came_back:
        assert by_line == bool(status and status.on_register)
    elif not by_line:
        assert not (status and status.on_register)


@given(lives())
def test_the_order_in_which_days_are_written_does_not_matter(some):
    kept = possible({fact.day: fact for fact in some}.values())
    assert stretches(kept) == stretches(list(reversed(kept)))


def test_states_and_leavings_have_the_same_names():
    assert {State(kind.value) for kind in LEAVINGS} == set(State) - ON_REGISTER
