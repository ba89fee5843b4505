"""Bytes to text: the encodings spreadsheets save, and a plain refusal of what is not a CSV."""

import codecs
import re
import unicodedata

from django.utils.translation import gettext as _

from .problems import FileRefused

MAX_BYTES = 2 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_MOST_ACCENTS = 30  # the Unicode standard's own limit for text that is safe to compose (UAX 15)

_WORKBOOK = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_DOCUMENT = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MARKUP = re.compile(r"\s*<(?:!doctype|\?xml|html|table|meta|head|body|script|style|!--)", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text of a CSV in UTF-8 (with or without BOM), UTF-16 (with BOM) or else cp1252, accents composed.

    Raises FileRefused: empty, above `MAX_BYTES`, workbook, PDF, picture, web page, or bytes that are no text.
    """
    if len(data) > MAX_BYTES:
        figures = {"size": -(-len(data) // _MEGABYTE), "most": MAX_BYTES // _MEGABYTE}
        raise _refused(_("El archivo pesa %(size)s MB; el máximo son %(most)s.") % figures)
    if not data.strip():
        raise _refused(_("El archivo está vacío."))
    if data.startswith(_WORKBOOK):
        raise _refused(_("Es una planilla de Excel o LibreOffice sin convertir."))
    if data.startswith(_DOCUMENT):
        raise _refused(_("Es un documento o una imagen, no una planilla."))
    text = _text(data)
    if _MARKUP.match(text):
        raise _refused(_("Es una página web, no una planilla."))
    return unicodedata.normalize("NFC", text)


def _text(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _piles_up(text):
            break
        if "\0" not in text:
            return text
    raise FileRefused(
        _("El archivo no es texto o está dañado. Guardá la planilla como CSV y subí ese archivo.")
    )


def _piles_up(text: str) -> bool:
    """More accents on one letter than any writing has: composing them takes the square of their number."""
    if text.isascii():
        return False
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.combining(sign) else 0
        if run > _MOST_ACCENTS:
            return True
    return False


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8", "cp1252")


def _refused(reason: str) -> FileRefused:
    return FileRefused(f"{reason} {_('Guardá la planilla como CSV y subí ese archivo.')}")
