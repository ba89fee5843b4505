"""What is due and when, the queue, the split: arithmetic alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.shares.domain.plan import (
    add_months,
    due_by,
    first_payment,
    late,
    overdue_from,
    plan,
    settled,
    to_withhold,
)
from coop.shares.domain.queue import Claim, cap_of, forecast, queue
from coop.shares.domain.split import HowPaid
from coop.shares.enums import Method

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MONEY = st.integers(1, 10**12)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 10), 1, date(2027, 1, 10)),
        (date(2026, 3, 10), 60, date(2031, 3, 10)),
        (date(2026, 3, 10), 0, date(2026, 3, 10)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(day, months, then):
    assert add_months(day, months) == then


def test_five_percent_at_once_and_the_rest_in_five_years():
    dues = plan(of=1, day=date(2026, 3, 10), cents=10_000_000, first=500_000, instalments=60, from_pay=False)
    assert len(dues) == 61
    assert (dues[0].on, dues[0].cents) == (date(2026, 3, 10), 500_000)
    assert {due.cents for due in dues[1:]} == {158_333, 158_334}
    assert dues[-1].on == date(2031, 3, 10)
    assert first_payment(10_000_000, "0.05") == first_payment(10_000_000, "1/20") == 500_000


@given(
    cents=MONEY, share=st.sampled_from(["0", "0.05", "1/3", "1"]), instalments=st.integers(1, 600), day=DAYS
)
def test_a_plan_is_the_whole_to_the_cent_in_order_and_its_parts_differ_by_a_cent(
    cents, share, instalments, day
):
    first = first_payment(cents, share)
    dues = plan(of=1, day=day, cents=cents, first=first, instalments=instalments, from_pay=False)
    assert sum(due.cents for due in dues) == cents
    assert [due.on for due in dues] == sorted(due.on for due in dues)
    parts = [due.cents for due in dues if due.number]
    assert not parts or max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


@given(cents=MONEY, paid=st.integers(0, 10**12), day=DAYS, instalments=st.integers(1, 60))
def test_what_is_paid_goes_to_the_oldest_dues_first(cents, paid, day, instalments):
    dues = plan(of=1, day=day, cents=cents, first=0, instalments=instalments, from_pay=True)
    after = settled(dues, paid)
    assert sum(due.left for due in after) == max(0, cents - paid)
    # Once one is not settled, none after it has been begun.
    begun = [due.left < due.cents for due in after]
    assert begun == sorted(begun, reverse=True)
    assert to_withhold(after, date(2200, 1, 1)) == max(0, cents - paid)


@given(cents=MONEY, days=st.lists(DAYS, min_size=2, max_size=2), instalments=st.integers(1, 60))
def test_what_is_due_and_late_only_grows_with_the_days(cents, days, instalments):
    dues = plan(of=1, day=date(2026, 3, 10), cents=cents, first=0, instalments=instalments, from_pay=False)
    early, then = sorted(days)
    assert due_by(dues, early) <= due_by(dues, then) <= cents
    assert late(dues, early) <= late(dues, then) <= due_by(dues, then)


def test_nobody_is_late_before_the_month_after_is_over():
    assert overdue_from(date(2026, 10, 10)) == date(2026, 12, 1)
    dues = plan(of=1, day=date(2026, 10, 10), cents=100, first=100, instalments=0, from_pay=False)
    assert (late(dues, date(2026, 11, 30)), late(dues, date(2026, 12, 1))) == (0, 100)


def test_what_is_paid_at_the_desk_is_not_withheld():
    dues = plan(of=1, day=date(2026, 3, 10), cents=1200, first=0, instalments=12, from_pay=False)
    assert to_withhold(dues, date(2030, 1, 1)) == 0


# --- the queue ---

CLAIMS = st.lists(MONEY, max_size=12).map(lambda sums: [Claim(key, cents) for key, cents in enumerate(sums)])


@given(claims=CLAIMS, room=st.integers(0, 10**13))
def test_the_queue_never_pays_over_the_cap_and_pays_all_it_can(claims, room):
    paid = queue(claims, room)
    assert sum(one.left for one in paid) == min(room, sum(one.left for one in claims))


@given(claims=CLAIMS, room=st.integers(0, 10**13))
def test_the_queue_keeps_its_order_and_only_the_last_is_paid_in_part(claims, room):
    paid = queue(claims, room)
    assert [one.key for one in paid] == [one.key for one in claims[: len(paid)]]
    assert all(one.left == claims[one.key].left for one in paid[:-1])
    assert all(0 < one.left <= claims[one.key].left for one in paid)


@given(claims=CLAIMS, rooms=st.lists(st.integers(0, 10**12), min_size=3, max_size=3))
def test_over_three_years_everybody_is_paid_once_in_order_to_the_cent(claims, rooms):
    owed = {one.key: one.left for one in claims}
    given_ = dict.fromkeys(owed, 0)
    for room in rooms:
        waiting = [Claim(key, owed[key] - given_[key]) for key in owed if owed[key] > given_[key]]
        paid = queue(waiting, room)
        assert sum(one.left for one in paid) <= room
        for one in paid:
            given_[one.key] += one.left
    assert sum(given_.values()) == min(sum(owed.values()), sum(given_.values()))
    full = [given_[key] == owed[key] for key in owed]
    assert full == sorted(full, reverse=True)
    assert all(given_[key] <= owed[key] for key in owed)


@given(claims=CLAIMS, room=st.integers(0, 10**12), cap=st.integers(0, 10**12))
def test_the_forecast_is_what_the_years_really_pay(claims, room, cap):
    told = forecast(claims, room=room, cap=cap)
    left = list(claims)
    for year in range(100):
        paid = {one.key: one.left for one in queue(left, room if year == 0 else cap)}
        for claim in left:
            if paid.get(claim.key) == claim.left:
                assert told[claim.key] == year
        left = [
            Claim(one.key, one.left - paid.get(one.key, 0)) for one in left if paid.get(one.key) != one.left
        ]
    assert all(told[one.key] is None or told[one.key] >= 100 for one in left)


@pytest.mark.parametrize(
    ("capital", "share", "cap"),
    [(1_000_000, "0.05", 50_000), (999, "0.05", 49), (0, "1", 0), (100, "1/3", 33)],
)
def test_the_cap_is_never_a_cent_over_its_share(capital, share, cap):
    assert cap_of(capital, share) == cap


# --- the split ---


@given(net=st.integers(0, 10**12), percent=st.integers(1, 99), cents=MONEY)
def test_bank_and_cash_are_the_whole_pay(net, percent, cents):
    for how in (
        HowPaid(Method.BANK, "1" * 22),
        HowPaid(Method.CASH, "1" * 22),
        HowPaid(Method.SPLIT, "1" * 22, percent=percent),
        HowPaid(Method.SPLIT, "1" * 22, cents=cents),
        HowPaid(Method.SPLIT, "", cents=cents),
    ):
        assert 0 <= how.to_bank(net) <= net
    assert HowPaid(Method.BANK, "1" * 22).to_bank(net) == net
    assert HowPaid(Method.BANK, "").to_bank(net) == 0
    assert HowPaid(Method.SPLIT, "1" * 22, cents=cents).to_bank(net) == min(net, cents)
