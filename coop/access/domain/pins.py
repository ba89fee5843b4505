"""Which PINs are too easy to guess: pure rules. Six digits protect only if nobody tries these first."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LENGTH = 6
_KEYPAD = ("147258", "258369", "159357", "159753", "147369", "369258", "741852", "963852", "789456", "123654")
_FASHIONS = (
    "123321",
    "112233",
    "332211",
    "123789",
    "246810",
    "135790",
    "135791",
    "102030",
    "696969",
    "007007",
)


def weakness(pin: str, known: Iterable[str] = ()) -> str | Promise | None:
    """Why that PIN is too easy, as a sentence; None if it is not.

    `known`: what others know of the person, in digits (document, tax number, mobile, member number).
    """
    if len(pin) != LENGTH or not pin.isascii() or not pin.isdigit():
        return _("El PIN son 6 números, sin letras ni espacios.")
    if _is_pattern(pin):
        return _("Ese PIN es de los primeros que alguien probaría. Elegí uno menos ordenado.")
    if _is_date(pin):
        return _("Ese PIN parece una fecha, y las fechas se adivinan. Elegí otro.")
    if any(_gives_away(pin, digits) for digits in known):
        return _("Ese PIN sale de tu documento, de tu teléfono o de tu número. Elegí otro.")
    return None


def _is_pattern(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 or len(set(pin)) <= 2:
        return True
    repeats = pin[:3] * 2 == pin or pin[:2] * 3 == pin or pin[:3] == pin[:2:-1]
    half_runs = all(_runs(half) for half in (pin[:3], pin[3:]))
    return repeats or half_runs or pin in _KEYPAD or pin in _FASHIONS


def _runs(half: str) -> bool:
    """123, 321 or 777."""
    first, second, third = map(int, half)
    return second - first == third - second and abs(second - first) <= 1


def _is_date(pin: str) -> bool:
    """ddmmaa; or a month and a year: mmaaaa, aaaamm."""
    one, two, three = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    if 1 <= one <= 31 and 1 <= two <= 12:
        return True
    months = ((one, int(pin[2:])), (three, int(pin[:4])))
    return any(1 <= month <= 12 and 1930 <= year <= 2039 for month, year in months)


def _gives_away(pin: str, digits: str) -> bool:
    found = "".join(sign for sign in digits if sign.isdigit())
    if not found:
        return False
    return pin in found or pin == found.zfill(LENGTH) or pin == found.ljust(LENGTH, "0") or pin in found[::-1]
