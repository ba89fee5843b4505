"""Telephones as people write them ("0299 15-637-5345"), kept in one form ("+54 9 299 637-5345")."""

import re
from typing import Final

import phonenumbers

HOME: Final = "AR"
_REGIONS = {"America/Montevideo": "UY", "America/Sao_Paulo": "BR", "America/Asuncion": "PY"}


def region_of(zone: str) -> str:
    """The country in which the cooperative of that time zone dials."""
    return _REGIONS.get(zone, HOME)


def normalised(text: str, region: str = HOME) -> str | None:
    """In international form; None when it is no number that could ring.

    >>> normalised("0299 15-637-5345")
    '+54 9 299 637-5345'
    """
    number = _parsed(text, region)
    if number is None:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def as_dialled(text: str, region: str = HOME) -> str:
    """As one dials it at home: for spreadsheets, where a leading + is a formula. Unknown text stays."""
    number = _parsed(text, region)
    if number is None:
        return text
    if phonenumbers.region_code_for_number(number) == region:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_out_of_country_calling_number(number, region)


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(re.sub(r"[ ()./-]", "", text), region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None
