"""This room's acts as sentences, from their facts alone."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.jobs.enums import Level
from coop.record.models import Act
from coop.record.telling import Facts, Tell


def _where(facts: Facts) -> str:
    return f"{facts['task']} ({facts['section']})" if facts.get("section") else str(facts["task"])


def skill(facts: Facts) -> str:
    level = Level(facts["level"]).label
    told = {"name": facts["name"], "n": facts["number"], "task": _where(facts), "level": level}
    if facts.get("confirmed"):
        return _("Confirmó lo que %(name)s (%(n)s) dijo de %(task)s: %(level)s.") % told
    if facts.get("teacher"):
        return _("%(name)s (%(n)s) está aprendiendo %(task)s con %(teacher)s.") % (
            told | {"teacher": facts["teacher"]}
        )
    return _("%(name)s (%(n)s) anotó, en %(task)s: %(level)s.") % told


def work(facts: Facts) -> str:
    told = {"task": _where(facts)}
    if facts["what"] == "begun":
        return _("Empezó la tarea %(task)s.") % told
    if facts["what"] == "changed":
        return _("Cambió cada cuánto rota, o cuánta gente pide, la tarea %(task)s.") % told
    if facts["what"] == "closed":
        return _("La tarea %(task)s ya no se hace.") % told
    told["people"] = ", ".join(f"{one['name']} ({one['number']})" for one in facts["people"])
    told["since"] = str(date_format(date.fromisoformat(facts["since"]), "SHORT_DATE_FORMAT"))
    if facts["what"] == "called_off":
        return _("Dejó sin efecto el turno de %(people)s en %(task)s desde el %(since)s.") % told
    if facts["what"] == "swapped":
        swapped = ngettext(
            "Por un cambio acordado, %(people)s tiene el turno de %(task)s desde el %(since)s.",
            "Por un cambio acordado, %(people)s tienen el turno de %(task)s desde el %(since)s.",
            len(facts["people"]),
        )
        return swapped % told
    if facts.get("out_of_order"):
        return _("Dio el turno de %(task)s desde el %(since)s a %(people)s, fuera de orden.") % told
    said = ngettext(
        "Dio el turno de %(task)s desde el %(since)s a %(people)s: le tocaba.",
        "Dio el turno de %(task)s desde el %(since)s a %(people)s: les tocaba.",
        len(facts["people"]),
    )
    return said % told


TOLD: Mapping[Act, Tell] = {Act.SKILL_KEPT: skill, Act.WORK_ARRANGED: work}
