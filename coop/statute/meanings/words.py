"""Figures of a statute as people say them, in the language that is active."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

ASSEMBLIES: Mapping[str, str | Promise] = {
    "weekly": gettext_lazy("Asamblea de trabajo"),
    "ordinary": gettext_lazy("Asamblea ordinaria"),
    "extraordinary": gettext_lazy("Asamblea extraordinaria"),
}
BARRED: Mapping[str, str | Promise] = {
    "council": gettext_lazy("consejo de administración"),
    "auditor": gettext_lazy("sindicatura"),
    "manager": gettext_lazy("gerencia"),
}
BASES: Mapping[str, str | Promise] = {
    "cast": gettext_lazy("de los votos"),
    "present": gettext_lazy("de quienes están presentes al votar"),
    "roll": gettext_lazy("de todo el registro de asociados/as"),
}
FREQUENCIES: Mapping[str, str | Promise] = {
    "week": gettext_lazy("por semana"),
    "fortnight": gettext_lazy("por quincena"),
    "month": gettext_lazy("por mes"),
}
PAY_BASES: Mapping[str, str | Promise] = {
    "hour": gettext_lazy("por hora: cada hora vale lo mismo"),
    "day": gettext_lazy("por día: cada día vale lo mismo"),
    "month": gettext_lazy("por mes: lo mismo para cada persona"),
}
SHARED_BY: Mapping[str, str | Promise] = {
    "hours": gettext_lazy("según las horas que trabajó cada persona"),
    "pay": gettext_lazy("según lo que cobró cada persona"),
    "head": gettext_lazy("en partes iguales"),
}
HOURS: Mapping[str, str | Promise] = {
    "worked": gettext_lazy("Horas de trabajo"),
    "sick": gettext_lazy("Horas de enfermedad"),
    "holiday": gettext_lazy("Horas de vacaciones"),
}
COUNTRIES: Mapping[str, str | Promise] = {
    "AR": gettext_lazy("Argentina"),
    "UY": gettext_lazy("Uruguay"),
    "BR": gettext_lazy("Brasil"),
    "XX": gettext_lazy("ningún país: vale lo que acordaron"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One value: where it is in the document, what it is called, what it means, and where it is written."""

    place: str
    label: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """What is edited together; `key` is its place in the document ("majorities.recall")."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    key: str
    title: str
    sections: tuple[Section, ...]


def decimal(value: Fraction, places: int = 4) -> str:
    """Without needless zeros, with the reader's comma or point."""
    text = f"{float(value):.{places}f}".rstrip("0").rstrip(".")
    whole, _point, rest = text.partition(".")
    return number_format(text, decimal_pos=len(rest)) if rest else whole


def percent(value: Fraction) -> str:
    """ "5 %", and "33,3333 %" for what no percentage says exactly."""
    return f"{decimal(value * 100)} %"


def share_words(text: str) -> str:
    return percent(Fraction(text))


def part(numerator: int, denominator: int) -> str:
    """A fraction with its article: "la mitad", "dos tercios", "el 10 %"."""
    value = Fraction(numerator, denominator)
    named = {
        Fraction(1): _("todos/as"),
        Fraction(1, 2): _("la mitad"),
        Fraction(1, 3): _("un tercio"),
        Fraction(2, 3): _("dos tercios"),
        Fraction(1, 4): _("un cuarto"),
        Fraction(3, 4): _("tres cuartos"),
    }
    if value in named:
        return named[value]
    if (value * 1000).denominator == 1:
        return _("el %(percent)s") % {"percent": percent(value)}
    return f"{value.numerator}/{value.denominator}"


def days(count: int) -> str:
    return ngettext("%(n)d día", "%(n)d días", count) % {"n": count}


def months(count: int) -> str:
    return ngettext("%(n)d mes", "%(n)d meses", count) % {"n": count}


def years(count: int) -> str:
    return ngettext("%(n)d año", "%(n)d años", count) % {"n": count}


def wait(minutes: int) -> str:
    """ "30 minutos después", "1 hora después"."""
    hours, rest = divmod(minutes, 60)
    if hours and not rest:
        return ngettext("%(n)d hora después", "%(n)d horas después", hours) % {"n": hours}
    return ngettext("%(n)d minuto después", "%(n)d minutos después", minutes) % {"n": minutes}


def listed(words: Mapping[str, str | Promise], keys: tuple[str, ...]) -> str:
    """ "consejo, sindicatura y gerencia"; "nadie" for none."""
    told = [str(words.get(key, key)) for key in keys]
    if len(told) < 2:
        return told[0] if told else _("nadie")
    return _("%(most)s y %(last)s") % {"most": ", ".join(told[:-1]), "last": told[-1]}
