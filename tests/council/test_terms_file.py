"""The terms' spreadsheet: one holder per seat and one seat per member on any day."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.council.terms_file import TermRow, TermsFile, read_terms

DATA = Path(__file__).parents[1] / "data"
SEATS = {
    "presidencia": "president",
    "secretaria": "secretary",
    "tesoreria": "treasurer",
    "vocalia 1": "member_1",
    "vocalia 2": "member_2",
    "suplencia 1": "alternate_1",
    "suplencia 2": "alternate_2",
    "sindicatura titular": "auditor",
    "sindicatura suplente": "alternate_auditor",
}
MEMBERS = range(1, 85)


def terms(*rows: str) -> TermsFile:
    data = "\r\n".join(["Cargo;N° Socio;Desde;Hasta;Acta", *rows]).encode("cp1252")
    return read_terms(data, seats=SEATS, members=MEMBERS)


def kinds(file: TermsFile) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.kind) for problem in file.problems]


def from_file(name: str) -> TermsFile:
    return read_terms((DATA / name).read_bytes(), seats=SEATS, members=MEMBERS)


def test_sound_terms_have_no_problem() -> None:
    file = from_file("mandatos.csv")
    assert (file.problems, file.warnings) == ((), ())
    assert len(file.terms) == 9 * 13


def test_spoiled_terms_give_exactly_the_expected_problems() -> None:
    expected = json.loads((DATA / "mandatos-con-errores.expected.json").read_text())
    assert kinds(from_file("mandatos-con-errores.csv")) == [
        (it["row"], it["column"], it["kind"]) for it in expected
    ]


def test_a_term_is_read_with_both_its_days() -> None:
    assert terms(" VOCALÍA  1;27;1/5/2002;2004-04-30;Asamblea Ordinaria 2002").terms == (
        TermRow(2, "member_1", 27, date(2002, 5, 1), date(2004, 4, 30), "Asamblea Ordinaria 2002"),
    )


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("Gerencia;1;01/05/2002;30/04/2004;A", "Cargo", "no such seat"),
        (";1;01/05/2002;30/04/2004;A", "Cargo", "empty"),
        ("=Presidencia;1;01/05/2002;30/04/2004;A", "Cargo", "formula"),
        ("Presidencia;85;01/05/2002;30/04/2004;A", "N° Socio", "no such member"),
        ("Presidencia;uno;01/05/2002;30/04/2004;A", "N° Socio", "not a number"),
        ("Presidencia;1;31/04/2002;30/04/2004;A", "Desde", "no such date"),
        ("Presidencia;1;;30/04/2004;A", "Desde", "empty"),
        ("Presidencia;1;01/05/2002;;A", "Hasta", "empty"),
        ("Presidencia;1;01/05/2002;30/04/2002;A", "Hasta", "ends before it begins"),
        ("Presidencia;1;01/05/2002;30/04/2004;", "Acta", "empty"),
        ("Presidencia;1;01/05/2002;30/04/2004;=A", "Acta", "formula"),
    ],
)
def test_a_wrong_cell_is_one_problem_of_its_own_column(row: str, column: str, kind: str) -> None:
    assert kinds(terms(row)) == [(2, column, kind)]


def test_a_term_of_one_day_is_possible() -> None:
    assert kinds(terms("Presidencia;1;01/05/2002;01/05/2002;A")) == []


def test_the_day_after_a_term_ends_the_seat_is_free() -> None:
    assert (
        kinds(terms("Presidencia;1;01/05/2002;30/04/2004;A", "Presidencia;2;01/05/2004;30/04/2006;A")) == []
    )


def test_the_last_day_still_belongs_to_the_term() -> None:
    file = terms("Presidencia;1;01/05/2002;30/04/2004;A", "Presidencia;2;30/04/2004;30/04/2006;A")
    assert kinds(file) == [(3, "Desde", "two holders on one day")]
    assert "fila 2" in file.problems[0].message


def test_the_later_row_is_the_problem_even_when_its_days_are_earlier() -> None:
    file = terms("Presidencia;1;01/05/2004;30/04/2006;A", "Presidencia;2;01/05/2002;01/05/2004;A")
    assert kinds(file) == [(3, "Desde", "two holders on one day")]


def test_a_term_around_another_clashes_with_it() -> None:
    file = terms("Presidencia;1;01/05/2004;30/04/2006;A", "Presidencia;2;01/05/2002;30/04/2008;A")
    assert kinds(file) == [(3, "Desde", "two holders on one day")]


def test_two_seats_at_once_are_a_problem_of_the_member() -> None:
    file = terms("Presidencia;1;01/05/2002;30/04/2004;A", "Sindicatura suplente;1;30/04/2004;30/04/2006;A")
    assert kinds(file) == [(3, "N° Socio", "two seats for one member")]


def test_a_row_with_both_clashes_has_one_problem_that_of_the_seat() -> None:
    file = terms(
        "Presidencia;1;01/05/2002;30/04/2004;A",
        "Secretaría;2;01/05/2002;30/04/2004;A",
        "Presidencia;2;01/05/2002;30/04/2004;A",
    )
    assert kinds(file) == [(4, "Desde", "two holders on one day")]


def test_the_same_term_twice_is_one_problem() -> None:
    row = "Presidencia;1;01/05/2002;30/04/2004;A"
    assert kinds(terms(row, row)) == [(3, "Desde", "two holders on one day")]


def test_a_row_in_error_clashes_with_nobody() -> None:
    file = terms(
        "Presidencia;1;01/05/2002;30/04/2004;A",
        "Presidencia;2;01/05/2003;30/04/2006;A",
        "Presidencia;3;01/05/2004;30/04/2006;A",
        "Secretaría;2;01/05/2004;30/04/2006;A",
    )
    assert kinds(file) == [(3, "Desde", "two holders on one day")]
    assert [term.row for term in file.terms] == [2, 4, 5]


days = st.integers(0, 40).map(lambda offset: date(2020, 1, 1) + timedelta(offset))
drawn = st.tuples(st.sampled_from(["Presidencia", "Secretaría"]), st.integers(1, 4), days, st.integers(0, 9))


@given(st.lists(drawn, min_size=1, max_size=25))
def test_no_two_terms_taken_ever_clash_and_every_one_left_out_does(
    rows: list[tuple[str, int, date, int]],
) -> None:
    file = terms(
        *(f"{seat};{who};{day:%d/%m/%Y};{day + timedelta(n):%d/%m/%Y};A" for seat, who, day, n in rows)
    )
    taken: list[TermRow] = []
    for row, (seat, who, first, length) in enumerate(rows, start=2):
        term = TermRow(
            row, {"P": "president", "S": "secretary"}[seat[0]], who, first, first + timedelta(length), "A"
        )
        if not any(_clash(term, other) for other in taken):
            taken.append(term)
    assert file.terms == tuple(taken)
    assert len(file.problems) == len(rows) - len(taken)


def _clash(one: TermRow, other: TermRow) -> bool:
    share = one.first_day <= other.last_day and other.first_day <= one.last_day
    return share and (one.seat == other.seat or one.number == other.number)
