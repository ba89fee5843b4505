"""Every hour of equal value, to the cent; amounts in words; what differs from last month."""

from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coop.common.money import tie_of
from payroll.domain.arithmetic import Slip, Worked, pay, total_of
from payroll.domain.comparing import Part, differences
from payroll.in_words import english, in_words, spanish
from payroll.receipt import hours_shown

ALL = ("worked", "sick", "holiday")
hours = st.integers(0, 74400)
lines = st.lists(
    st.builds(
        Worked,
        number=st.integers(1, 5000),
        worked=hours,
        sick=hours,
        holiday=hours,
        taken=st.integers(0, 10**9),
        before=st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda line: line.number,
)
units = st.integers(1, 10**7)


def by_number(slips: list[Slip]) -> dict[int, Slip]:
    return {slip.line.number: slip for slip in slips}


@given(lines, units)
def test_the_parts_sum_to_the_total(worked: list[Worked], unit: int) -> None:
    slips = pay(worked, unit=unit, paid=ALL, period="2026-10")
    assert sum(slip.gross for slip in slips) == total_of(sum(slip.paid for slip in slips), unit)


@given(lines, units, st.randoms())
def test_the_order_of_the_file_changes_nothing(worked: list[Worked], unit: int, random: object) -> None:
    mixed = list(worked)
    random.shuffle(mixed)
    one = by_number(pay(worked, unit=unit, paid=ALL, period="2026-10"))
    assert by_number(pay(mixed, unit=unit, paid=ALL, period="2026-10")) == one


@given(lines, units)
def test_equal_hours_are_equal_pay_to_the_cent(worked: list[Worked], unit: int) -> None:
    slips = pay(worked, unit=unit, paid=ALL, period="2026-10")
    by_hours: dict[int, set[int]] = {}
    for slip in slips:
        by_hours.setdefault(slip.paid, set()).add(slip.gross)
        assert abs(slip.gross - Fraction(slip.paid * unit, 100)) <= Fraction(3, 2)
    assert all(max(paid) - min(paid) <= 1 for paid in by_hours.values())


@given(lines, units)
def test_deductions_never_pass_the_pay_and_no_cent_is_lost(worked: list[Worked], unit: int) -> None:
    for slip in pay(worked, unit=unit, paid=("worked",), period="2026-10"):
        assert slip.net >= 0
        assert slip.net + slip.deducted == slip.gross
        assert slip.owed == slip.line.before + slip.line.taken - slip.deducted
        assert slip.owed == 0 or slip.net == 0


def test_the_odd_cent_goes_by_the_sha_of_month_and_number() -> None:
    worked = [Worked(number, 1, 0, 0) for number in (1, 2, 3)]
    # Three hundredths of an hour at 1.33: 3.99 cents, 4 cents among three.
    gets = {n: slip.gross for n, slip in by_number(pay(worked, unit=133, paid=ALL, period="2026-10")).items()}
    first = min(gets, key=lambda number: tie_of("2026-10", number))
    assert gets == {number: 1 + (number == first) for number in gets}


def test_what_is_not_paid_by_rule_is_not_paid() -> None:
    slip = pay([Worked(1, 10000, 800, 400)], unit=1000, paid=("worked", "holiday"), period="x")[0]
    assert (slip.paid, slip.gross) == (10400, 104_000)


def test_the_older_debt_comes_off_first() -> None:
    slip = pay([Worked(1, 100, 0, 0, taken=80, before=50)], unit=100, paid=ALL, period="x")[0]
    assert [(one.kind, one.asked, one.cents) for one in slip.deductions] == [
        ("owed", 50, 50),
        ("advance", 80, 50),
    ]
    assert (slip.net, slip.owed) == (0, 30)


@pytest.mark.parametrize(
    ("number", "es", "en"),
    [
        (0, "cero", "zero"),
        (1, "un", "one"),
        (16, "dieciséis", "sixteen"),
        (21, "veintiún", "twenty-one"),
        (31, "treinta y un", "thirty-one"),
        (100, "cien", "one hundred"),
        (101, "ciento un", "one hundred and one"),
        (1000, "mil", "one thousand"),
        (21_000, "veintiún mil", "twenty-one thousand"),
        (100_000, "cien mil", "one hundred thousand"),
        (531_000, "quinientos treinta y un mil", "five hundred and thirty-one thousand"),
        (1_000_000, "un millón", "one million"),
        (
            1_284_350,
            "un millón doscientos ochenta y cuatro mil trescientos cincuenta",
            "one million two hundred and eighty-four thousand three hundred and fifty",
        ),
        (21_000_021, "veintiún millones veintiún", "twenty-one million twenty-one"),
        (10**9, "mil millones", "one billion"),
        (10**12 + 1, "un billón un", "one trillion one"),
        (2 * 10**12, "dos billones", "two trillion"),
    ],
)
def test_numbers_in_words(number: int, es: str, en: str) -> None:
    assert (spanish(number), english(number)) == (es, en)


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_two_amounts_have_two_names(one: int, other: int) -> None:
    assert (spanish(one) == spanish(other)) == (one == other)
    assert (english(one) == english(other)) == (one == other)


def test_cents_are_written_as_on_a_cheque() -> None:
    assert in_words(128435050) == (
        "un millón doscientos ochenta y cuatro mil trescientos cincuenta pesos con 50/100"
    )
    assert in_words(100) == "un peso"
    assert in_words(200_000_000) == "dos millones de pesos"
    assert in_words(7) == "cero pesos con 07/100"
    with translation.override("en"):
        assert in_words(210_001) == "two thousand one hundred pesos and 01/100"


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [(0, "0,00"), (5, "0,05"), (17_750, "177,50"), (105_600, "1.056,00"), (-9_550, "−95,50"), (-5, "−0,05")],
)
def test_hours_are_shown_to_the_hundredth(hundredths: int, shown: str) -> None:
    assert hours_shown(hundredths) == shown


def test_differences_are_told_the_largest_first() -> None:
    before = [Part(1, "A", 17600, 0), Part(2, "B", 17600, 0), Part(3, "C", 8000, 0), Part(4, "D", 100, 0)]
    now = [Part(1, "A", 17600, 0), Part(2, "B", 17000, 0), Part(5, "E", 8800, 0), Part(4, "D", 5100, 0)]
    found = [(one.number, one.change, one.is_new, one.is_gone) for one in differences(now, before)]
    assert found == [
        (5, 8800, True, False),
        (3, -8000, False, True),
        (4, 5000, False, False),
        (2, -600, False, False),
    ]
