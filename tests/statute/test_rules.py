"""The arithmetic of a statute's rules."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.statute.models import Matter
from coop.statute.ready_made import READY_MADE
from coop.statute.rules import (
    MODEL_STATUTE,
    SIMPLE,
    BadStatute,
    Call,
    Majority,
    Rules,
    faults,
    seal_of,
)
from tests.statute.documents import documents, places, put

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


def test_abstentions_are_absent_by_default():
    """The base is yes + no (ET 41)."""
    assert SIMPLE.carried(yes=1, no=0, abstain=500, present=501, on_roll=900)


@given(counts, counts, counts, counts)
def test_the_base_is_what_the_statute_says(yes, no, abstain, idle):
    present = yes + no + abstain + idle
    told = {"yes": yes, "no": no, "abstain": abstain, "present": present, "on_roll": present + 7}
    bases = {
        ("cast", "absent"): yes + no,
        ("cast", "counted"): yes + no + abstain,
        ("present", "absent"): yes + no + idle,
        ("present", "counted"): present,
        ("roll", "absent"): present + 7,
        ("roll", "counted"): present + 7,
    }
    for (base, abstention), wanted in bases.items():
        rule = replace(SIMPLE, base=base, abstention=abstention)
        assert rule.base_of(**told) == wanted
        assert rule.carried(**told) == (2 * yes > wanted)


@pytest.mark.parametrize(
    ("base", "abstention", "carried"),
    [
        ("cast", "absent", True),
        ("cast", "counted", False),
        ("present", "absent", False),
        ("present", "counted", False),
        ("roll", "absent", False),
    ],
)
def test_eleven_to_nine_with_four_abstaining_and_six_who_do_not_vote(base, abstention, carried):
    rule = replace(SIMPLE, base=base, abstention=abstention)
    assert rule.carried(yes=11, no=9, abstain=4, present=30, on_roll=60) is carried


def test_a_version_written_before_a_rule_was_known_holds_the_models():
    older = {key: MODEL_STATUTE.to_json()[key] for key in ("assemblies", "majorities")}
    del older["majorities"]["surplus_distribution"]
    for rule in older["majorities"].values():
        for newer in ("base", "abstention", "secret", "in_person"):
            del rule[newer]
    del older["assemblies"]["ordinary"]
    del older["assemblies"]["weekly"]["notice_days"]
    read = Rules.from_json(json.loads(json.dumps(older)))
    assert (read.pay, read.surplus, read.minutes, read.council) == (
        MODEL_STATUTE.pay,
        MODEL_STATUTE.surplus,
        MODEL_STATUTE.minutes,
        MODEL_STATUTE.council,
    )
    assert read.majority("surplus_distribution") == MODEL_STATUTE.majorities["surplus_distribution"]
    assert read.assembly("ordinary") == MODEL_STATUTE.assemblies["ordinary"]
    assert read.majority("recall").base == "cast"


def test_what_the_first_release_wrote_is_read():
    """Its document, value by value, from before chapters were added to it."""
    text = (Path(__file__).parent / "first_release.json").read_text(encoding="utf-8")
    read = Rules.from_json(json.loads(text))
    assert (read.majority("statute_reform").needed(60), read.shares) == (40, MODEL_STATUTE.shares)
    assert read.assemblies["weekly"].calls == MODEL_STATUTE.assemblies["weekly"].calls


@given(documents())
def test_any_valid_document_reads_back_from_its_json_the_same(written):
    assert faults(written, Matter.values) == []
    text = json.dumps(written.to_json())
    read = Rules.from_json(json.loads(text))
    assert read == written
    assert seal_of(read.to_json()) == seal_of(json.loads(text))


NOBODY_WRITES = {"ni esto": ["ni aquello"]}


@given(documents(), st.data())
def test_any_value_that_cannot_be_is_refused_with_its_place_and_a_reason(written, data):
    document = written.to_json()
    at = data.draw(st.sampled_from(places(document)))
    put(document, at, NOBODY_WRITES)
    problems = _problems(document)
    place = ".".join(map(str, at))
    assert problems
    assert all(one.reason and one.kind for one in problems)
    assert any(one.place == place or one.place.startswith(f"{place}.") for one in problems)


@given(documents(), st.data())
def test_a_value_that_is_missing_is_refused_or_the_models(written, data):
    document = written.to_json()
    at = data.draw(st.sampled_from([one for one in places(document) if isinstance(one[-1], str)]))
    place = document
    for step in at[:-1]:
        place = place[step]
    del place[at[-1]]
    problems = _problems(document)
    if problems:
        wanted = ".".join(map(str, at))
        assert any(one.place == wanted and one.kind == "missing" for one in problems)
    else:
        assert Rules.from_json(document).to_json()


@given(documents(), st.data())
def test_an_unknown_rule_is_an_error_and_not_ignored(written, data):
    document = written.to_json()
    inner = [at for at in places(document) if isinstance(_at(document, at), dict)]
    at = data.draw(st.sampled_from([(), *inner]))
    _at(document, at)["nadie_lo_conoce"] = 1
    wanted = ".".join(map(str, (*at, "nadie_lo_conoce")))
    assert any(one.place.startswith(wanted) for one in _problems(document))


def _at(document, at):
    for step in at:
        document = document[step]
    return document


def _problems(document):
    try:
        return faults(Rules.from_json(document), Matter.values)
    except BadStatute as bad:
        return list(bad.problems)


SPOILED = [
    ("majorities.recall.numerator", 3, "out_of_reach"),
    ("majorities.recall.denominator", 0, "greater_than_equal"),
    ("majorities.recall.base", "nadie", "literal_error"),
    ("majorities.recall.strict", 1, "bool_type"),
    ("majorities.recall.source", "a\u202eb", "string_pattern_mismatch"),
    ("assemblies.weekly.calls.0.wait_minutes", 5, "waits"),
    ("assemblies.weekly.calls.1.wait_minutes", 0, "waits"),
    ("assemblies.ordinary.notice_days", -1, "greater_than_equal"),
    ("assemblies.ordinary.calls", [], "calls"),
    ("assemblies.weekly.calls.0.plus", 999, "out_of_reach"),
    ("assemblies.weekly.calls.0.plus", 2, "out_of_reach"),
    ("assemblies.weekly.calls.1.plus", 11, "out_of_reach"),
    ("assemblies.weekly.calls.0.numerator", 2, "above_one"),
    ("requests.denominator", 5, "above_cap"),
    ("agenda.numerator", 0, "above_cap"),
    ("proxies.allowed", True, "missing"),
    ("proxies.most_principals", 1, "not_allowed"),
    ("council.seats", 2, "below_least"),
    ("council.term_years", 4, "above_cap"),
    ("rotation.cool_off_years", 2, "alone"),
    ("pay.label", "  ", "string_pattern_mismatch"),
    ("pay.ratio_ceiling", "0.5", "below_one"),
    ("pay.hours.worked.paid", None, "bool_type"),
    ("surplus.funds.0.rate", "0.95", "above_one"),
    ("surplus.funds.0.rate", 0.05, "string_type"),
    ("surplus.funds.0.rate", "1e9", "not_a_share"),
    ("surplus.funds.1.name", "Reserva  Legal", "repeated"),
    ("surplus.funds.0.name", "¡!", "not_a_name"),
    (
        "surplus.funds.0.steps",
        [{"of_capital": "2", "rate": "0"}, {"of_capital": "1", "rate": "0"}],
        "not_ascending",
    ),
    ("shares.value", 0, "greater_than_equal"),
    ("shares.refund_cap", "2", "above_one"),
    ("membership.minimum_age", 18.0, "int_type"),
    ("conflicts.matters", ["nada"], "unknown"),
    ("law.country", "ZZ", "literal_error"),
]


@pytest.mark.parametrize(("place", "value", "kind"), SPOILED)
def test_each_kind_of_mistake_is_named_where_it_is(place, value, kind):
    document = MODEL_STATUTE.to_json()
    steps = [int(step) if step.isdigit() else step for step in place.split(".")]
    put(document, tuple(steps), value)
    found = _problems(document)
    assert kind in {one.kind for one in found}
    near = place.split(".")[0]
    assert all(one.place.startswith(near) for one in found)


def test_everything_that_is_wrong_is_said_at_once():
    document = MODEL_STATUTE.to_json()
    document["council"]["seats"] = "tres"
    document["shares"]["refund_cap"] = 5
    del document["majorities"]["recall"]["strict"]
    with pytest.raises(BadStatute) as refused:
        Rules.from_json(document)
    assert {one.place for one in refused.value.problems} == {
        "majorities.recall.strict",
        "council.seats",
        "shares.refund_cap",
    }


@pytest.mark.parametrize("key", READY_MADE)
def test_every_ready_made_statute_is_valid_and_says_where_each_value_is_written(key):
    rules = READY_MADE[key].rules
    document = rules.to_json()
    assert (faults(rules, Matter.values), Rules.from_json(document)) == ([], rules)
    unsaid = [at for at in places(document) if str(at[-1]).endswith("source") and not _at(document, at)]
    assert unsaid == []


def test_the_default_says_what_the_model_statute_says():
    model = MODEL_STATUTE
    ordinary = model.assemblies["ordinary"]
    assert [call.required(85) for call in ordinary.calls] == [43, 1]
    assert (ordinary.calls[1].wait_minutes, ordinary.notice_days) == (60, 15)
    assert (model.requests.numerator, model.requests.denominator, model.requests.held_within_days) == (
        1,
        10,
        30,
    )
    assert [model.majorities[one].needed(60) for one in ("statute_reform", "merger", "recall")] == [
        40,
        40,
        31,
    ]
    secret = {matter for matter, rule in model.majorities.items() if rule.secret}
    assert {"election", "recall", "surplus_distribution", "annual_report", "merger"} <= secret
    assert not model.proxies.allowed


def test_uruguay_and_brazil_have_their_own_figures():
    uruguay, brazil = READY_MADE["uruguay"].rules, READY_MADE["brazil"].rules
    reserve = uruguay.surplus.funds[0]
    assert (reserve.rate, reserve.steps[0].rate, reserve.cap_of_capital) == ("0.15", "0.1", "3")
    assert uruguay.majorities["dissolution"].needed(40) == 30
    assert [call.required(90) for call in brazil.assemblies["ordinary"].calls] == [60, 46, 10]
    assert [fund.rate for fund in brazil.surplus.funds] == ["0.1", "0.05"]


def test_where_the_assembly_decides_everything_any_number_is_enough():
    rules = READY_MADE["assembly_only"].rules
    assert [call.required(80) for call in rules.assemblies["weekly"].calls] == [1]
    assert (rules.rotation.everyone_once, rules.council.term_years) == (True, 1)
