"""What one cell cannot tell: whether a row agrees with itself, with the rows above, and with experience."""

from collections.abc import Hashable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from coop.common.names import fold
from coop.common.spreadsheet import Findings, Row, clip

from . import rows as column
from .cells import COMPANY_PREFIXES, looks_like_phone
from .rows import RegisterRow

_Oddity = tuple[str, str, str]  # column, kind, message


def check_agreement(row: Row, member: RegisterRow) -> None:
    """Problems "left before joining" (of the leaving date) and "does not match CUIL" (of the document)."""
    if row.good(column.JOINED, column.LEFT) and member.left_on and member.left_on < member.joined_on:
        message = _("La baja es anterior al ingreso (%(joined)s). Revisá las dos fechas.")
        joined = row.cells.get(column.JOINED, "")
        row.refuse(column.LEFT, "left before joining", message % {"joined": joined})
    if row.good(column.DOCUMENT, column.TAX_NUMBER) and not _same_person(member):
        message = _("El DNI no es el que lleva adentro el CUIL (%(inside)s). Revisá los dos.")
        inside = member.tax_number[2:10].lstrip("0")
        row.refuse(column.DOCUMENT, "does not match CUIL", message % {"inside": inside})


def _same_person(member: RegisterRow) -> bool:
    company = member.tax_number[:2] in COMPANY_PREFIXES
    return company or member.tax_number[2:10] == member.document.zfill(8)


class FirstSeen:
    """The first row that held each value."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, int] = {}

    def before(self, value: Hashable, row: int) -> int | None:
        """The earlier row with the same value, or None, and then this row is its first."""
        first = self._rows.setdefault(value, row)
        return first if first != row else None


class Uniqueness:
    """What no two members share. Of two equal values the later row is the error."""

    def __init__(self) -> None:
        self._seen = {
            name: FirstSeen() for name in (column.NUMBER, column.TAX_NUMBER, column.DOCUMENT, column.EMAIL)
        }

    def check(self, row: Row, member: RegisterRow) -> None:
        """Problems "duplicate number", "duplicate tax number", "duplicate document", "duplicate e-mail"."""
        self._check(row, column.NUMBER, member.number, "duplicate number")
        if self._check(row, column.TAX_NUMBER, member.tax_number, "duplicate tax number"):
            self._check(row, column.DOCUMENT, member.document.zfill(8), "duplicate document")
        if member.email:
            self._check(row, column.EMAIL, member.email, "duplicate e-mail")

    def _check(self, row: Row, name: str, value: Hashable, kind: str) -> bool:
        """Nobody above has the value; or the cell is wrong already, and there is nothing to compare."""
        first = self._seen[name].before(value, row.number) if row.good(name) else None
        if first is not None:
            message = _("«%(value)s» ya está en la fila %(row)s. Dejalo en una sola.")
            row.refuse(name, kind, message % {"value": clip(row.cells.get(name, "")), "row": first})
        return first is None


class Oddities:
    """Warnings: what is possible, and more often a slip."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._names = FirstSeen()
        self._accounts = FirstSeen()

    def note(self, row: Row, member: RegisterRow, warnings: Findings) -> None:
        """Adds the row's oddities to `warnings`."""
        for name, kind, message in (
            *self._of_person(member),
            *self._of_dates(member),
            *self._of_means(member),
        ):
            warnings.add(row.number, name, kind, message, row.cells.get(name, ""))

    def _of_person(self, member: RegisterRow) -> Iterator[_Oddity]:
        twin = self._names.before(fold(f"{member.family_name}, {member.given_names}"), member.row)
        if not member.given_names:
            yield column.NAME, "no given names", _("No tiene nombre de pila.")
        if twin is not None:
            message = _("El mismo nombre está en la fila %(row)s. ¿Son dos personas?")
            yield column.NAME, "same name twice", message % {"row": twin}
        if len(member.document) == 6:
            yield column.DOCUMENT, "short document", _("El DNI tiene 6 números. ¿Falta uno?")
        if member.tax_number[:2] in COMPANY_PREFIXES:
            yield column.TAX_NUMBER, "company tax number", _("Es el CUIT de una empresa, no de una persona.")

    def _of_dates(self, member: RegisterRow) -> Iterator[_Oddity]:
        if member.joined_on > self._today:
            yield column.JOINED, "joined in the future", _("El ingreso es una fecha que todavía no llegó.")
        if member.left_on and member.left_on > self._today:
            yield column.LEFT, "leaves in the future", _("La baja es una fecha que todavía no llegó.")
        if member.left_on and not member.leaving_reason:
            yield column.REASON, "left without a reason", _("Tiene fecha de baja y no dice el motivo.")
        if member.leaving_reason and not member.left_on:
            message = _("Dice un motivo de baja y no tiene fecha de baja.")
            yield column.LEFT, "reason without a leaving date", message

    def _of_means(self, member: RegisterRow) -> Iterator[_Oddity]:
        twin = self._accounts.before(member.bank_account, member.row) if member.bank_account else None
        if twin is not None:
            message = _("El mismo CBU está en la fila %(row)s. ¿Comparten la cuenta?")
            yield column.BANK_ACCOUNT, "same bank account twice", message % {"row": twin}
        if member.mobile and not looks_like_phone(member.mobile):
            yield column.MOBILE, "not a phone number", _("No parece un teléfono; queda como está escrito.")
        if member.shares_paid_in > member.shares_subscribed:
            message = _("Integró más cuotas de las que suscribió.")
            yield column.PAID_IN, "paid in more than subscribed", message
