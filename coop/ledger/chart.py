"""The chart of accounts: the codes that money moves between.

A person's account has the code of its group and their number, and their name; GROUPS names the groups.
"""

from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coop.ledger.enums import AccountKind
from coop.ledger.postings import AccountRef

CASH: Final = "1.1"
ADVANCES: Final = "1.3"
PAY_DUE: Final = "2.1"
RETURNS_DUE: Final = "2.2"
SHARE_INTEREST_DUE: Final = "2.3"
REFUNDS_DUE: Final = "2.4"
OPENING: Final = "3.0"
SPECIAL_RESERVE: Final = "3.1"
FUNDS: Final = "3.2"
CAPITAL: Final = "3.3"
PAST_LOSSES: Final = "3.8"
YEAR_RESULT: Final = "3.9"
PAY_EXPENSE: Final = "5.1"

GROUPS: Final = {
    ADVANCES: _("Adelantos"),
    PAY_DUE: _("Retribuciones a pagar"),
    RETURNS_DUE: _("Retornos a pagar"),
    SHARE_INTEREST_DUE: _("Intereses de cuotas sociales a pagar"),
    REFUNDS_DUE: _("Cuotas sociales a reembolsar"),
    CAPITAL: _("Cuotas sociales integradas"),
}


def cash() -> AccountRef:
    return AccountRef(CASH, AccountKind.ASSET, "Caja y bancos")


def advances(number: int, name: str) -> AccountRef:
    """What the member got ahead of time and owes."""
    return _personal(ADVANCES, AccountKind.ASSET, number, name)


def pay_due(number: int, name: str) -> AccountRef:
    """What the cooperative owes the member for their work."""
    return _personal(PAY_DUE, AccountKind.LIABILITY, number, name)


def returns_due(number: int, name: str) -> AccountRef:
    """The member's part of the surplus, not yet paid."""
    return _personal(RETURNS_DUE, AccountKind.LIABILITY, number, name)


def share_interest_due(number: int, name: str) -> AccountRef:
    return _personal(SHARE_INTEREST_DUE, AccountKind.LIABILITY, number, name)


def refunds_due(number: int, name: str) -> AccountRef:
    """What who left paid in for shares, and the cooperative has not paid back yet."""
    return _personal(REFUNDS_DUE, AccountKind.LIABILITY, number, name)


def capital(number: int, name: str) -> AccountRef:
    """What the member has paid in for their shares: the cooperative's own capital, by person."""
    return _personal(CAPITAL, AccountKind.EQUITY, number, name)


def opening() -> AccountRef:
    """The other side of what was there before these books began."""
    return AccountRef(OPENING, AccountKind.EQUITY, "Saldos de apertura")


def special_reserve() -> AccountRef:
    """Results that members did not make by their work: never shared out (law 42)."""
    return AccountRef(SPECIAL_RESERVE, AccountKind.EQUITY, "Reserva especial")


def fund(name: str) -> AccountRef:
    """A fund of the statute, by its name. ValueError for a name without a letter or figure."""
    slug = slugify(name)
    if not slug:
        raise ValueError("a fund has a name")
    return AccountRef(f"{FUNDS}.{slug}", AccountKind.EQUITY, name)


def past_losses() -> AccountRef:
    return AccountRef(PAST_LOSSES, AccountKind.EQUITY, "Pérdidas de ejercicios anteriores")


def year_result(year: int) -> AccountRef:
    return AccountRef(f"{YEAR_RESULT}.{year}", AccountKind.EQUITY, f"Resultado del ejercicio {year}")


def pay_expense() -> AccountRef:
    """What the members' work cost, whatever the statute calls it."""
    return AccountRef(PAY_EXPENSE, AccountKind.EXPENSE, "Retribuciones")


def _personal(group: str, kind: AccountKind, number: int, name: str) -> AccountRef:
    return AccountRef(f"{group}.{number}", kind, name, holder=number)
