"""The sharing of a year's surplus as arithmetic: the sample, the law's order, what never happens."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common.money import tie_of
from payroll.waterfall import (
    BASES,
    FundRule,
    FundStep,
    Losses,
    NothingToSplitBy,
    Results,
    SharingRules,
    Worker,
    Year,
    read_data,
    read_text,
    share_out,
    steps,
)

DATA = Path(__file__).parents[1] / "data"
LEGAL = FundRule("reserva legal", "0.05", None)
EDUCATION = FundRule("educación", "0.05", None)


def year_of(
    members_work=100_000,
    *,
    non_members=0,
    outside=0,
    accumulated=0,
    reserves_used=0,
    capital=0,
    reserves=None,
    funds=(LEGAL,),
    interest="0",
    basis="hours",
    members=None,
) -> Year:
    return Year(
        period=2025,
        currency="ARS",
        results=Results(members_work, non_members, outside),
        losses=Losses(accumulated, reserves_used),
        capital=capital,
        reserves=reserves or {},
        rules=SharingRules(tuple(funds), interest, basis),
        members=members or (Worker(1, "100", 500, 0, 10_000), Worker(2, "300", 500, 0, 30_000)),
    )


def amounts(parts) -> list[int]:
    return [part.amount for part in parts]


# --- the sample ---


def test_the_sample_year_gives_its_expected_result_in_the_same_order():
    result = share_out(read_text((DATA / "excedentes-2025.json").read_bytes()))
    expected = (DATA / "excedentes-2025.expected.json").read_text(encoding="utf-8")
    assert json.dumps(result.to_json(), ensure_ascii=False, indent=1) == expected.rstrip("\n")


def test_the_input_comes_back_as_it_was_read():
    text = (DATA / "excedentes-2025.json").read_text(encoding="utf-8")
    assert read_text(text.encode()).to_json() == json.loads(text)
    assert list(read_text(text.encode()).to_json()) == list(json.loads(text))


# --- the order of the law ---


def test_what_others_made_goes_to_the_special_reserve_and_to_no_member():
    result = share_out(year_of(non_members=700, outside=300))
    assert result.special_reserve == 1000
    assert result.surplus == 100_000


def test_what_others_lost_comes_off_before_anything_is_shared():
    result = share_out(year_of(non_members=-1500, outside=500))
    assert (result.special_reserve, result.surplus) == (0, 99_000)


def test_past_losses_and_used_reserves_come_before_any_fund():
    result = share_out(year_of(accumulated=40_000, reserves_used=10_000))
    assert (result.losses_made_up, result.surplus) == (50_000, 50_000)
    assert amounts(result.funds) == [2500]


def test_losses_greater_than_the_result_take_all_of_it():
    result = share_out(year_of(accumulated=900_000))
    assert (result.losses_made_up, result.surplus, result.to_members) == (100_000, 0, 0)


def test_a_year_of_loss_shares_nothing_and_says_so():
    year = year_of(-5000, outside=200)
    result = share_out(year)
    assert result.to_json()["check"] == {"in": 200, "out": 200}
    assert (result.special_reserve, result.to_members, year.results.loss) == (200, 0, 5000)
    assert "cerró con pérdida" in steps(year, result)[0].words


def test_a_loss_of_others_that_eats_the_whole_result_is_a_loss_of_the_year():
    year = year_of(1000, outside=-3000)
    assert share_out(year).came_in == 0
    assert year.results.loss == 2000


def test_a_fund_is_its_rate_half_up():
    assert amounts(share_out(year_of(10)).funds) == [1]  # 0.5 of a cent
    assert amounts(share_out(year_of(9)).funds) == [0]


def test_a_fund_takes_no_more_than_what_is_missing_to_its_cap():
    capped = FundRule("reserva legal", "0.15", "1")
    result = share_out(year_of(funds=[capped], capital=50_000, reserves={"reserva legal": 40_000}))
    assert amounts(result.funds) == [10_000]


def test_a_fund_at_its_cap_or_above_takes_nothing():
    capped = FundRule("reserva legal", "0.15", "1/2")
    for held in (25_000, 99_000):
        result = share_out(year_of(funds=[capped], capital=50_000, reserves={"reserva legal": held}))
        assert amounts(result.funds) == [0]


def test_funds_that_round_up_together_never_take_more_than_there_is():
    halves = [FundRule("a", "0.5", None), FundRule("b", "0.5", None)]
    assert amounts(share_out(year_of(1, funds=halves)).funds) == [1, 0]


def test_share_interest_is_its_rate_of_what_each_paid_in():
    assert amounts(share_out(year_of(interest="0.03")).share_interest) == [300, 900]


def test_share_interest_that_does_not_fit_is_shared_in_its_own_proportion():
    result = share_out(year_of(1000, interest="0.10"))
    assert amounts(result.share_interest) == [238, 712]  # 950 left of 1000 + 3000
    assert result.to_members == 0


@pytest.mark.parametrize(
    ("basis", "expected"),
    [("hours", [23_750, 71_250]), ("pay", [47_500, 47_500]), ("head", [47_500, 47_500])],
)
def test_the_rest_goes_by_hours_by_pay_or_by_head(basis, expected):
    assert amounts(share_out(year_of(basis=basis)).returns) == expected


def test_nobody_with_hours_is_refused_with_the_figure_that_is_left():
    idle = (Worker(1, "0", 0, 0, 0),)
    for basis, words in (("hours", "nadie tiene horas"), ("pay", "nadie cobró")):
        with pytest.raises(NothingToSplitBy, match=words) as refusal:
            share_out(year_of(basis=basis, members=idle))
        assert refusal.value.left == 95_000


def test_nobody_with_hours_is_fine_where_nothing_is_left():
    assert share_out(year_of(-1, members=(Worker(1, "0", 0, 0, 0),))).to_members == 0


def test_advances_change_nobodys_share():
    year = year_of()
    paid = replace(year, members=tuple(replace(member, advances=10**9) for member in year.members))
    assert share_out(paid) == share_out(year)


def test_the_odd_cent_goes_by_the_hash_of_year_and_number():
    three = tuple(Worker(number, "1", 0, 0, 0) for number in (7, 8, 9))
    result = share_out(year_of(100, funds=(), members=three))
    lucky = min((7, 8, 9), key=lambda number: tie_of(2025, number))
    assert {part.number: part.amount for part in result.returns} == {
        number: 34 if number == lucky else 33 for number in (7, 8, 9)
    }


# --- in words ---


def test_every_step_says_where_it_is_written_and_leaves_what_the_next_one_has():
    year = read_text((DATA / "excedentes-2025.json").read_bytes())
    result = share_out(year)
    told = steps(year, result, source="art. 1", sources={"reserva legal": "art. 2"})
    assert [step.source for step in told] == ["art. 1", "art. 1", "art. 2", *["art. 1"] * 4]
    left = result.came_in
    for step in told:
        left -= step.amount
        assert step.left == left
        assert step.words
        assert 0 <= step.start <= 1000 - step.width
    assert left == 0


def test_a_capped_fund_explains_its_cap():
    capped = FundRule("reserva legal", "0.15", "1")
    year = year_of(funds=[capped], capital=50_000, reserves={"reserva legal": 40_000})
    assert "toma lo que falta" in steps(year, share_out(year))[2].words
    full = replace(year, reserves={"reserva legal": 50_000})
    assert "no toma nada" in steps(full, share_out(full))[2].words


# --- what holds for any year ---

cents = st.integers(0, 10**13)
rates = st.integers(0, 400).map(lambda per_mille: f"{per_mille}/1000")


@st.composite
def years(draw) -> Year:
    count = draw(st.integers(0, 3))
    members = tuple(
        Worker(
            number,
            f"{draw(st.integers(0, 300_000)) / 100:.2f}",
            draw(st.integers(0, 10**10)),
            draw(st.integers(0, 10**6)),
            draw(st.integers(0, 10**7)),
        )
        for number in sorted(draw(st.sets(st.integers(1, 500), min_size=1, max_size=12)))
    )
    funds = tuple(
        FundRule(f"fondo {place}", f"{draw(st.integers(0, 300))}/1000", draw(st.none() | rates))
        for place in range(count)
    )
    return Year(
        period=draw(st.integers(2000, 2100)),
        currency="ARS",
        results=Results(*(draw(st.integers(-(10**12), 10**13)) for _place in range(3))),
        losses=Losses(draw(cents), draw(cents)),
        capital=draw(cents),
        reserves={fund.name: draw(cents) for fund in funds},
        rules=SharingRules(funds, draw(rates), draw(st.sampled_from(BASES))),
        members=members,
    )


def shared(year: Year):
    try:
        return share_out(year)
    except NothingToSplitBy:
        return None


@given(years())
def test_what_goes_out_is_what_came_in_and_nothing_is_negative(year):
    result = shared(year)
    if result is None:
        return
    own = year.results.members_work + min(0, year.results.non_members + year.results.outside)
    came_in = max(0, own) + max(0, year.results.non_members + year.results.outside)
    assert result.came_in == result.went_out == came_in
    parts = [result.special_reserve, result.losses_made_up, result.surplus, *amounts(result.funds)]
    assert min(*parts, *amounts(result.share_interest), *amounts(result.returns)) >= 0
    assert result.losses_made_up <= year.losses.accumulated + year.losses.reserves_used


@given(years(), st.randoms())
def test_the_order_of_the_members_changes_nobodys_share(year, random):
    mixed = list(year.members)
    random.shuffle(mixed)
    result, other = shared(year), shared(replace(year, members=tuple(mixed)))
    if result is None or other is None:
        assert result is other is None
        return
    for name in ("returns", "share_interest"):
        ours, theirs = ({part.number: part.amount for part in getattr(one, name)} for one in (result, other))
        assert ours == theirs


@given(years())
def test_who_worked_more_never_gets_less(year):
    result = shared(year)
    if result is None:
        return
    pairs = sorted(
        (member.weight(year.rules.basis), part.amount)
        for member, part in zip(year.members, result.returns, strict=True)
    )
    for (weight, amount), (more, greater) in pairwise(pairs):
        assert greater >= amount
        assert weight != more or greater - amount <= 1


@given(years(), st.integers(0, 10**12))
def test_a_better_year_takes_nothing_from_any_fund_or_reserve(year, more):
    better = replace(year, results=replace(year.results, members_work=year.results.members_work + more))
    before, after = shared(year), shared(better)
    if before is None or after is None:
        return
    assert after.surplus >= before.surplus
    assert after.losses_made_up >= before.losses_made_up
    assert amounts(after.funds)[:1] >= amounts(before.funds)[:1]
    # The funds round half up, each by less than a cent: no more than that can be missing from the rest.
    slack = len(year.rules.funds) + len(year.members)
    assert after.to_members + after.to_shares >= before.to_members + before.to_shares - slack


@given(years())
def test_no_fund_passes_its_cap(year):
    result = shared(year)
    if result is None:
        return
    for fund, taken in zip(year.rules.funds, result.funds, strict=True):
        if fund.cap_of_capital is not None and taken.amount:
            most = Fraction(fund.cap_of_capital) * year.capital
            assert year.reserves[fund.name] + taken.amount <= most


@given(years())
def test_every_year_can_be_told_and_read_back(year):
    again = read_text(json.dumps(year.to_json()).encode())
    assert again == year
    result = shared(year)
    if result is not None:
        assert sum(step.amount for step in steps(year, result)) == result.came_in


# --- a rate that changes as the fund grows (Uruguay: 15 %, 10 % from once the capital, none from three) ---

URUGUAYAN = FundRule(
    name="reserva legal", rate="0.15", cap_of_capital="3", steps=(FundStep(of_capital="1", rate="0.1"),)
)


@pytest.mark.parametrize(
    ("held", "taken"),
    [
        (0, 15_000_00),
        (99_999_99, 15_000_00),
        (100_000_00, 10_000_00),
        (285_000_00, 10_000_00),
        (295_000_00, 5_000_00),
        (300_000_00, 0),
        (400_000_00, 0),
    ],
)
def test_a_funds_rate_follows_what_it_holds_when_the_year_begins(held, taken):
    year = replace(
        read_text((DATA / "excedentes-2025.json").read_bytes()),
        results=Results(members_work=100_000_00, non_members=0, outside=0),
        losses=Losses(accumulated=0, reserves_used=0),
        capital=100_000_00,
        reserves={"reserva legal": held},
        rules=SharingRules(funds=(URUGUAYAN,), share_interest_rate="0", basis="hours"),
    )
    result = share_out(year)
    assert result.funds[0].amount == taken
    assert result.came_in == result.went_out
    assert read_data(json.loads(json.dumps(year.to_json()))) == year


def test_a_fund_without_steps_is_written_as_it_always_was():
    assert list(replace(URUGUAYAN, steps=()).to_json()) == ["name", "rate", "cap_of_capital"]
