"""The acts of this room as sentences, from their facts alone."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.record.models import Act
from coop.record.telling import Facts, Tell


def _day(text: str) -> str:
    return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT"))


def _subscribed(facts: Facts) -> str:
    if facts.get("opening"):
        told = {"n": facts["members"], "shares": facts["shares"]}
        sentence = _(
            "Pasó a las cuentas las cuotas que decía el registro. Cuotas: %(shares)s. Personas: %(n)s."
        )
        return sentence % told
    told = {"name": facts["name"], "number": facts["member"], "n": facts["shares"]}
    sentence = ngettext(
        "Anotó que %(name)s, N.º %(number)s, suscribió %(n)s cuota social.",
        "Anotó que %(name)s, N.º %(number)s, suscribió %(n)s cuotas sociales.",
        facts["shares"],
    )
    if facts["resolution"]:
        by = _("Por la resolución %(resolution)s.") % {"resolution": facts["resolution"]}
        return f"{sentence % told} {by}"
    return sentence % told


def _paid(facts: Facts) -> str:
    told = {"receipt": facts["receipt"], "entry": facts["entry"]}
    return _("Cobró cuotas sociales en tesorería: recibo %(receipt)s, asiento %(entry)s.") % told


def _refund(facts: Facts) -> str:
    if facts["step"] == "loss":
        told = {"resolution": facts["resolution"], "day": _day(facts["holds_from"])}
        return (
            _("Anotó lo que pierden las cuotas sociales desde el %(day)s: resolución %(resolution)s.") % told
        )
    if facts["step"] == "asked":
        told = {"name": facts["name"], "number": facts["member"], "day": _day(facts["asked_on"])}
        return (
            _("Anotó que %(name)s, N.º %(number)s, pidió el %(day)s que le reembolsen sus cuotas sociales.")
            % told
        )
    told = {"receipt": facts["receipt"], "year": facts["year"], "entry": facts["entry"]}
    return (
        _(
            "Pagó un reembolso de cuotas sociales del ejercicio %(year)s: recibo %(receipt)s, "
            "asiento %(entry)s."
        )
        % told
    )


def _bank(facts: Facts) -> str:
    told = {"name": facts["name"], "number": facts["member"]}
    people = {"asked": facts["asked_by"], "confirmed": facts["confirmed_by"]}
    return _(
        "Cambió la cuenta bancaria de %(name)s, N.º %(number)s: la pidió %(asked)s, y además de su dueño/a "
        "la confirmó %(confirmed)s."
    ) % (told | people)


TOLD: Mapping[Act, Tell] = {
    Act.SHARES_SUBSCRIBED: _subscribed,
    Act.SHARES_PAID: _paid,
    Act.SHARES_REFUND: _refund,
    Act.BANK_CHANGED: _bank,
}
