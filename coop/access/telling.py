"""The acts of this room as sentences of the record, from their facts alone."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.record.models import Act
from coop.record.telling import tells

Facts = Mapping[str, Any]
# A sentence with four hundred names is none: the first ones, and how many more.
MOST_NAMES = 12


def person(facts: Facts) -> str:
    """ "Omar Águila (n.º 4)"."""
    number = facts.get("number", facts.get("member"))
    return _("%(name)s (n.º %(number)s)") % {"name": facts["name"], "number": number}


def cards_given(facts: Facts) -> str:
    names = [person(one) for one in facts["members"][:MOST_NAMES]]
    more = facts["count"] - len(names)
    said = ngettext(
        "Se dio %(n)d tarjeta de alta, a %(names)s",
        "Se dieron %(n)d tarjetas de alta, a %(names)s",
        facts["count"],
    ) % {"n": facts["count"], "names": ", ".join(names)}
    if more > 0:
        said += ngettext(" y a %(n)d persona más", " y a %(n)d personas más", more) % {"n": more}
    return f"{said}."


def card_voided(facts: Facts) -> str:
    return _("Se anuló la tarjeta de alta de %(person)s.") % {"person": person(facts)}


def device_enrolled(facts: Facts) -> str:
    said = [_enrolled(facts)]
    if "given_by" in facts:
        giver = facts["given_by"]
        who = person(giver) if giver else _("la administración técnica")
        said.append(_("La tarjeta la dio %(who)s.") % {"who": who})
    if witness := facts.get("witness"):
        said.append(_("Dio fe %(who)s.") % {"who": person(witness)})
    if facts.get("lost"):
        said.append(_("Lo anterior dejó de servir."))
    return " ".join(said)


def _enrolled(facts: Facts) -> str:
    if facts["way"] == "password":
        return _("%(person)s eligió una clave.") % {"person": person(facts)}
    if facts["way"] == "email":
        return _("%(person)s ingresó por primera vez con un código a su correo de hoy.") % {
            "person": person(facts)
        }
    return _("Se dio de alta un aparato de %(person)s: %(device)s.") % {
        "person": person(facts),
        "device": facts["device"],
    }


def device_voided(facts: Facts) -> str:
    if facts.get("turned_away"):
        return _("No se dio de alta un aparato como de %(person)s: quien debía dar fe lo rechazó.") % {
            "person": person(facts)
        }
    return _("Se dio de baja un aparato de %(person)s: %(device)s.") % {
        "person": person(facts),
        "device": facts["device"],
    }


def tell() -> None:
    tells(
        {
            Act.CARDS_GIVEN: cards_given,
            Act.CARD_VOIDED: card_voided,
            Act.DEVICE_ENROLLED: device_enrolled,
            Act.DEVICE_VOIDED: device_voided,
        }
    )
