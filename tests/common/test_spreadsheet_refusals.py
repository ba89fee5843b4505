"""What is no spreadsheet, or far too much of one, is refused in a moment and with a plain sentence."""

import codecs
import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coop.common.spreadsheet import (
    MAX_BYTES,
    MAX_ROWS,
    Column,
    FileRefused,
    Sheet,
    read_sheet,
)

COLUMNS = (Column("N° Socio", also=("Nro Socio",)), Column("Sección"), Column("Correo", needed=False))


def read(text: str, encoding: str = "cp1252") -> Sheet:
    return read_sheet(text.encode(encoding), COLUMNS)


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
