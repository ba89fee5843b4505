"""The acts about the paper book as sentences of the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Facts = Mapping[str, Any]


def _day(text: str) -> str:
    return str(date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT"))


def entered(facts: Facts) -> str:
    told = {"n": facts["lines"], "first": _day(facts["first_day"]), "last": _day(facts["last_day"])}
    if facts["title"]:
        told |= {"title": facts["title"]}
        return _("Copió del libro de papel «%(title)s», del %(first)s; espera a quien la confirme.") % told
    sentence = ngettext(
        "Copió del libro de papel %(n)d resolución, del %(first)s; espera a quien la confirme.",
        "Copió del libro de papel %(n)d resoluciones, del %(first)s al %(last)s; "
        "esperan a quien las confirme.",
        facts["lines"],
    )
    return sentence % told


def confirmed(facts: Facts) -> str:
    made = facts["resolutions"]
    told = {
        "n": len(made),
        "page": facts["page"],
        "codes": ", ".join(one["resolution"] for one in made[:3]) + ("…" if len(made) > 3 else ""),
        "names": ", ".join(facts["entered_by"]),
    }
    sentence = ngettext(
        "Confirmó la página %(page)s del libro de papel, que copió %(names)s: la resolución %(codes)s.",
        "Confirmó la página %(page)s del libro de papel, que copió %(names)s: "
        "%(n)d resoluciones (%(codes)s).",
        len(made),
    )
    return sentence % told
