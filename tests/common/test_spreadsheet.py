"""A cooperative's spreadsheet as its programs save it, and what is not one."""

import codecs
import csv
import io
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coop.common.spreadsheet import (
    MAX_BYTES,
    MAX_ROWS,
    BadCell,
    Column,
    FileRefused,
    Problem,
    Sheet,
    clip,
    parse_day,
    parse_decimal,
    parse_digits,
    parse_text,
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


def kind_of(parse: Callable[[str], object], text: str) -> str:
    with pytest.raises(BadCell) as bad:
        parse(text)
    assert bad.value.message.endswith(".")
    return bad.value.kind


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


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n\t\r\n",
        codecs.BOM_UTF8,
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF16_LE + b"odd",
        codecs.BOM_UTF8 + b"\xff",
        b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"<!DOCTYPE html><table><tr><td>N\xb0 Socio</td></tr></table>",
        b"\n  <table>",
        b"N\xb0 Socio;Secci\xf3n\n1;Hor\0nos",
        b"N\xb0 Socio;Secci\xf3n\n1;\x81",
        "N° Socio;Sección".encode("utf-16-le"),
        b"hola, esto es una carta\nque no tiene columnas",
        b"Adelanto;Horas\n1;2",
        b'N\xb0 Socio;Secci\xf3n\n1;"sin cerrar\n2;Prensa',
        b";;;;\n;;\n",
        b'"',
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        read_sheet(data, COLUMNS)
    assert "CSV" in str(refused.value)


def test_ten_megabytes_of_rubbish_are_refused_at_once() -> None:
    start = time.perf_counter()
    with pytest.raises(FileRefused, match="10 MB"):
        read_sheet(b"\x00\xff;rubbish" * (10 * 1024 * 1024 // 10), COLUMNS)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "rubbish",
    [
        b"N\xb0 Socio;Secci\xf3n\n" + b"\n" * MAX_BYTES,
        b"N\xb0 Socio;Secci\xf3n\n" + b";" * MAX_BYTES,
        b"N\xb0 Socio;Secci\xf3n" + b";a" * MAX_BYTES,
        b"N\xb0 Socio;Secci\xf3n\n" + b"1;2\n" * MAX_BYTES,
        b"N\xb0 Socio;Secci\xf3n\n1;" + b"x" * MAX_BYTES,
        b"N\xb0 Socio;Secci\xf3n\n1;" + b'"' * MAX_BYTES,
    ],
    ids=["line breaks", "semicolons", "titles", "rows", "one cell", "quotes"],
)
def test_two_megabytes_of_anything_are_read_or_refused_in_a_moment(rubbish: bytes) -> None:
    start = time.perf_counter()
    with suppress(FileRefused):
        assert read_sheet(rubbish[:MAX_BYTES], COLUMNS).problems
    assert time.perf_counter() - start < 10


def test_a_cell_of_a_megabyte_is_refused_by_its_row() -> None:
    with pytest.raises(FileRefused, match="fila 3"):
        read("N° Socio;Sección\n1;Hornos\n2;" + "x" * 1_000_000)


def test_the_longest_file_is_taken_and_one_row_more_is_refused() -> None:
    text = "N° Socio;Sección\n" + "1;Hornos\n" * MAX_ROWS
    assert len(read(text).rows) == MAX_ROWS
    with pytest.raises(FileRefused, match=str(MAX_ROWS)):
        read(text + "1;Hornos")


@given(st.binary() | st.binary().map(lambda rest: b"N\xb0 Socio;Secci\xf3n\n" + rest))
@example(b"\xff\xfe\x00")
@example(b"\r")
def test_no_bytes_do_worse_than_be_refused(data: bytes) -> None:
    with suppress(FileRefused):
        read_sheet(data, COLUMNS)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/2002", date(2002, 2, 1)),
        ("1/2/2002", date(2002, 2, 1)),
        ("2002-02-01", date(2002, 2, 1)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_a_day_is_written_day_first_or_as_the_iso_says(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text", ["31/02/2015", "29/02/2023", "00/01/2020", "01/13/2020", "01/02/0202", "9999-12-31"]
)
def test_a_day_that_never_was_is_no_such_date(text: str) -> None:
    assert kind_of(parse_day, text) == "no such date"


@pytest.mark.parametrize(
    "text", ["hoy", "01/02/02", "1/2", "37288", "٠١/٠٢/٢٠٠٢", "=1/2/2002", "01/02/2002 x"]
)
def test_what_is_not_written_as_a_day_is_not_a_date(text: str) -> None:
    assert kind_of(parse_day, text) == "not a date"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.284,50", "1284.50"),
        ("1284,5", "1284.5"),
        ("1.284", "1284"),
        ("1.234.567,891", "1234567.891"),
        ("-0,01", "-0.01"),
        ("+5", "5"),
        ("007", "7"),
        ("0,00", "0"),
    ],
)
def test_a_number_has_a_decimal_comma_and_dots_between_thousands(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["ciento", "12.5", "1,284.50", "1.28", "0.500", ",5", "5,", "1 000", "1e3", "NaN", "--1", "١", "=1"],
)
def test_what_could_be_two_numbers_is_none(text: str) -> None:
    assert kind_of(parse_decimal, text) == "not a number"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_as_a_program_writes_it_is_exact(number: Decimal) -> None:
    grouped = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    plain = f"{number:.2f}".replace(".", ",")
    assert parse_decimal(grouped) == parse_decimal(plain) == number


def test_a_number_has_limits() -> None:
    assert kind_of(parse_decimal, "1" * 16) == "too large"
    assert kind_of(parse_decimal, "9" * 100_000) == "too large"
    assert kind_of(lambda text: parse_decimal(text, places=2), "1,005") == "too many decimals"
    assert parse_decimal("1,500", places=1) == Decimal("1.5")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("1,5", "not whole"), ("-1", "negative"), ("2147483648", "too large"), ("uno", "not a number")],
)
def test_a_whole_number_is_not_negative_and_has_no_decimals(text: str, kind: str) -> None:
    assert kind_of(parse_whole, text) == kind
    assert parse_whole("1.284,00") == 1284


def test_digits_are_read_without_their_dots_dashes_and_spaces() -> None:
    assert parse_digits("20-22.133.967–4 ") == "20221339674"
    assert kind_of(parse_digits, "2,02E+10") == "not a number"
    assert kind_of(parse_digits, "--") == "not a number"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rhola",
        " \u00a0=1",
        "\u200b=1",
        "\uff1d1",
        "\n=1",
        "\ufeff@a",
    ],
)
def test_what_a_program_would_run_is_a_formula(text: str) -> None:
    assert kind_of(lambda it: parse_text(it, longest=60), text) == "formula"


@pytest.mark.parametrize("text", ["Horno\x07s", "Horno\u202es", "Horno\ufffds", "\ue000"])
def test_a_sign_that_nobody_can_read_is_a_stray_character(text: str) -> None:
    assert kind_of(lambda it: parse_text(it, longest=60), text) == "stray character"


def test_text_is_one_line_of_single_spaces() -> None:
    assert parse_text(" Hornos \n y\u00a0\tpren\u00adsa ", longest=60) == "Hornos y prensa"
    assert parse_text("1=1", longest=3) == "1=1"
    assert kind_of(lambda it: parse_text(it, longest=2), "1=1") == "too long"


PARSERS: list[Callable[[str], object]] = [
    parse_day,
    parse_decimal,
    parse_whole,
    parse_digits,
    lambda text: parse_text(text, longest=20),
]


@given(st.text(), st.sampled_from(PARSERS))
def test_no_text_does_worse_than_be_a_bad_cell(text: str, parse: Callable[[str], object]) -> None:
    with suppress(BadCell):
        parse(text)


@given(st.text(max_size=400))
def test_a_value_in_a_sentence_is_short_and_on_one_line(text: str) -> None:
    assert len(clip(text)) <= 60
    assert len(clip(text).splitlines()) <= 1


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
