"""Cents: parts add up to the whole, nobody is favoured, and what is shown reads as money."""

from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from coop.common.money import half_up, money, split_cents, tie_of

weights = st.lists(st.fractions(min_value=0, max_value=500), min_size=1, max_size=60)


@given(total=st.integers(0, 10**13), given_weights=weights)
def test_parts_sum_to_the_whole_and_stay_within_a_cent_of_their_share(
    total: int, given_weights: list[Fraction]
):
    whole = sum(given_weights)
    ties = [tie_of("2026-10", number) for number in range(len(given_weights))]
    if not whole:
        total = 0
    parts = split_cents(total, given_weights, tie=ties)
    assert sum(parts) == total
    for part, weight in zip(parts, given_weights, strict=True):
        assert abs(part - (Fraction(total) * weight / whole if whole else 0)) < 1


@given(total=st.integers(0, 10**9), given_weights=weights, chance=st.randoms())
def test_the_order_of_the_lines_changes_nothing(total: int, given_weights: list[Fraction], chance):
    if not sum(given_weights):
        return
    lines = [(weight, tie_of(2025, number)) for number, weight in enumerate(given_weights)]
    mixed = lines.copy()
    chance.shuffle(mixed)

    def split(of: list[tuple[Fraction, bytes]]) -> dict[bytes, int]:
        parts = split_cents(total, [weight for weight, _ in of], tie=[tie for _, tie in of])
        return dict(zip([tie for _, tie in of], parts, strict=True))

    assert split(lines) == split(mixed)


def test_the_odd_cent_goes_to_the_lowest_tie():
    assert split_cents(100, [1, 1, 1], tie=[b"c", b"a", b"b"]) == [33, 34, 33]


def test_the_odd_cent_goes_by_largest_remainder_before_any_tie():
    assert split_cents(10, [Fraction(1, 3), Fraction(2, 3)], tie=[b"a", b"b"]) == [3, 7]


@pytest.mark.parametrize(
    ("total", "bad", "ties"), [(-1, [1], [b""]), (1, [-1, 2], [b"", b""]), (1, [0], [b""]), (1, [1], [])]
)
def test_what_cannot_be_split_is_refused(total: int, bad: list[int], ties: list[bytes]):
    with pytest.raises(ValueError):  # noqa: PT011
        split_cents(total, bad, tie=ties)


def test_nothing_is_split_into_nothings():
    assert split_cents(0, [0, 0], tie=[b"", b""]) == [0, 0]


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(Fraction(1, 2), 1), (Fraction(49, 100), 0), (Fraction(-1, 2), -1), (Fraction(3, 2), 2), (7, 7)],
)
def test_half_a_cent_counts_as_one(amount: Fraction, cents: int):
    assert half_up(amount) == cents


@pytest.mark.parametrize(
    ("language", "cents", "shown"),
    [
        ("es-ar", 123456789, "$\u00a01.234.567,89"),
        ("es-ar", -5, "−$\u00a00,05"),
        ("en", 123456789, "$\u00a01,234,567.89"),
    ],
)
def test_money_has_its_points_in_the_readers_language(language: str, cents: int, shown: str):
    with override(language):
        assert money(cents) == shown
