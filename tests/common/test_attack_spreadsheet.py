"""A register file made to keep the server busy for hours."""

import time

import pytest

from coop.common.spreadsheet import FileRefused
from coop.common.spreadsheet.decoding import decode

ABOVE, BELOW = "\u0301", "\u0323"


def test_a_letter_under_a_heap_of_accents_is_refused_at_once():
    began = time.monotonic()
    for heap in ("a" + (ABOVE + BELOW) * 400_000, "a" + ABOVE * 31, "a" + "\u0300" * 31):
        for encoding in ("utf-8", "utf-16"):
            with pytest.raises(FileRefused, match="no es texto o está dañado"):
                decode(heap.encode(encoding)[: 2 * 1024 * 1024 - 2])
    assert time.monotonic() - began < 10


def test_accents_that_people_write_are_composed():
    assert decode(f"N{BELOW}{ABOVE}ancu\u0302; n\u0303".encode()) == "Ṇ\u0301ancû; ñ"
    assert decode(("a" + ABOVE * 30).encode()) == "á" + ABOVE * 29
