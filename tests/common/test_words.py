"""What people type, kept as they see it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common.words import one_line, visible


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("¿Compramos\u202e la prensa?", "¿Compramos la prensa?"),
        ("No\u200b se vende", "No se vende"),
        ("uno\ndos\tTRES", "uno\ndos\tTRES"),
        ("a\x00b\x07c\ue000", "abc"),
        ("Ñandú – «sí» · 50 %", "Ñandú – «sí» · 50 %"),
    ],
)
def test_nothing_is_kept_that_no_eye_sees(typed: str, seen: str) -> None:
    assert visible(typed) == seen


@given(st.text())
def test_one_line_is_one_line_and_stays_so(typed: str) -> None:
    line = one_line(typed)
    assert "\n" not in line
    assert one_line(line) == line
