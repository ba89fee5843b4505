"""Whose turn it is, as arithmetic."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coop.jobs.enums import Every
from coop.jobs.whose import Candidate, Hindered, period, whose_turn

DAY = date(2026, 3, 1)


def numbers(found: object) -> list[int]:
    return [one.number for one in found]  # type: ignore[attr-defined]


def test_who_never_had_one_comes_first_then_the_longest_ago_then_fewer_turns_then_the_lower_number() -> None:
    people = [
        Candidate(1, "Ana", DAY, 2),
        Candidate(2, "Bea", DAY - timedelta(days=7), 9),
        Candidate(3, "Caro", DAY, 1),
        Candidate(5, "Dora"),
        Candidate(4, "Elsa"),
    ]
    order = whose_turn(people, 2)
    assert (numbers(order.first), numbers(order.after)) == ([4, 5], [2, 3, 1])


def test_who_cannot_is_skipped_and_named_and_the_gap_is_told() -> None:
    order = whose_turn([Candidate(1, "Ana"), Candidate(2, "Bea", hindered=Hindered.AWAY)], 3)
    assert (numbers(order.first), numbers(order.skipped), order.missing) == ([1], [2], 2)
    assert order.skipped[0].hindered_label == "avisó que no está esos días"


@given(st.integers(1, 12), st.integers(1, 4), st.integers(1, 60))
def test_however_long_it_goes_on_nobody_is_more_than_one_turn_ahead(
    people: int, places: int, weeks: int
) -> None:
    had: Counter[int] = Counter()
    last: dict[int, date] = {}
    for week in range(weeks):
        line = [Candidate(n, str(n), last.get(n), had[n]) for n in range(people)]
        for one in whose_turn(line, places).first:
            had[one.number] += 1
            last[one.number] = DAY + timedelta(days=7 * week)
    counts = [had[n] for n in range(people)]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == weeks * min(people, places)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Every))
def test_periods_follow_each_other_without_a_gap(day: date, every: Every) -> None:
    first, until = period(every, day)
    assert first <= day < until
    assert period(every, until)[0] == until
    assert period(every, until - timedelta(days=1)) == (first, until)
