"""A cooperative's spreadsheet as its programs save it, and what is not one."""

import codecs
import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common.spreadsheet import (
    Column,
    Problem,
    Sheet,
    parse_decimal,
    parse_whole,
    read_sheet,
)

DATA = Path(__file__).parents[1] / "data"
COLUMNS = (Column("N° Socio", also=("Nro Socio",)), Column("Sección"), Column("Correo", needed=False))


def read(text: str, encoding: str = "cp1252") -> Sheet:
    return read_sheet(text.encode(encoding), COLUMNS)


def cells(sheet: Sheet) -> list[dict[str, str]]:
    return [dict(row.cells) for row in sheet.rows]


def kinds(problems: Sequence[Problem]) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.kind) for problem in problems]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_csv_is_read_however_the_program_saved_it(encoding: str, delimiter: str, end: str) -> None:
    text = end.join(
        delimiter.join(line) for line in (("N° Socio", "Sección"), ("1", "Expedición"), ("2", "Ñandú"))
    )
    sheet = read(text + end, encoding)
    assert cells(sheet) == [
        {"N° Socio": "1", "Sección": "Expedición"},
        {"N° Socio": "2", "Sección": "Ñandú"},
    ]
    assert not sheet.problems


@given(
    st.lists(st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cf"])), min_size=1, max_size=5),
    st.sampled_from(["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(";,\t"),
)
def test_what_a_program_writes_comes_back(texts: list[str], encoding: str, delimiter: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["N° Socio", "Sección"], *([str(n), text] for n, text in enumerate(texts, start=1))])
    bom = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    sheet = read_sheet(bom + out.getvalue().encode(encoding), COLUMNS)
    assert [row.cells.get("Sección", "") for row in sheet.rows] == [text.strip() for text in texts]


@pytest.mark.parametrize(
    "title", ["Nº socio", "N. SOCIO", " n°  socio ", "N° Sócio", "nro. socio", "N°\nSocio"]
)
def test_a_header_is_matched_whatever_its_case_accents_signs_and_spaces(title: str) -> None:
    assert cells(read(f'"{title}";Sección\n7;Hornos')) == [{"N° Socio": "7", "Sección": "Hornos"}]


@pytest.mark.parametrize("name", ["horas-2026-09.csv", "horas-2026-10.csv"])
def test_the_hours_files_are_spreadsheets_too(name: str) -> None:
    titles = ("N° Socio", "Horas trabajadas", "Horas enfermedad", "Horas vacaciones", "Adelanto")
    sheet = read_sheet((DATA / name).read_bytes(), [Column(title) for title in titles])
    for row in sheet.rows:
        row.take("N° Socio", parse_whole, 0, required=True)
        for title in titles[1:]:
            row.take(title, parse_decimal, Decimal(0))
    assert len(sheet.rows) == 75
    assert not sheet.problems
    assert not sheet.warnings


def test_columns_may_come_in_any_order_and_unknown_ones_are_a_warning() -> None:
    sheet = read("Sección;Color;N° Socio\nHornos;rojo;7")
    assert cells(sheet) == [{"Sección": "Hornos", "N° Socio": "7"}]
    assert kinds(sheet.warnings.sorted()) == [(1, "Color", "unknown column")]
    assert not sheet.problems


def test_each_missing_column_is_one_problem_at_the_header_and_no_row_is_read() -> None:
    sheet = read("Sección;Color\nHornos;rojo")
    assert kinds(sheet.problems.sorted()) == [(1, "N° Socio", "missing column")]
    assert sheet.rows == ()


def test_a_column_twice_is_a_problem_at_the_header() -> None:
    sheet = read("N° Socio;Sección;Nº SOCIO\n1;Hornos;2")
    assert kinds(sheet.problems.sorted()) == [(1, "N° Socio", "repeated column")]


def test_blank_rows_and_columns_are_ignored_but_rows_keep_their_number() -> None:
    sheet = read("N° Socio;Sección;;\r\n1;Hornos;;\r\n;;;\r\n\r\n 2 ;\u00a0Prensa ; ;\r\n;;;;;;\r\n\r\n")
    assert [(row.number, dict(row.cells)) for row in sheet.rows] == [
        (2, {"N° Socio": "1", "Sección": "Hornos"}),
        (5, {"N° Socio": "2", "Sección": "Prensa"}),
    ]
    assert not sheet.problems
    assert not sheet.warnings


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_breaks_and_is_one_row() -> None:
    sheet = read('N° Socio;Sección\n1;"Hornos; ""norte""\ny sur"\n2;Prensa')
    assert [(row.number, row.cells["Sección"]) for row in sheet.rows] == [
        (2, 'Hornos; "norte"\ny sur'),
        (3, "Prensa"),
    ]


def test_a_row_with_more_cells_than_titles_is_one_problem_and_is_left_out() -> None:
    sheet = read("N° Socio;Sección\n1;Hornos;de más\n2;Prensa")
    assert kinds(sheet.problems.sorted()) == [(2, "", "too many cells")]
    assert [row.number for row in sheet.rows] == [3]


def test_a_row_with_fewer_cells_has_them_empty() -> None:
    assert cells(read("N° Socio;Sección\n1")) == [{"N° Socio": "1"}]


def test_titles_without_rows_are_a_problem() -> None:
    assert kinds(read("N° Socio;Sección\r\n;\r\n").problems.sorted()) == [(1, "", "no rows")]


def test_the_header_is_the_first_row_that_is_not_blank() -> None:
    sheet = read("\r\n;;\r\nN° Socio;Sección\r\n1;Hornos")
    assert [row.number for row in sheet.rows] == [4]


def test_an_accent_in_two_pieces_is_composed() -> None:
    assert cells(read("N° Socio;Seccio\u0301n\n1;Expedicio\u0301n", "utf-8"))[0]["Sección"] == "Expedición"


def test_the_first_problem_of_a_cell_is_the_one_kept() -> None:
    sheet = read("N° Socio;Sección\n1;Hornos")
    (row,) = sheet.rows
    assert row.good()
    row.refuse("Sección", "no such section", "No existe.")
    row.refuse("Sección", "too long", "Muy largo.")
    assert sheet.problems.sorted() == (Problem(2, "Sección", "no such section", "No existe.", "Hornos"),)
    assert not row.good()
    assert not row.good("Sección")
    assert row.good("N° Socio")


def test_problems_come_by_row_and_then_by_column() -> None:
    sheet = read("Sección;N° Socio\nHornos;1\nPrensa;2")
    for row in reversed(sheet.rows):
        row.refuse("Sección", "k", "m")
        row.refuse("N° Socio", "k", "m")
    assert [(problem.row, problem.column) for problem in sheet.problems.sorted()] == [
        (2, "N° Socio"),
        (2, "Sección"),
        (3, "N° Socio"),
        (3, "Sección"),
    ]
