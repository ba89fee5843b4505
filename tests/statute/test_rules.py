"""The arithmetic of a statute's rules."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.statute.rules import (
    MODEL_STATUTE,
    SIMPLE,
    AssemblyRules,
    Call,
    Fund,
    Majority,
    MinutesRules,
    Paid,
    PayRules,
    Rules,
    SurplusRules,
)

counts = st.integers(min_value=0, max_value=10_000)
rolls = st.integers(min_value=1, max_value=10_000)
two_thirds = Majority(numerator=2, denominator=3, strict=False, source="ET 41")


@st.composite
def calls(draw):
    denominator = draw(st.integers(1, 10))
    return Call(
        draw(st.integers(0, denominator)), denominator, draw(st.integers(0, 5)), draw(st.integers(0, 600))
    )


@st.composite
def majorities(draw):
    denominator = draw(st.integers(1, 10))
    numerator = draw(st.integers(0, denominator))
    return Majority(numerator, denominator, draw(st.booleans()), draw(st.text(max_size=10)))


@pytest.mark.parametrize(("roll", "required"), [(1, 1), (2, 2), (3, 2), (4, 3), (60, 31), (61, 31), (85, 43)])
def test_half_plus_one_is_half_rounded_down_plus_one(roll, required):
    assert Call(1, 2, 1, 0).required(roll) == required


@given(rolls)
def test_half_plus_one_is_always_more_than_half_and_never_more_than_all(roll):
    required = Call(1, 2, 1, 0).required(roll)
    assert roll / 2 < required <= roll
    assert roll == 1 or required - 1 <= roll / 2


@given(calls(), rolls)
def test_a_quorum_is_at_least_one_and_at_most_everybody(call, roll):
    wanted = roll * call.numerator // call.denominator + call.plus
    assert call.required(roll) == min(roll, max(1, wanted))


@given(calls(), rolls)
def test_one_more_on_the_roll_never_asks_for_fewer(call, roll):
    assert call.required(roll) <= call.required(roll + 1) <= call.required(roll) + 1


@given(rolls)
def test_any_number_is_one(roll):
    assert Call(0, 1, 1, 60).required(roll) == 1
    assert Call(0, 1, 0, 60).required(roll) == 1


@given(counts, counts)
def test_more_than_half_is_strict(yes, no):
    assert SIMPLE.carried(yes=yes, no=no) == (yes > no)


@given(counts, counts)
def test_two_thirds_is_met_exactly_at_two_thirds(yes, no):
    assert two_thirds.carried(yes=yes, no=no) == (yes > 0 and 3 * yes >= 2 * (yes + no))


@pytest.mark.parametrize(
    ("yes", "no", "carried"), [(2, 1, True), (4, 2, True), (3, 2, False), (40, 20, True), (39, 20, False)]
)
def test_two_thirds_by_hand(yes, no, carried):
    assert two_thirds.carried(yes=yes, no=no) is carried


@given(majorities())
def test_nobody_votes_and_nothing_is_carried(rule):
    assert rule.carried(yes=0, no=0) is False


@given(majorities(), counts)
def test_without_a_yes_nothing_is_carried(rule, no):
    assert rule.carried(yes=0, no=no) is False


@given(majorities(), counts)
def test_needed_is_the_smallest_number_that_carries(rule, base):
    carrying = (
        [yes for yes in range(base + 1) if rule.carried(yes=yes, no=base - yes)] if base <= 300 else None
    )
    if carrying is None:
        share = Fraction(rule.numerator, rule.denominator) * base
        assert (rule.needed(base) > share) if rule.strict else (rule.needed(base) >= share)
    elif carrying:
        assert carrying == list(range(max(1, rule.needed(base)), base + 1))
    else:
        assert rule.needed(base) > base


@given(majorities(), counts, counts)
def test_one_more_yes_never_loses_a_motion(rule, yes, no):
    if rule.carried(yes=yes, no=no):
        assert rule.carried(yes=yes + 1, no=no)


def test_abstentions_have_no_place_in_the_arithmetic():
    """`carried` does not even take them: the base is yes + no (ET 41)."""
    assert SIMPLE.carried(yes=1, no=0)
    with pytest.raises(TypeError):
        SIMPLE.carried(yes=1, no=0, abstain=500)


@st.composite
def rules(draw):
    names = st.text(max_size=12)
    assemblies = st.builds(
        AssemblyRules, calls=st.lists(calls(), min_size=1, max_size=3).map(tuple), source=names
    )
    return Rules(
        assemblies=draw(st.dictionaries(names, assemblies, max_size=3)),
        majorities=draw(st.dictionaries(names, majorities(), max_size=3)),
        minutes=draw(st.builds(MinutesRules, signers_named=st.integers(0, 9), source=names)),
        pay=draw(pay(names)),
        surplus=draw(surplus(names)),
    )


def pay(names):
    paid = st.builds(Paid, paid=st.booleans(), source=names)
    hours = st.dictionaries(names, paid, max_size=3)
    return st.builds(PayRules, basis=names, frequency=names, label=names, hours=hours, source=names)


def surplus(names):
    cap = st.none() | names
    fund = st.builds(Fund, name=names, rate=names, cap_of_capital=cap, source=names)
    funds = st.lists(fund, max_size=4).map(tuple)
    return st.builds(SurplusRules, funds=funds, share_interest_rate=names, basis=names, source=names)


def test_a_version_written_before_a_rule_was_known_holds_the_models():
    older = {key: MODEL_STATUTE.to_json()[key] for key in ("assemblies", "majorities")}
    del older["majorities"]["surplus_distribution"]
    read = Rules.from_json(json.loads(json.dumps(older)))
    assert (read.pay, read.surplus, read.minutes) == (
        MODEL_STATUTE.pay,
        MODEL_STATUTE.surplus,
        MODEL_STATUTE.minutes,
    )
    assert read.majority("surplus_distribution") == MODEL_STATUTE.majorities["surplus_distribution"]


@given(rules())
def test_rules_read_back_from_their_json_are_the_same(written):
    assert Rules.from_json(json.loads(json.dumps(written.to_json()))) == written


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("majorities", "ordinary_decision", "base"), "present"),
        (("assemblies", "weekly", "calls", 0, "hours"), 1),
    ],
)
def test_an_unknown_rule_is_an_error_and_not_ignored(path, value):
    document = Rules.from_json(MODEL_STATUTE.to_json()).to_json()
    document["assemblies"]["weekly"]["calls"] = list(document["assemblies"]["weekly"]["calls"])
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(TypeError):
        Rules.from_json(document)


@pytest.mark.parametrize("missing", ["numerator", "denominator", "strict", "source"])
def test_a_missing_rule_is_an_error(missing):
    document = MODEL_STATUTE.to_json()
    del document["majorities"]["ordinary_decision"][missing]
    with pytest.raises(TypeError):
        Rules.from_json(document)
