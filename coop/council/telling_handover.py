"""Handovers and filings as sentences of the record, from their facts alone."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.council.enums_handover import FilingKind
from coop.council.filings.titles import title_of
from coop.council.models.seats import seat_name
from coop.record.models import Act
from coop.record.telling import Facts, Tell


def _day(text: str) -> str:
    return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT"))


def _seat(facts: Facts) -> str:
    return facts["seat_name"] or seat_name(facts["seat"])


def _begun(facts: Facts) -> str:
    out, come = facts["out"], facts["in"]
    told = {
        "seat": _seat(facts),
        "out": out["name"] if out else "",
        "in": come["name"] if come else "",
    }
    if out and come:
        return _("Empezó el traspaso de %(seat)s: entrega %(out)s, recibe %(in)s.") % told
    if out:
        return _("Empezó el traspaso de %(seat)s: entrega %(out)s; el cargo está vacante.") % told
    return _("Empezó el traspaso de %(seat)s: el consejo lo entrega a %(in)s.") % told


def _changed(facts: Facts) -> str:
    told = {"seat": _seat(facts), "n": facts.get("n"), "lines": facts.get("lines")}
    if facts["what"] == "list":
        said = ngettext(
            "Cambió lo que se entrega con %(seat)s: %(lines)s renglón.",
            "Cambió lo que se entrega con %(seat)s: %(lines)s renglones.",
            int(facts.get("lines") or 0),
        )
        return said % told
    if facts["what"] == "line":
        return _("Sumó el renglón %(n)s al traspaso de %(seat)s.") % told
    if facts["what"] == "incoming":
        return _("En el traspaso de %(seat)s recibe %(in)s.") % (told | {"in": facts["in"]["name"]})
    says = {
        "given": _("Traspaso de %(seat)s, renglón %(n)s: dijo que lo entregó."),
        "not_given": _("Traspaso de %(seat)s, renglón %(n)s: dijo que no lo entrega."),
        "received": _("Traspaso de %(seat)s, renglón %(n)s: dijo que lo recibió."),
        "missing": _("Traspaso de %(seat)s, renglón %(n)s: dijo que falta."),
    }
    return says[facts["said"]] % told


def _signed(facts: Facts) -> str:
    says = {
        "out": _("Firmó, como quien entrega, el traspaso de %(seat)s."),
        "in": _("Firmó, como quien recibe, el traspaso de %(seat)s."),
        "witness": _("Firmó, como testigo, el traspaso de %(seat)s."),
    }
    sentence = says[facts["side"]] % {"seat": _seat(facts)}
    whole = _("Quedó completo.")  # not within an f-string: whoever collects sentences would pass it by
    return f"{sentence} {whole}" if facts["whole"] else sentence


def _title(facts: Facts) -> str:
    """What an act from before said is as it was said."""
    changed = facts.get("changed_on")
    return title_of(facts["kind"], date.fromisoformat(changed), "") if changed else facts["title"]


def _filing(facts: Facts) -> str:
    told = {"title": _title(facts), "number": facts.get("number", "")}
    step = facts["step"]
    if step == "days":
        kind = str(FilingKind(facts["title"]).label)
        return _("Cambió los días para el trámite «%(kind)s»: %(days)s, según %(source)s.") % {
            "kind": kind,
            "days": facts["days"],
            "source": facts["source"],
        }
    for name in ("due_on", "day"):
        if facts.get(name):
            told[name] = _day(facts[name])
    if facts.get("who"):
        told["who"] = facts["who"]["name"]
    says = {
        "opened": _("Trámite para hacer hasta el %(due_on)s: %(title)s."),
        "taken": _("Trámite «%(title)s»: a cargo de %(who)s."),
        "put_off": _("Trámite «%(title)s»: pasa al %(due_on)s."),
        "note": _("Trámite «%(title)s»: anotó una novedad."),
        "done": _("Trámite «%(title)s»: hecho el %(day)s, N.º %(number)s."),
        "dropped": _("Trámite «%(title)s»: ya no hace falta."),
    }
    return says[step] % told


TOLD: Mapping[Act, Tell] = {
    Act.HANDOVER_BEGUN: _begun,
    Act.HANDOVER_CHANGED: _changed,
    Act.HANDOVER_SIGNED: _signed,
    Act.FILING_KEPT: _filing,
}
