"""One cell to one value. A parser raises BadCell: a stable kind, and a sentence that says what to write."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from .problems import BadCell, clip

LARGEST_WHOLE = 2_147_483_647
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMBER = re.compile(r"([+-]?)([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_LONGEST_NUMBER = 15

# Spreadsheet programs run what starts like this; some run the full-width forms too.
_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_STRAY_CATEGORIES = {"Cc", "Cf", "Co", "Cs"}
_STRAY_SIGNS = {"\ufffd"}


def parse_day(text: str) -> date:
    """A day written d/m/yyyy, dd/mm/yyyy or yyyy-mm-dd.

    Raises BadCell: "not a date", "no such date" (31/02, or a year outside 1900 to 2199).
    """
    text = text.strip()
    if match := _DAY.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO_DAY.fullmatch(text):
        year, month, day = match.groups()
    else:
        raise BadCell(
            "not a date", _("«%(value)s» no es una fecha. Escribila como 31/12/2026.") % {"value": clip(text)}
        )
    try:
        result = date(int(year), int(month), int(day))
    except ValueError:
        raise _no_such_date(text) from None
    if not _FIRST_YEAR <= result.year <= _LAST_YEAR:
        raise _no_such_date(text)
    return result


def _no_such_date(text: str) -> BadCell:
    sentence = _("La fecha «%(value)s» no existe. Revisá el día, el mes y el año.")
    return BadCell("no such date", sentence % {"value": clip(text)})


def parse_decimal(text: str, *, places: int | None = None) -> Decimal:
    """An exact number with decimal comma and dots between thousands: "1.284,50".

    A dot that does not part thousands ("12.5") is refused rather than guessed. With `places`, so are more
    decimals than that. Raises BadCell: "not a number", "too large" (above 15 digits), "too many decimals".
    """
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        sentence = _("«%(value)s» no es un número. Escribilo con coma para los decimales, como 1.284,50.")
        raise BadCell("not a number", sentence % {"value": clip(text)})
    sign, whole, decimals = match[1], match[2].replace(".", ""), match[3] or ""
    if len(whole.lstrip("0")) + len(decimals) > _LONGEST_NUMBER:
        raise _too_large(text)
    if places is not None and len(decimals.rstrip("0")) > places:
        sentence = _("«%(value)s» tiene demasiados decimales. Escribí %(places)s como mucho.")
        raise BadCell("too many decimals", sentence % {"value": clip(text), "places": places})
    return Decimal(f"{sign}{whole}.{decimals or '0'}") if decimals else Decimal(f"{sign}{whole}")


def parse_whole(text: str) -> int:
    """A whole number up to `LARGEST_WHOLE`: "84", "1.284", "84,00".

    Raises BadCell: "not a number", "not whole", "negative", "too large", "too many decimals".
    """
    number = parse_decimal(text)
    if number != number.to_integral_value():
        sentence = _("«%(value)s» tiene que ser un número entero, sin decimales.")
        raise BadCell("not whole", sentence % {"value": clip(text)})
    if number < 0:
        raise BadCell("negative", _("«%(value)s» no puede ser menor que cero.") % {"value": clip(text)})
    if number > LARGEST_WHOLE:
        raise _too_large(text)
    return int(number)


def _too_large(text: str) -> BadCell:
    sentence = _("«%(value)s» es un número demasiado grande. Revisalo.")
    return BadCell("too large", sentence % {"value": clip(text)})


def parse_digits(text: str) -> str:
    """The digits of a document, tax or account number, without dots, dashes or spaces.

    Raises BadCell: "not a number".
    """
    digits = re.sub(r"[\s.\-\u2010-\u2014]", "", text)
    if re.fullmatch(r"[0-9]+", digits):
        return digits
    sentence = _(
        "«%(value)s» no es un número. Escribí solo números; "
        "si la planilla lo cambia, dale formato Texto a la columna."
    )
    raise BadCell("not a number", sentence % {"value": clip(text)})


def parse_text(text: str, *, longest: int) -> str:
    """Text on one line, single spaces, at most `longest` characters.

    Raises BadCell: "formula" (a spreadsheet program would run it), "stray character" (control sign, broken
    encoding), "too long".
    """
    line = " ".join(trim(text).split())
    if is_formula(text):
        sentence = _("«%(value)s» empieza como una fórmula. Sacale el primer signo (=, +, -, @).")
        raise BadCell("formula", sentence % {"value": clip(text)})
    # No sign of the stray categories is printable, and most lines are.
    if not (line.isprintable() and _STRAY_SIGNS.isdisjoint(line)) and any(map(_is_stray, line)):
        sentence = _("«%(value)s» tiene un carácter que no se puede leer. Volvé a escribir la celda.")
        raise BadCell("stray character", sentence % {"value": clip(text)})
    if len(line) > longest:
        sentence = _("«%(value)s» es demasiado largo: entran %(longest)s letras.")
        raise BadCell("too long", sentence % {"value": clip(text), "longest": longest})
    return line


def _is_stray(sign: str) -> bool:
    return unicodedata.category(sign) in _STRAY_CATEGORIES or sign in _STRAY_SIGNS


def is_formula(text: str) -> bool:
    """Would a spreadsheet program run this cell? Spaces aside, it starts with =, +, -, @, tab or return."""
    cell = trim(text)
    return cell[:1] in {"\t", "\r"} or cell.lstrip()[:1] in _FORMULA_STARTS


def trim(text: str) -> str:
    """`text` without invisible signs and spaces around it; a leading tab or return stays."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    text = text.rstrip()
    return re.sub(r"\A[^\S\t\r]+", "", text) if text[:1].isspace() else text
