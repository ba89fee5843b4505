"""What any room may print of a proposal: paragraphs and tables, in the language that is active."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coop.common.money import money
from payroll.waterfall import Distribution, Step, Year, percent, steps
from payroll.waterfall.values import HEAD, HOURS

Shown = dict[str, Any]
Statute = Mapping[str, Any]


def told_steps(year: Year, result: Distribution, statute: Statute) -> tuple[Step, ...]:
    return steps(year, result, source=statute["source"], sources=statute["funds"])


def departures(year: Year, statute: Statute) -> list[str]:
    """Where it chooses otherwise than the statute, or more than it, in words: the assembly must know."""
    rules, found = year.rules, []
    if rules.interest > Fraction(statute["share_interest_rate"]):
        told = {"rate": percent(rules.interest), "most": percent(Fraction(statute["share_interest_rate"]))}
        found.append(
            _(
                "Paga %(rate)s de interés a las cuotas sociales; el estatuto que valía entonces "
                "autoriza %(most)s."
            )
            % told
        )
    if rules.basis != statute["basis"]:
        told = {"chosen": basis_name(rules.basis), "statute": basis_name(statute["basis"])}
        found.append(_("Reparte el retorno %(chosen)s; el estatuto dice %(statute)s.") % told)
    if rules.basis == HEAD:
        hours = {Fraction(member.hours) for member in year.members}
        if len(hours) > 1:
            found.append(
                _(
                    "Reparte en partes iguales aunque las horas no son iguales: la ley pide que sea en "
                    "proporción al trabajo de cada persona."
                )
            )
    return found


def basis_name(basis: str) -> str:
    if basis == HOURS:
        return _("según las horas")
    return _("en partes iguales") if basis == HEAD else _("según lo que cobró cada persona")


def hours_shown(hours: str) -> str:
    return number_format(Decimal(hours), decimal_pos=2, force_grouping=True)


def shown(
    year: Year, result: Distribution, *, title: str, statute: Statute, names: Mapping[int, str]
) -> Shown:
    """`{"paragraphs": […], "tables": […]}` as coop.statute.proposals says; no one's advances are in it."""
    figures = {"year": year.period, "title": title, "surplus": money(result.surplus)}
    figures |= {"members": money(result.to_members), "n": len(year.members)}
    paragraphs = [
        _("Propuesta «%(title)s» para repartir el excedente de %(year)d, que es de %(surplus)s.") % figures,
        _("A los asociados y asociadas les vuelve %(members)s, entre %(n)d personas.") % figures,
        *departures(year, statute),
    ]
    return {"paragraphs": paragraphs, "tables": [_way(year, result, statute), _each(year, result, names)]}


def _way(year: Year, result: Distribution, statute: Statute) -> Shown:
    rows = [
        [step.title, f"{step.words} ({step.source})", money(step.amount)]
        for step in told_steps(year, result, statute)
    ]
    rows.append([_("Total"), "", money(result.came_in)])
    return {
        "title": _("El camino del excedente de %(year)d") % {"year": year.period},
        "columns": [_("Paso"), _("Por qué"), _("Importe")],
        "numbers": [2],
        "rows": rows,
    }


def _each(year: Year, result: Distribution, names: Mapping[int, str]) -> Shown:
    rows = []
    for member, interest, back in zip(year.members, result.share_interest, result.returns, strict=True):
        cents = (interest.amount, back.amount, interest.amount + back.amount)
        who = [names[member.number], str(member.number), hours_shown(member.hours)]
        rows.append([*who, *map(money, cents)])
    cents = (result.to_shares, result.to_members, result.to_shares + result.to_members)
    rows.append([_("Total"), "", "", *map(money, cents)])
    return {
        "title": _("Lo que le toca a cada asociado/a"),
        "columns": [
            _("Apellido y nombre"),
            _("N.º"),
            _("Horas"),
            _("Interés"),
            _("Retorno"),
            _("En total"),
        ],
        "numbers": [1, 2, 3, 4, 5],
        "rows": rows,
    }
