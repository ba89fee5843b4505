"""The acts of rotation as sentences, from their facts alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.models import seat_name
from coop.council.rotation.words import people_said, places_said, shown
from coop.record.models import Act

Facts = Mapping[str, Any]


def declared(facts: Facts) -> str:
    told = {"name": facts["name"], "number": facts["number"]}
    if not facts["willing"]:
        return _("%(name)s (N.º %(number)s) dijo que por ahora no ocupa cargos.") % told
    if not facts["offices"]:
        return _("%(name)s (N.º %(number)s) dijo que cuenten con su nombre para cualquier cargo.") % told
    told["offices"] = ", ".join(office_name(one) for one in facts["offices"])
    return _("%(name)s (N.º %(number)s) dijo que cuenten con su nombre para: %(offices)s.") % told


def office_name(office: str) -> str:
    """Of a council's or audit's office in words; of a position, its key, which is what stays."""
    words = {"member": _("Vocalía"), "alternate": _("Suplencia")}
    return words.get(office) or seat_name(office)


def slate(facts: Facts) -> str:
    told = {
        "title": facts["title"],
        "day": shown(date.fromisoformat(facts["begins_on"])),
        "n": facts["people"],
    }
    return (
        ngettext(
            "Se propuso la lista «%(title)s» para ocupar cargos desde el %(day)s, con %(n)d persona.",
            "Se propuso la lista «%(title)s» para ocupar cargos desde el %(day)s, con %(n)d personas.",
            facts["people"],
        )
        % told
    )


def announced(facts: Facts) -> str:
    if "called_off" in facts:
        said = _("Quedó sin efecto el sorteo «%(title)s», sin hacerse: %(why)s.")
        return said % {"title": facts["title"], "why": facts["called_off"].rstrip(".")}
    told = {
        "title": facts["title"],
        "places": places_said(facts["places"]),
        "people": people_said(facts["participants"]),
        "code": facts["commitment"][:12],
    }
    sentence = _(
        "Se anunció el sorteo «%(title)s»: %(places)s entre %(people)s. Código de control: %(code)s…"
    )
    return sentence % told


def drawn(facts: Facts) -> str:
    who = ", ".join(f"{one['name']} (N.º {one['number']})" for one in facts["drawn"])
    told = {"title": facts["title"], "value": facts["value"], "who": who}
    return _("Se hizo el sorteo «%(title)s» con el valor público %(value)s. Salieron: %(who)s.") % told


TOLD = {
    Act.STANDING_DECLARED: declared,
    Act.SLATE_PROPOSED: slate,
    Act.DRAW_ANNOUNCED: announced,
    Act.DRAW_HELD: drawn,
}
