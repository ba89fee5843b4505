"""Spreadsheet files as a cooperative saves them, made from rows."""

from collections.abc import Iterable, Mapping

from coop.members.models import Member
from coop.members.register_file import rows as column

REGISTER = tuple(one.name for one in column.COLUMNS)


def register_line(member: Member, **changes: str) -> dict[str, str]:
    """The member's line of the file; `changes` by field name of the header's columns in English."""
    line = {
        column.NUMBER: str(member.number),
        column.NAME: f"{member.family_name}, {member.given_names}",
        column.DOCUMENT: member.document,
        column.TAX_NUMBER: member.tax_number,
        column.JOINED: f"{member.joined_on:%d/%m/%Y}",
        column.LEFT: f"{member.left_on:%d/%m/%Y}" if member.left_on else "",
        column.REASON: member.leaving_reason,
        column.SECTION: member.section,
        column.BANK_ACCOUNT: member.bank_account,
        column.EMAIL: member.email,
        column.MOBILE: member.mobile,
        column.SUBSCRIBED: str(member.shares_subscribed),
        column.PAID_IN: f"{member.shares_paid_in:.2f}".replace(".", ","),
    }
    return {**line, **{getattr(column, name.upper()): value for name, value in changes.items()}}


def register_file(lines: Iterable[Mapping[str, str]]) -> bytes:
    return _file(REGISTER, lines)


TERMS = ("Cargo", "N° Socio", "Desde", "Hasta", "Acta")


def terms_file(*terms: tuple[str, int, str, str]) -> bytes:
    """Each term as (seat, member's number, first day, last day)."""
    return _file(TERMS, (dict(zip(TERMS, (*map(str, term), "Asamblea 2026"), strict=True)) for term in terms))


def _file(header: Iterable[str], lines: Iterable[Mapping[str, str]]) -> bytes:
    titles = list(header)
    rows = [titles, *([line[title] for title in titles] for line in lines)]
    return "\r\n".join(";".join(row) for row in rows).encode("cp1252")
