"""The acts of the register as sentences, told from their facts alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.members.enums import FactKind
from coop.members.register_words import FIELD_NAMES
from coop.record.models import Act
from coop.record.telling import tells

Facts = Mapping[str, Any]


def tell_ours() -> None:
    tells(
        {
            Act.APPLICATION_MADE: _application,
            Act.MEMBER_FACT: _fact,
            Act.MEMBER_FACT_ANNULLED: _annulled,
            Act.SANCTION_FILE: _sanction,
            Act.MEMBER_CORRECTED: _corrected,
        }
    )


def who(facts: Facts) -> str:
    return _("%(name)s (N.º %(number)s)") % {"name": facts["name"], "number": facts["number"]}


def day_of(facts: Facts, key: str = "day") -> str:
    return date_format(date.fromisoformat(facts[key]), "SHORT_DATE_FORMAT")


def _rests(facts: Facts) -> str:
    """ ", por la resolución 4/2026", or the paper it stands on."""
    if facts.get("resolution"):
        return _(", por la resolución %(resolution)s") % {"resolution": facts["resolution"]}
    if facts.get("file"):
        return _(", por el sumario N.º %(file)s") % {"file": facts["file"]}
    return _(", según consta en %(source)s") % {"source": facts["source"]} if facts.get("source") else ""


def _fact(facts: Facts) -> str:
    told = {
        "who": who(facts),
        "what": FactKind(facts["kind"]).label,
        "day": day_of(facts),
        "rests": _rests(facts),
    }
    if facts.get("until"):
        told["until"] = day_of(facts, "until")
        return _("%(who)s: %(what)s desde el %(day)s; vuelve el %(until)s%(rests)s.") % told
    return _("%(who)s: %(what)s, desde el %(day)s%(rests)s.") % told


def _annulled(facts: Facts) -> str:
    return _("Anuló un hecho de %(who)s: «%(what)s» del %(day)s. Motivo: %(reason)s") % {
        "who": who(facts),
        "what": FactKind(facts["kind"]).label,
        "day": day_of(facts),
        "reason": facts["reason"],
    }


def _application(facts: Facts) -> str:
    told = {"name": facts["name"], "reason": facts.get("reason", "")}
    if facts["answer"] == "rejected":
        told["resolution"] = facts["resolution"]
        return _("No admitió a %(name)s, por la resolución %(resolution)s.") % told
    if facts["answer"] == "withdrawn":
        return _("%(name)s retiró su solicitud de ingreso.") % told
    return _("Recibió la solicitud de ingreso de %(name)s.") % told


def _sanction(facts: Facts) -> str:
    """Never whom: a file is read by the person, the council and the audit; others see its effect."""
    told = {"file": facts["file"], "resolution": facts.get("resolution", "")}
    return {
        "opened": _("Abrió el sumario N.º %(file)s."),
        "notified": _("Sumario N.º %(file)s: se notificó a la persona."),
        "defence": _("Sumario N.º %(file)s: hay descargo."),
        "no_defence": _("Sumario N.º %(file)s: venció el plazo sin descargo."),
        "decided": _("Sumario N.º %(file)s: decidido por la resolución %(resolution)s."),
        "appealed": _("Sumario N.º %(file)s: hay apelación ante la asamblea."),
        "appeal_decided": _(
            "Sumario N.º %(file)s: la asamblea decidió la apelación, resolución %(resolution)s."
        ),
    }[facts["step"]] % told


def _corrected(facts: Facts) -> str:
    if "section" in facts:
        return _section(facts)
    if "posting" in facts:
        return _posted(facts)
    names = [str(FIELD_NAMES.get(field, field)).lower() for field in facts["fields"]]
    return _("Corrigió en el registro los datos de %(who)s: %(fields)s.") % {
        "who": who(facts),
        "fields": ", ".join(names),
    }


def _posted(facts: Facts) -> str:
    told = {"who": who(facts), "called": facts["called"], "day": day_of(facts, "since")}
    if not facts["called"]:
        return _("%(who)s no trabaja en ninguna sección desde el %(day)s.") % told
    return _("%(who)s trabaja en %(called)s desde el %(day)s.") % told


def _section(facts: Facts) -> str:
    if not facts["section"]:
        return _("Agregó la sección %(called)s.") % facts
    if not facts["called"]:
        return _("Cerró la sección %(section)s.") % facts
    return _("La sección %(section)s pasó a llamarse %(called)s.") % facts
