"""The cells only a register has. Each parser raises BadCell with a stable kind."""

import re
from decimal import Decimal
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.ar import cbu, cuit

from coop.common.names import fold, sort_key
from coop.common.spreadsheet import BadCell, clip, parse_decimal, parse_digits, parse_text, parse_whole
from coop.members.phones import HOME, normalised

# python-stdnum 2.2 does not know 25 and 26, and knows 50 and others that no worker has.
PERSON_PREFIXES = frozenset({"20", "23", "24", "25", "26", "27"})
COMPANY_PREFIXES = frozenset({"30", "33", "34"})

_LONGEST_NAME = 60
_LONGEST_FOLDED_NAME = 200
_MOST_PAID_IN = 10**10
_PHONE = re.compile(r"\+?\(?[0-9][0-9 ()./-]*")

parse_reason = partial(parse_text, longest=80)
parse_section = partial(parse_text, longest=60)


def parse_number(text: str) -> int:
    """A member number, from 1. Raises BadCell: "zero", and as `parse_whole`."""
    number = parse_whole(text)
    if number == 0:
        raise BadCell("zero", _("El número de asociado/a empieza en 1."))
    return number


def parse_name(text: str) -> tuple[str, str]:
    """Family name and given names of "Apellido Apellido2, Nombre"; without given names the comma stays.

    Raises BadCell: "no comma", and as `parse_text`.
    """
    line = parse_text(text, longest=2 * _LONGEST_NAME + 2)
    family_name, comma, given_names = (part.strip() for part in line.partition(","))
    if not comma or not fold(family_name):
        sentence = _("«%(value)s» no separa apellido y nombre. Escribilo como «Apellido, Nombre».")
        raise BadCell("no comma", sentence % {"value": clip(text)})
    folded = max(len(sort_key(line)), len(fold(f"{given_names} {family_name} {given_names}")))
    if max(len(family_name), len(given_names)) > _LONGEST_NAME or folded > _LONGEST_FOLDED_NAME:
        sentence = _(
            "«%(value)s» es demasiado largo: entran %(longest)s letras de apellido y otras tantas de nombre."
        )
        raise BadCell("too long", sentence % {"value": clip(text), "longest": _LONGEST_NAME})
    return family_name, given_names


def parse_document(text: str) -> str:
    """A DNI of 6 to 8 digits, dots dropped. Raises BadCell: "not a number", "length"."""
    digits = parse_digits(text)
    if not 6 <= len(digits) <= 8:
        sentence = ngettext(
            "El DNI tiene %(count)s número; lleva 7 u 8.",
            "El DNI tiene %(count)s números; lleva 7 u 8.",
            len(digits),
        )
        raise BadCell("length", sentence % {"count": len(digits)})
    return digits


def parse_tax_number(text: str) -> str:
    """A CUIL or CUIT of 11 digits, dashes dropped.

    Raises BadCell: "not a number", "length", "prefix", "check digit".
    """
    digits = parse_digits(text)
    if len(digits) != 11:
        sentence = ngettext(
            "El CUIL tiene %(count)s número; lleva 11.",
            "El CUIL tiene %(count)s números; lleva 11.",
            len(digits),
        )
        raise BadCell("length", sentence % {"count": len(digits)})
    if digits[:2] not in PERSON_PREFIXES | COMPANY_PREFIXES:
        sentence = _("Ningún CUIL empieza con %(prefix)s. Revisá los dos primeros números.")
        raise BadCell("prefix", sentence % {"prefix": digits[:2]})
    if cuit.calc_check_digit(digits[:-1]) != digits[-1]:
        sentence = _(
            "El CUIL «%(value)s» no cierra con su último número. Revisá que no haya un número cambiado."
        )
        raise BadCell("check digit", sentence % {"value": clip(text)})
    return digits


def parse_bank_account(text: str) -> str:
    """A CBU or CVU of 22 digits, spaces dropped. Raises BadCell: "not a number", "length", "check digit"."""
    digits = parse_digits(text)
    if len(digits) != 22:
        sentence = _(
            "El CBU tiene %(count)s números; lleva 22. Si empezaba con 0, la planilla se lo pudo sacar."
        )
        raise BadCell("length", sentence % {"count": len(digits)})
    if not cbu.is_valid(digits):
        sentence = _("El CBU «%(value)s» no cierra. Revisá que no haya un número cambiado.")
        raise BadCell("check digit", sentence % {"value": clip(text)})
    return digits


def parse_email(text: str) -> str:
    """An e-mail address in lower case. Raises BadCell: "not an e-mail", and as `parse_text`."""
    address = parse_text(text, longest=254).lower()
    try:
        validate_email(address)
    except ValidationError:
        sentence = _("«%(value)s» no es una dirección de correo. Revisala o dejá la celda vacía.")
        raise BadCell("not an e-mail", sentence % {"value": clip(text)}) from None
    return address


def parse_mobile(text: str, *, region: str = HOME) -> str:
    """A telephone as people write it ("0299 15-637-5345"), in international form when it could ring; else as
    it is written, on one line. "+54…" is no formula. Raises BadCell as `parse_text`.
    """
    line = " ".join(text.split())
    if not (looks_like_phone(line) and len(line) <= 40):
        return parse_text(text, longest=40)
    return normalised(line, region) or line


def looks_like_phone(text: str) -> bool:
    """Digits and the usual signs, six digits at least."""
    return bool(_PHONE.fullmatch(text)) and sum(sign.isdigit() for sign in text) >= 6


def parse_paid_in(text: str) -> Decimal:
    """Shares paid in, to the hundredth. Raises BadCell: "negative", "too large", and as `parse_decimal`."""
    shares = parse_decimal(text, places=2)
    if shares < 0:
        raise BadCell("negative", _("«%(value)s» no puede ser menor que cero.") % {"value": clip(text)})
    if shares >= _MOST_PAID_IN:
        raise BadCell(
            "too large", _("«%(value)s» es un número demasiado grande. Revisalo.") % {"value": clip(text)}
        )
    return shares
