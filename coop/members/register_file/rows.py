"""The register's columns and one row of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from coop.common.spreadsheet import Column, Row, parse_day, parse_whole
from coop.members.phones import HOME

from .cells import (
    parse_bank_account,
    parse_document,
    parse_email,
    parse_mobile,
    parse_name,
    parse_number,
    parse_paid_in,
    parse_reason,
    parse_section,
    parse_tax_number,
)

NUMBER, NAME, DOCUMENT, TAX_NUMBER = "N° Socio", "Apellido y Nombre", "DNI", "CUIL"
JOINED, LEFT, REASON, SECTION = "Fecha de ingreso", "Fecha de baja", "Motivo de baja", "Sección"
BANK_ACCOUNT, EMAIL, MOBILE = "CBU", "Correo", "Celular"
SUBSCRIBED, PAID_IN = "Cuotas suscriptas", "Cuotas integradas"

COLUMNS = (
    Column(NUMBER, also=("Nro Socio", "Número de socio", "N° de socio", "N° Asociado", "Nro Asociado")),
    Column(NAME, also=("Apellido y Nombres", "Apellidos y Nombres")),
    Column(DOCUMENT, also=("Documento",)),
    Column(TAX_NUMBER, also=("CUIT", "CUIL/CUIT", "CUIT/CUIL")),
    Column(JOINED),
    Column(LEFT),
    Column(REASON),
    Column(SECTION),
    Column(BANK_ACCOUNT, also=("CBU/CVU",)),
    Column(EMAIL, also=("Correo electrónico", "E-mail")),
    Column(MOBILE),
    Column(SUBSCRIBED),
    Column(PAID_IN),
)
_NO_NAME = ("", "")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One member as the file has it.

    `row` is the file's row. `document` has 6 to 8 digits, `tax_number` 11, `bank_account` 22 or none. `email`
    is in lower case, `mobile` in international form if it could ring, else as it is written. Shares are
    counted in shares, not in money. Texts that are missing are "".
    """

    row: int
    number: int
    family_name: str
    given_names: str
    document: str
    tax_number: str
    joined_on: date
    left_on: date | None
    leaving_reason: str
    section: str
    bank_account: str
    email: str
    mobile: str
    shares_subscribed: int
    shares_paid_in: Decimal


def read_row(row: Row, region: str = HOME) -> RegisterRow:
    """The row's cells; where one is wrong, a placeholder, and the row is not good."""
    family_name, given_names = row.take(NAME, parse_name, _NO_NAME, required=True)
    return RegisterRow(
        row=row.number,
        number=row.take(NUMBER, parse_number, 0, required=True),
        family_name=family_name,
        given_names=given_names,
        document=row.take(DOCUMENT, parse_document, "", required=True),
        tax_number=row.take(TAX_NUMBER, parse_tax_number, "", required=True),
        joined_on=row.take(JOINED, parse_day, date.min, required=True),
        left_on=row.take(LEFT, parse_day, None),
        leaving_reason=row.take(REASON, parse_reason, ""),
        section=row.take(SECTION, parse_section, ""),
        bank_account=row.take(BANK_ACCOUNT, parse_bank_account, ""),
        email=row.take(EMAIL, parse_email, ""),
        mobile=row.take(MOBILE, partial(parse_mobile, region=region), ""),
        shares_subscribed=row.take(SUBSCRIBED, parse_whole, 0),
        shares_paid_in=row.take(PAID_IN, parse_paid_in, Decimal(0)),
    )
