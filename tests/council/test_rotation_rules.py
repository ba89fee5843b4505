"""How terms are counted, who is matched to what, how a draw comes out: no database."""

import hashlib
import itertools
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from coop.council.rotation import planned
from coop.council.rotation.drawing import BadDraw, draw, reproduce, sha256, value_of
from coop.council.rotation.eligibility import (
    Office,
    Person,
    Served,
    WhyNot,
    in_a_row,
    standing_of,
    terms_in,
)
from coop.council.rotation.matching import best
from coop.council.rotation.planner import FILLED, Opening, Pick, balance, plans
from coop.council.rotation.standing import Offer
from coop.council.rotation.world import World
from coop.statute.rules import MODEL_STATUTE, Rules
from coop.statute.rules.seats import Position, SeatRotation

TREASURER, PRESIDENT = Office("treasurer", "council"), Office("president", "council")
MEMBER_1, MEMBER_2 = Office("member_1", "council"), Office("member_2", "council")
AUDITOR, ALTERNATE = Office("auditor", "auditor"), Office("alternate_1", "alternate")
YEAR = 365


def statute(positions: tuple[Position, ...] = (), **rotation: object) -> Rules:
    return replace(
        MODEL_STATUTE,
        rotation=replace(MODEL_STATUTE.rotation, **rotation),
        positions=replace(MODEL_STATUTE.positions, held=positions),
    )


def served(office: Office, first: int, years: float = 3, whole: float = 3) -> Served:
    since = date(first, 1, 1)
    return Served(office, since, since + timedelta(days=round(years * YEAR)), round(whole * YEAR))


def why(rules: Rules, office: Office, history: list[Served], day: date, **values: object):
    person = values.pop("person", Person(1, "active"))
    return standing_of(rules=rules, office=office, person=person, history=history, day=day, **values)


def test_more_than_half_of_a_term_is_a_term_and_half_is_none():
    assert terms_in([served(TREASURER, 2020, 1.5, 3)]) == 1
    assert terms_in([Served(TREASURER, date(2020, 1, 1), date(2020, 1, 11), 20)]) == 0
    assert terms_in([Served(TREASURER, date(2020, 1, 1), date(2020, 1, 12), 20)]) == 1


def test_whoever_resigns_again_and_again_has_served_all_the_same():
    pieces = [served(TREASURER, 2020, 1.2), served(TREASURER, 2022, 1.2)]
    assert terms_in(pieces) == 1
    assert not why(statute(most_terms=1), TREASURER, pieces, date(2023, 6, 1)).may


def test_a_late_assembly_does_not_break_a_row_and_a_rest_does():
    rules = statute(most_terms=1, cool_off_years=2)
    history = [served(TREASURER, 2020)]
    late = why(rules, PRESIDENT, history, date(2023, 3, 1))
    assert [one.kind for one in late.reasons] == [WhyNot.MOST_TERMS]
    assert late.from_day == date(2024, 12, 31)
    assert why(rules, PRESIDENT, history, late.from_day).may


def test_a_limit_for_the_seat_lets_them_go_to_another_and_the_members_at_large_are_one_office():
    rules = statute(most_terms=1, counts="seat")
    assert why(rules, PRESIDENT, [served(TREASURER, 2023)], date(2026, 1, 2)).may
    assert not why(rules, MEMBER_2, [served(MEMBER_1, 2023)], date(2026, 1, 2)).may


def test_an_exception_holds_for_its_seat_alone():
    exception = SeatRotation("treasurer", 2, 0, False)
    rules = statute(most_terms=1, counts="seat", exceptions=(exception,))
    assert why(rules, TREASURER, [served(TREASURER, 2023)], date(2026, 1, 2)).may
    assert not why(rules, PRESIDENT, [served(PRESIDENT, 2023)], date(2026, 1, 2)).may


def test_an_alternate_who_was_never_called_has_held_nothing():
    rules = statute(most_terms=1)
    assert why(rules, PRESIDENT, [served(ALTERNATE, 2023)], date(2026, 1, 2)).may
    assert not why(rules, ALTERNATE, [served(PRESIDENT, 2023)], date(2026, 1, 2)).may


def test_a_position_has_its_own_rotation_and_council_seats_do_not_count():
    press = Position("press", "Prensa", "coordinator", 2, 12, "reglamento", most_terms=1, cool_off_years=1)
    rules = statute((press,), most_terms=1)
    first, second = Office("p_press_1", "position", "press"), Office("p_press_2", "position", "press")
    assert why(rules, first, [served(TREASURER, 2023)], date(2026, 1, 2)).may
    held = why(rules, second, [served(first, 2025, 1, 1)], date(2026, 1, 2))
    assert held.from_day == date(2027, 1, 1)


def test_every_reason_is_told_and_they_may_when_the_last_one_falls():
    rules = statute(most_terms=1, cool_off_years=1)
    person = Person(1, "suspended", date(2028, 1, 1), kin=frozenset({9}))
    told = why(rules, AUDITOR, [served(TREASURER, 2023)], date(2026, 1, 2), person=person)
    assert told.from_day == date(2028, 1, 1)
    kin = why(rules, AUDITOR, [], date(2026, 1, 2), person=person, seated=[(9, PRESIDENT)])
    assert {one.kind for one in kin.reasons} == {WhyNot.SUSPENDED, WhyNot.KIN}
    assert kin.from_day is None


histories = st.lists(st.tuples(st.integers(0, 9000), st.integers(1, 1500)), max_size=8).map(
    lambda spans: [
        Served(TREASURER, begins, begins + timedelta(days=min(length, 1095)), 1095)
        for begins, length in (
            (date(2000, 1, 1) + timedelta(days=sum(gap for gap, _ in spans[: n + 1]) % 9000), span[1])
            for n, span in enumerate(spans)
        )
    ]
)


@given(histories, st.integers(0, 12_000), st.integers(1, 3), st.integers(0, 6))
def test_the_day_somebody_is_told_is_a_day_on_which_they_may(history, after, most, rest):
    rules = statute(most_terms=most, cool_off_years=rest)
    day = date(2000, 1, 1) + timedelta(days=after)
    told = why(rules, PRESIDENT, history, day)
    if told.may:
        assert terms_in(in_a_row(rules, PRESIDENT, history, day)) < most
    elif told.from_day is not None and all(one.since < day for one in history):
        assert told.from_day > day
        assert why(rules, PRESIDENT, history, told.from_day).may


@given(st.lists(st.dictionaries(st.integers(1, 5), st.integers(1, 50), max_size=5), min_size=1, max_size=4))
def test_the_match_is_the_best_there_is(worth):
    def total(given: tuple[int | None, ...]) -> int:
        taken = [one for one in given if one is not None]
        if len(set(taken)) < len(taken):
            return -1
        points = [place.get(one, -1000) for place, one in zip(worth, given, strict=True) if one is not None]
        return sum(points)

    found = tuple(best(worth))
    assert total(found) == max(
        total(one) for one in itertools.product([None, *range(1, 6)], repeat=len(worth))
    )


# --- plans ---


def world(count: int, rules: Rules, **values: object) -> World:
    people = {number: Person(number, "active") for number in range(1, count + 1)}
    held = {
        "history": {},
        "offers": {},
        "sections": {number: f"Sección {number % 4}" for number in people},
        **values,
    }
    names = {number: f"Persona {number}" for number in people}
    return World(day=date(2026, 5, 1), rules=rules, people=people, names=names, **held)


OPENINGS = [Opening(one, one.code) for one in (PRESIDENT, TREASURER, MEMBER_1, AUDITOR)]
YES = Offer(willing=True)


def test_every_slate_keeps_every_rule_and_none_is_proposed_twice():
    history = {n: [served(TREASURER, 2023, 3.3)] for n in range(1, 5)}
    rules = statute(most_terms=1, cool_off_years=2, everyone_once=True, balance=("sections",))
    offers = {3: YES, 7: YES, 8: replace(YES, offices=frozenset({"auditor"})), 9: Offer(willing=False)}
    here = world(30, rules, history=history, offers=offers)
    found = plans(here, OPENINGS)
    assert 1 <= len(found) <= 3
    assert len({plan.picks for plan in found}) == len(found)
    for plan in found:
        assert len(set(plan.numbers)) == 4
        assert not set(plan.numbers) & {1, 2, 3, 4, 9}
        assert {7, 8} <= set(plan.numbers)
        assert all(here.fit(pick.opening.office, pick.number).may for pick in plan.picks)


def test_who_never_had_a_turn_goes_before_who_had_one():
    history = {n: [served(TREASURER, 2015)] for n in range(1, 9)}
    offers = dict.fromkeys(range(1, 12), YES)
    rules = statute(most_terms=1, cool_off_years=2, everyone_once=True)
    for plan in plans(world(11, rules, history=history, offers=offers), OPENINGS):
        assert {9, 10, 11} <= set(plan.numbers)


def test_nobody_of_the_audit_is_kin_of_the_proposed_council():
    offers = dict.fromkeys(range(1, 5), YES)
    here = world(4, statute(), offers=offers)
    people = {n: replace(one, kin=frozenset({1, 2, 3, 4}) - {n}) for n, one in here.people.items()}
    kin = World(here.day, here.rules, people, here.names, {}, offers, here.sections)
    for plan in plans(kin, OPENINGS):
        seats = {pick.opening.office.kind for pick in plan.picks if pick.number}
        assert seats != {"council", "auditor"}


def test_a_section_has_its_own_people_for_its_own_position():
    ovens = Position("ovens", "Coordinación", "coordinator", 1, 12, "reglamento", section="Hornos ")
    office = Office("p_ovens_1", "position", "ovens")
    opening = Opening(office, "Coordinación", "coordinator", "Hornos ")
    sections = dict.fromkeys(range(1, 9), "Despacho") | {5: "hornos", 6: "Hornos"}
    wants = {1: replace(YES, skills=("floor", "mediating")), 2: YES, 6: YES}
    here = world(8, statute((ovens,)), offers=wants, sections=sections)
    for plan in plans(here, [opening]):
        assert plan.numbers[0] in {5, 6}
    first = plans(here, [opening])[0].picks[0]
    assert first.number == 6
    assert "es de la misma sección (Hornos)" in planned.reason(here, first)
    alone = world(4, statute((ovens,)), offers=wants, sections=sections)
    assert "no es de la sección Hornos" in planned.reason(alone, plans(alone, [opening])[0].picks[0])


def test_whoever_waits_for_their_turn_goes_before_the_sections_own_people():
    ovens = Position("ovens", "C", "coordinator", 1, 12, "x", section="Hornos", everyone_once=True)
    office = Office("p_ovens_1", "position", "ovens")
    sections, offers = {1: "Hornos", 2: "Despacho"}, {1: YES, 2: YES}
    history = {1: [served(office, 2024, 1, 1)]}
    here = world(2, statute((ovens,)), offers=offers, sections=sections, history=history)
    for plan in plans(here, [Opening(office, "C", "coordinator", "Hornos")]):
        assert plan.numbers == (2,)
        assert "le toca antes" in planned.reason(here, plan.picks[0])


def test_the_day_a_term_ended_is_its_last_one():
    office = Office("p_ovens_1", "position", "ovens")
    ovens = Position("ovens", "C", "coordinator", 1, 12, "x")
    history = {1: [served(office, 2020, 1, 1)], 2: [served(office, 2020, 1, 1), served(office, 2022, 1, 1)]}
    here = world(2, statute((ovens,)), offers={1: YES, 2: YES}, history=history)
    opening = Opening(office, "C", "coordinator")
    for number, said in ((1, "que terminó el"), (2, "el último hasta el")):
        last = max(one.until for one in history[number])
        told = planned.reason(here, Pick(opening, number, 0, True))
        assert f"{said} {last - timedelta(days=1):%d/%m/%Y}" in told


def test_balance_is_sought_only_among_equals_before_the_rules():
    offers = dict.fromkeys((4, 8, 12, 16), YES)
    here = world(20, statute(balance=("sections",)), offers=offers)
    found = plans(here, OPENINGS)
    assert {plan.numbers and frozenset(plan.numbers) for plan in found} == {frozenset(offers)}
    free = world(20, statute(balance=("sections",)), offers=dict.fromkeys(range(1, 21), YES))
    for plan in plans(free, OPENINGS):
        given = [pick.number for pick in plan.picks]
        assert balance(free, OPENINGS, given, {"sections"}) == 4 or plan.view != "balance"


def test_five_hundred_members_are_planned_the_same_twice():
    here = world(500, statute(most_terms=1), offers=dict.fromkeys(range(1, 500, 3), YES))
    assert [plan.picks for plan in plans(here, OPENINGS)] == [plan.picks for plan in plans(here, OPENINGS)]
    assert FILLED * 25 < 10**18


worlds = st.tuples(
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([2012, 2016, 2020, 2023])), max_size=14),
    st.lists(st.sampled_from(["yes", "no", "any", "silent"]), min_size=6, max_size=14),
    st.lists(st.tuples(st.integers(1, 14), st.integers(1, 14)), max_size=4),
    st.booleans(),
)


@given(worlds, st.integers(0, 2), st.sampled_from(["seat", "council"]))
def test_no_slate_ever_breaks_a_rule(drawn, most, counts):
    terms, answers, kin, once = drawn
    rules = statute(
        most_terms=most,
        cool_off_years=2,
        everyone_once=once,
        counts=counts,
        balance=("sections", "genders"),
    )
    history: dict[int, list[Served]] = {}
    for number, (seat, year) in enumerate(terms, start=1):
        history[number] = [served(OPENINGS[seat].office, year)]
    offers = {
        number: Offer(
            willing=answer != "no",
            offices=frozenset({"treasurer"}) if answer == "yes" else frozenset(),
            gender=("woman", "man", "")[number % 3],
        )
        for number, answer in enumerate(answers, start=1)
        if answer != "silent"
    }
    here = world(len(answers), rules, history=history, offers=offers)
    pairs = {pair for a, b in kin for pair in ((a, b), (b, a)) if a != b}
    people = {n: replace(one, kin=frozenset(b for a, b in pairs if a == n)) for n, one in here.people.items()}
    here = replace(here, people=people)
    for plan in plans(here, OPENINGS):
        on_it = set(plan.numbers)
        assert len(on_it) == len(plan.numbers)
        council = {p.number for p in plan.picks if p.opening.office.kind == "council"}
        for pick in plan.picks:
            if pick.number is None:
                continue
            assert here.offer(pick.number).willing is not False
            if pick.opening.office.kind == "auditor":
                assert not people[pick.number].kin & council
            for reason in here.standing(pick.opening.office, pick.number).reasons:
                # Their turn is after those who wait, and all of those are on the slate.
                assert reason.kind is WhyNot.EVERYONE_ONCE
                assert on_it.issuperset(reason.who)


# --- draws ---

SEED = "5f4dcc3b5aa765d61d8327deb882cf99"
TOLD = {
    "seed": SEED,
    "commitment": sha256(SEED),
    "public_value": "4 7 1 9 2",
    "places": 2,
    "participants": [{"number": n, "name": f"Persona {n}"} for n in (3, 14, 15, 92)],
}


def test_a_draw_is_what_one_line_of_anybodys_says():
    expected = sorted((3, 14, 15, 92), key=lambda n: hashlib.sha256(f"{SEED}:47192:{n}".encode()).hexdigest())
    found = reproduce(TOLD)
    assert [one["number"] for one in found["order"]] == expected
    assert [one["drawn"] for one in found["order"]] == [True, True, False, False]
    assert found["commitment_holds"]


@given(st.lists(st.integers(1, 999), unique=True, min_size=2), st.text(min_size=1, max_size=9), st.randoms())
def test_the_order_in_which_people_are_listed_decides_nothing(numbers, value, random):
    shuffled = list(numbers)
    random.shuffle(shuffled)
    assert draw(seed=SEED, value=value, numbers=numbers) == draw(seed=SEED, value=value, numbers=shuffled)
    assert sorted(draw(seed=SEED, value=value, numbers=numbers).order) == sorted(numbers)


def test_what_was_said_aloud_is_written_one_way():
    assert value_of(" 4-7.1 92 ") == "47192"
    assert value_of("La Niña Bonita, ¡15!") == "laniñabonita15"


def test_the_command_needs_no_database_and_tells_a_lie(tmp_path: Path, capsys):
    file = tmp_path / "sorteo.json"
    file.write_text(json.dumps(TOLD), encoding="utf-8")
    call_command("draw", str(file), "--json")
    assert json.loads(capsys.readouterr().out) == reproduce(TOLD)
    call_command("draw", str(file))
    file.write_text(json.dumps(TOLD | {"drawn": [3, 14, 15, 92][::-1]}), encoding="utf-8")
    right = [one["number"] for one in reproduce(TOLD)["order"]]
    file.write_text(json.dumps(TOLD | {"drawn": right[::-1]}), encoding="utf-8")
    with pytest.raises(CommandError, match="another order"):
        call_command("draw", str(file))
    file.write_text(json.dumps(TOLD | {"seed": "otra"}), encoding="utf-8")
    with pytest.raises(CommandError, match="announced"):
        call_command("draw", str(file))


@pytest.mark.parametrize(
    "wrong",
    [
        {"participants": [{"number": 3}, {"number": 3}]},
        {"participants": [{"number": -1}]},
        {"participants": 7},
        {"public_value": "  "},
        {"places": 9},
        {"seed": None},
    ],
)
def test_a_file_that_is_no_draw_is_refused(wrong):
    with pytest.raises(BadDraw):
        reproduce(TOLD | wrong)
