"""One cell, one value: days, numbers and text as people write them in Spanish."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common.spreadsheet import (
    BadCell,
    clip,
    parse_day,
    parse_decimal,
    parse_digits,
    parse_text,
    parse_whole,
)


def kind_of(parse: Callable[[str], object], text: str) -> str:
    with pytest.raises(BadCell) as bad:
        parse(text)
    assert bad.value.message.endswith(".")
    return bad.value.kind


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
