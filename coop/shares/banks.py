"""Accounts for the pay: CBU and CVU, their check digits, and the bank that the first figures name.

The names are in `banks.csv`, by the code that the central bank (BCRA) gives each entity; docs/shares.md says
where the table comes from. A CVU begins with 000: it is of a payment provider, and no bank.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from stdnum.ar import cbu

from coop.shares.errors_bank import AliasRefused, WrongDigits, WrongLength

DIGITS = 22
VIRTUAL = "000"
_SEPARATORS = re.compile(r"[\s.\-/]")


def parse_account(written: str) -> str:
    """22 digits, whatever was typed between them. Raises AliasRefused, WrongLength or WrongDigits."""
    digits = _SEPARATORS.sub("", written)
    if not (digits.isascii() and digits.isdigit()):
        raise AliasRefused
    if len(digits) != DIGITS:
        raise WrongLength(len(digits))
    if not cbu.is_valid(digits):
        raise WrongDigits
    return digits


@cache
def _names() -> dict[str, str]:
    text = (Path(__file__).parent / "banks.csv").read_text(encoding="utf-8")
    return dict(line.split(";") for line in text.splitlines() if line)


def bank_of(account: str) -> str:
    """Whose account it is, for people: the bank's name, or its code when we know no name for it."""
    code = account[:3]
    if code == VIRTUAL:
        return _("billetera virtual (CVU)")
    return _names().get(code) or _("banco %(code)s") % {"code": code}


def last_four(account: str) -> str:
    """`…1234`: as much of an account as a screen shows."""
    return f"…{account[-4:]}" if account else ""


def shown(account: str) -> str:
    """`Banco Credicoop …1234`; "" for none."""
    return f"{bank_of(account)} {last_four(account)}" if account else ""


def in_blocks(account: str) -> str:
    """`19130509 78558994415559`: a spreadsheet that met 22 figures in a row would round them."""
    return f"{account[:8]} {account[8:]}" if account else ""
