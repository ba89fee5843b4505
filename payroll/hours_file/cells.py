"""The cells only a file of hours has. Each parser raises BadCell with a stable kind."""

from collections.abc import Container

from django.utils.translation import gettext as _

from coop.common.spreadsheet import BadCell, clip, parse_decimal, parse_whole

LARGEST_ADVANCE = 10**12  # cents


def parse_member(text: str, *, members: Container[int]) -> int:
    """The number of a member on the register. Raises BadCell: "no such member", and as `parse_whole`."""
    number = parse_whole(text)
    if number not in members:
        sentence = _("No hay asociado/a con el número «%(value)s» en el registro.")
        raise BadCell("no such member", sentence % {"value": clip(text)})
    return number


def parse_hours(text: str) -> int:
    """Hours in hundredths: "177,50" is 17750. Raises BadCell: "negative", and as `parse_decimal`."""
    return _hundredths(text)


def parse_advance(text: str) -> int:
    """Cents: "120.500,50" is 12050050. Raises BadCell: "negative", "too large", and as `parse_decimal`."""
    cents = _hundredths(text)
    if cents > LARGEST_ADVANCE:
        sentence = _("«%(value)s» es un número demasiado grande. Revisalo.")
        raise BadCell("too large", sentence % {"value": clip(text)})
    return cents


def _hundredths(text: str) -> int:
    number = parse_decimal(text, places=2)
    if number < 0:
        raise BadCell("negative", _("«%(value)s» no puede ser menor que cero.") % {"value": clip(text)})
    return int(number * 100)
