"""Register values as people read them."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from coop.members.importing import Change

FIELD_NAMES = {
    "family_name": _("Apellido"),
    "given_names": _("Nombre"),
    "document": _("DNI"),
    "tax_number": _("CUIL"),
    "joined_on": _("Ingreso"),
    "left_on": _("Baja"),
    "leaving_reason": _("Motivo de baja"),
    "section": _("Sección"),
    "bank_account": _("CBU"),
    "email": _("Correo"),
    "mobile": _("Celular"),
    "shares_subscribed": _("Cuotas suscriptas"),
    "shares_paid_in": _("Cuotas integradas"),
}


def changes_by_member(changes: Iterable[Change]) -> list[dict[str, object]]:
    """Rows for the table: `span` is how many rows the member takes, on the member's first row, else 0."""
    rows: list[dict[str, object]] = []
    for _number, group in groupby(changes, key=lambda change: change.number):
        found = list(group)
        for place, change in enumerate(found):
            rows.append(
                {
                    "number": change.number,
                    "name": change.name,
                    "first": place == 0,
                    "field": FIELD_NAMES[change.field],
                    "before": _shown(change.field, change.before),
                    "after": _shown(change.field, change.after),
                }
            )
    return rows


def _shown(field: str, value: str) -> str:
    if not value:
        return ""
    if field in ("joined_on", "left_on"):
        return date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if field == "shares_paid_in":
        return str(number_format(Decimal(value), decimal_pos=2))
    return value
