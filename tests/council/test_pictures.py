"""Where power concentrates: what the sample shows, what a cooperative that rotates does not."""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.council.models import SeatCode, SeatKind
from coop.council.pictures.concentration import Kind, measure
from coop.council.pictures.history import History, Person, Place, Turn, counted
from coop.council.pictures.served import by_section
from coop.council.pictures.timeline import decades
from coop.council.pictures.words import says

DATA = Path(__file__).resolve().parents[1] / "data"
DEMO = Path(__file__).resolve().parents[2] / "coop" / "portal" / "demo"
TODAY = datetime(2026, 11, 21, 15, tzinfo=UTC)
KINDS = {
    code: SeatKind.COUNCIL if place < 5 else SeatKind.ALTERNATE if place < 7 else SeatKind.AUDITOR
    for place, code in enumerate(SeatCode)
}
PLACES = [Place(place, str(code.label), KINDS[code]) for place, code in enumerate(SeatCode)]


def at(year: int, month: int = 5, day: int = 1) -> datetime:
    return datetime(year, month, day, 3, tzinfo=UTC)


def person(number: int, joined: date = date(2002, 2, 1), section: str = "") -> Person:
    return Person(number, f"Persona {number}", f"{number}, Persona", section, joined, None)


def held(seat: int, number: int, begins: datetime, ends: datetime, ended: str = "") -> Turn:
    return Turn(seat, PLACES[seat].kind, number, begins, ends, 0, "Asamblea", ended)


def made(turns: Iterable[Turn], people: Iterable[Person]) -> History:
    return History(PLACES, counted(turns), {one.number: one for one in people})


def signs(history: History, moment: datetime = TODAY) -> set[Kind]:
    return {sign.kind for sign in measure(history, moment).signs}


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="cp1252", newline="") as file:
        return [
            {key.strip(): value.strip() for key, value in row.items()}
            for row in csv.DictReader(file, delimiter=";")
        ]


def a_day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()


def sample() -> History:
    """The invented cooperative's own files, as they are."""
    seats = {str(code.label): place for place, code in enumerate(SeatCode)}
    people = []
    for row in rows("padron.csv"):
        left = a_day(row["Fecha de baja"]) if row["Fecha de baja"] else None
        number, name = int(row["N° Socio"]), row["Apellido y Nombre"]
        people.append(Person(number, name, name, row["Sección"], a_day(row["Fecha de ingreso"]), left))
    turns = []
    for row in rows("mandatos.csv"):
        first, last = a_day(row["Desde"]), a_day(row["Hasta"])
        begins = datetime(first.year, first.month, first.day, 3, tzinfo=UTC)
        ends = datetime(last.year, last.month + 1, 1, 3, tzinfo=UTC)
        turns.append(held(seats[row["Cargo"]], int(row["N° Socio"]), begins, ends))
    return made(turns, people)


def rotating(newest_first: bool, seats: int = 5, people: int = 60) -> History:
    """Everyone once before anyone twice, two years each; three join every year."""
    lines = [person(n, date(2002 + max(0, n - 30) // 3, 2, 1)) for n in range(people + 30)]
    turns: list[Turn] = []
    times: dict[int, int] = {one.number: 0 for one in lines}
    for year in range(2002, 2027, 2):
        able = [one for one in lines if one.joined.year < year or year == 2002]
        able.sort(key=lambda one: (times[one.number], -one.number if newest_first else one.number % 7))
        for seat in range(seats):
            times[able[seat].number] += 1
            turns.append(held(seat, able[seat].number, at(year), at(year + 2)))
    return made(turns, lines)


def test_the_samples_council_of_founders_only_is_named() -> None:
    measured = measure(sample(), TODAY)
    assert Kind.FOUNDERS_ONLY in {sign.kind for sign in measured.signs}
    told = [says(sign) for sign in measured.signs if sign.kind == Kind.FOUNDERS_ONLY]
    assert told == [
        "En el consejo de hoy hay solamente fundadores/as: 5 de 5. Hay 27 asociados/as que entraron después, "
        "llevan más de un año y nunca estuvieron."
    ]


def test_the_samples_figures_are_those_of_its_files() -> None:
    measured = measure(sample(), TODAY)
    ever = {row["N° Socio"] for row in rows("mandatos.csv")}
    gone = {row["N° Socio"] for row in rows("padron.csv") if row["Fecha de baja"]}
    assert (measured.members, measured.ever) == (76, len(ever - gone))
    assert measured.later_ever == sum(int(number) > 37 for number in ever - gone)
    assert [year.day.year for year in measured.series] == list(range(2026, 2001, -1))
    assert all(year.seated == 9 for year in measured.series)


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_cooperative_that_rotates_is_left_alone(newest_first: bool) -> None:
    assert signs(rotating(newest_first)) == set()


def test_three_who_swap_seats_for_ever_are_named() -> None:
    lines = [person(number) for number in range(40)]
    turns = [
        held(seat, (seat + year // 2) % 3, at(year), at(year + 2))
        for year in range(2002, 2027, 2)
        for seat in range(3)
    ]
    found = measure(made(turns, lines), TODAY)
    kinds = {sign.kind: sign for sign in found.signs}
    assert {Kind.SAME_GROUP, Kind.MANY_TURNS, Kind.FEW_NEWCOMERS, Kind.TOO_LONG} <= set(kinds)
    assert kinds[Kind.FEW_NEWCOMERS].n == 0
    assert kinds[Kind.TOO_LONG].people == ("Persona 0", "Persona 1", "Persona 2")
    assert all("%(" not in says(sign) for sign in found.signs)


def test_where_everybody_has_sat_repeating_is_no_sign() -> None:
    """Seven people, five seats: there is nobody new."""
    lines = [person(number) for number in range(7)]
    turns = [
        held(seat, (seat + year // 2 * 3) % 7, at(year), at(year + 2))
        for year in range(2002, 2027, 2)
        for seat in range(5)
    ]
    assert signs(made(turns, lines)) == set()


def test_a_young_cooperative_can_only_be_its_founders() -> None:
    lines = [person(n, date(2023, 3, 1)) for n in range(10)] + [
        person(n, date(2024, 3, 1)) for n in range(10, 20)
    ]
    turns = [held(seat, seat, at(2023), at(2027)) for seat in range(5)]
    assert signs(made(turns, lines)) == set()


def test_an_alternate_moved_up_goes_on_with_the_same_turn() -> None:
    first = held(5, 1, at(2024), at(2025), "moved")
    up = held(0, 1, at(2025), at(2026))
    again = held(0, 1, at(2026), at(2028))
    assert [turn.nth for turn in counted([again, up, first])] == [1, 1, 2]


def test_a_position_outside_the_council_is_no_seat_of_power_but_is_told() -> None:
    outside = Place(20, "Coordinación de Hornos", SeatKind.POSITION, "Hornos")
    turn = Turn(20, SeatKind.POSITION, 1, at(2024), at(2028), 0)
    history = History([*PLACES, outside], counted([turn]), {1: person(1), 2: person(2)})
    measured = measure(history, TODAY)
    assert (measured.ever, measured.ever_anything) == (0, 1)


def test_who_sat_and_who_never_by_section() -> None:
    lines = [person(1, section="Hornos"), person(2, section="Hornos"), person(3)]
    told = by_section(made([held(0, 1, at(2024), at(2026))], lines), TODAY)
    assert [(one.section, [p.number for p in one.served], [p.number for p in one.never]) for one in told] == [
        ("Hornos", [1], [2]),
        ("", [], [3]),
    ]


def _edges(bar: Any) -> tuple[float, float]:
    x = float(bar.x.rstrip("%"))
    return x, x + float(bar.width.rstrip("%"))


def test_a_term_over_new_year_of_a_decade_is_drawn_in_both() -> None:
    history = made([held(0, 1, at(2018), at(2022))], [person(1)])
    now, before = decades(history, TODAY, seats_now=frozenset())
    assert (now.first, before.first) == (2020, 2010)
    assert _edges(now.lanes[0].bars[0])[0] == 0
    assert _edges(before.lanes[0].bars[0])[1] == 100


def test_a_bar_holds_a_whole_name_or_none_and_every_name_is_listed_below() -> None:
    short = held(0, 2, at(2023), at(2023, 7))
    history = made(
        [held(0, 1, at(2020), at(2023)), short, held(0, 1, at(2024), at(2026))], [person(1), person(2)]
    )
    bars = decades(history, TODAY, seats_now=frozenset())[0].lanes[0].bars
    listed = history.people[1].listed
    assert [bar.text for bar in bars] == [listed, "", f"×2 {listed}"]
    assert [bar.years for bar in bars] == ["2020–2023", "2023", "2024–2026"]
    told = decades(history, TODAY, seats_now=frozenset())[0].lanes[0].listed
    assert history.people[2].name in told
    assert told.count('class="short"') == 1
    assert f"{history.people[1].name} ×2" in told


def test_a_seat_that_names_its_section_does_not_say_it_twice() -> None:
    places = [
        Place(0, "Coordinación de Hornos", SeatKind.POSITION, "hornos"),
        Place(1, "Prensa", SeatKind.POSITION, "Despacho"),
    ]
    turns = made([held(0, 1, at(2022), at(2024)), held(1, 1, at(2022), at(2024))], [person(1)]).turns
    drawn = decades(History(places, turns, {1: person(1)}), TODAY, seats_now=frozenset())[0]
    assert [lane.name for lane in drawn.lanes] == ["Coordinación de Hornos", "Prensa · Despacho"]


def test_seats_of_today_have_their_line_even_when_empty() -> None:
    history = made([held(0, 1, at(2018), at(2022))], [person(1)])
    now = decades(history, TODAY, seats_now=frozenset({0, 1}))[0]
    assert [(lane.name, len(lane.bars)) for lane in now.lanes] == [("Presidencia", 1), ("Secretaría", 0)]


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 20), st.integers(0, 9000), st.integers(1, 1500)),
        max_size=30,
    )
)
def test_whatever_the_history_bars_stay_in_the_picture_and_counts_add_up(raw: list[Any]) -> None:
    begun = datetime(2002, 2, 1, 3, tzinfo=UTC)
    turns = [
        held(
            seat,
            number,
            datetime.fromtimestamp(begun.timestamp() + first * 86400, UTC),
            datetime.fromtimestamp(begun.timestamp() + (first + days) * 86400, UTC),
        )
        for seat, number, first, days in raw
    ]
    history = made(turns, [person(number) for number in range(21)])
    measured = measure(history, TODAY)
    assert measured.later_ever <= measured.ever <= measured.members == 21
    assert sum(len(one.served) + len(one.never) for one in by_section(history, TODAY)) == 21
    for decade in decades(history, TODAY, seats_now=frozenset()):
        for lane in decade.lanes:
            assert all(0 <= left < right <= 100.5 for left, right in map(_edges, lane.bars))
