"""What types cannot say: values that contradict each other, or the law above the statute."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from coop.statute.rules.consistency_seats import seat_faults
from coop.statute.rules.document import Rules
from coop.statute.rules.kinds import ASSEMBLY_KINDS, HOUR_KINDS
from coop.statute.rules.pay import Fund
from coop.statute.rules.problems import Problem
from coop.statute.rules.voting import AssemblyRules, Call, Majority

MOST_CALLS: Final = 4
MOST_FUNDS: Final = 12
# A call that asks for so many members whatever the roll: ten in the law of Brazil (5.764/71, art. 40).
MOST_NAMED: Final = 10
HALF = Fraction(1, 2)
# Where the law says how much a statute may ask at most of members who request (ET 35, ET 40; law 58).
REQUEST_CAPS: Mapping[str, Fraction] = {"AR": Fraction(1, 10)}
MOST_PRINCIPALS: Mapping[str, int] = {"AR": 2}


def faults(rules: Rules, matters: Collection[str]) -> list[Problem]:
    """Every contradiction, by place, in the order of the document. `matters` are those there are."""
    return [
        *_assemblies(rules),
        *_majorities(rules, matters),
        *_thresholds(rules),
        *_proxies(rules, matters),
        *seat_faults(rules),
        *_pay(rules),
        *_funds(rules.surplus.funds),
    ]


def _assemblies(rules: Rules) -> Iterator[Problem]:
    yield from _table("assemblies", rules.assemblies, ASSEMBLY_KINDS)
    for kind, one in rules.assemblies.items():
        yield from _calls(f"assemblies.{kind}.calls", one)


def _calls(place: str, one: AssemblyRules) -> Iterator[Problem]:
    if not 1 <= len(one.calls) <= MOST_CALLS:
        yield Problem(place, "calls", _("Hace falta una convocatoria por lo menos, y no más de cuatro."))
    for number, call in enumerate(one.calls):
        if call.numerator > call.denominator:
            yield Problem(f"{place}.{number}.numerator", "above_one", _("No puede pasar del padrón entero."))
        yield from _reach(f"{place}.{number}.plus", call)
        before = one.calls[number - 1].wait_minutes if number else None
        if before is None and call.wait_minutes:
            yield Problem(f"{place}.0.wait_minutes", "waits", _("La primera convocatoria es a la hora."))
        if before is not None and call.wait_minutes <= before:
            says = _("Cada convocatoria espera más que la de antes.")
            yield Problem(f"{place}.{number}.wait_minutes", "waits", says)


def _reach(place: str, call: Call) -> Iterator[Problem]:
    """Half plus one is a quorum; half plus many is everybody, where there are fewer than twice as many."""
    if call.numerator >= call.denominator:
        if call.plus:
            yield Problem(place, "above_one", _("No puede pasar del padrón entero."))
    elif call.numerator and call.plus > 1:
        says = _("Es una parte del padrón más uno como mucho: con más, una cooperativa chica no llega nunca.")
        yield Problem(place, "out_of_reach", says)
    elif call.plus > MOST_NAMED:
        says = _("Una cantidad fija no puede pasar de %(most)d: una cooperativa chica no llega nunca.")
        yield Problem(place, "out_of_reach", says % {"most": MOST_NAMED})


def _majorities(rules: Rules, matters: Collection[str]) -> Iterator[Problem]:
    yield from _table("majorities", rules.majorities, matters)
    for matter, rule in rules.majorities.items():
        yield from _majority(f"majorities.{matter}.numerator", rule)


def _majority(place: str, rule: Majority) -> Iterator[Problem]:
    part = Fraction(rule.numerator, rule.denominator)
    if part > 1 or (part == 1 and rule.strict):
        yield Problem(place, "out_of_reach", _("Nadie podría alcanzarla: pide más que el total."))
    elif (part < HALF and rule.base != "roll") or not part:
        yield Problem(place, "minority", _("Con menos de la mitad aprobaría una minoría."))


def _thresholds(rules: Rules) -> Iterator[Problem]:
    cap = REQUEST_CAPS.get(rules.law.country, Fraction(1))
    for chapter, one in (("requests", rules.requests), ("agenda", rules.agenda)):
        part = Fraction(one.numerator, one.denominator)
        if not 0 < part <= cap:
            told = {"cap": f"{cap.numerator}/{cap.denominator}", "law": rules.law.source}
            says = _("Tiene que ser más que nada y no más de %(cap)s (%(law)s).") % told
            yield Problem(f"{chapter}.numerator", "above_cap", says)


def _proxies(rules: Rules, matters: Collection[str]) -> Iterator[Problem]:
    most = MOST_PRINCIPALS.get(rules.law.country)
    principals = rules.proxies.most_principals
    if rules.proxies.allowed and not principals:
        says = _("Si se puede votar por otra persona, hay que decir por cuántas.")
        yield Problem("proxies.most_principals", "missing", says)
    if not rules.proxies.allowed and principals:
        says = _("Nadie vota por otra persona: acá va 0.")
        yield Problem("proxies.most_principals", "not_allowed", says)
    if most is not None and principals > most:
        says = _("La ley permite representar a %(most)d como máximo.") % {"most": most}
        yield Problem("proxies.most_principals", "above_cap", says)
    for place, matter in enumerate(rules.conflicts.matters):
        if matter not in matters:
            yield Problem(f"conflicts.matters.{place}", "unknown", _("No conocemos este asunto."))
    for chapter, one in (("proxies", rules.proxies.barred), ("conflicts", rules.conflicts.barred)):
        if len(set(one)) != len(one):
            yield Problem(f"{chapter}.barred", "repeated", _("Está dos veces."))


def _pay(rules: Rules) -> Iterator[Problem]:
    yield from _table("pay.hours", rules.pay.hours, HOUR_KINDS)
    if Fraction(rules.pay.ratio_ceiling) < 1:
        says = _("No puede ser menor que 1, que es lo mismo para cada persona.")
        yield Problem("pay.ratio_ceiling", "below_one", says)


def _funds(funds: Collection[Fund]) -> Iterator[Problem]:
    if len(funds) > MOST_FUNDS:
        yield Problem("surplus.funds", "too_many", _("Son demasiados fondos."))
    seen: set[str] = set()
    for number, fund in enumerate(funds):
        place, slug = f"surplus.funds.{number}", slugify(fund.name)
        if not slug:
            yield Problem(f"{place}.name", "not_a_name", _("Un fondo necesita un nombre con letras."))
        elif slug in seen:
            yield Problem(f"{place}.name", "repeated", _("Ya hay un fondo con este nombre."))
        seen.add(slug)
        yield from _steps(place, fund)
    most = sum(max([fund.share, *(Fraction(step.rate) for step in fund.steps)]) for fund in funds)
    if most > 1:
        says = _("Los fondos suman más que todo el excedente.")
        yield Problem("surplus.funds", "above_one", says)


def _steps(place: str, fund: Fund) -> Iterator[Problem]:
    reached = Fraction(0)
    cap = None if fund.cap_of_capital is None else Fraction(fund.cap_of_capital)
    for number, step in enumerate(fund.steps):
        at = Fraction(step.of_capital)
        if at <= reached or (cap is not None and at >= cap):
            says = _("Cada escalón empieza más arriba que el de antes, y por debajo del tope.")
            yield Problem(f"{place}.steps.{number}.of_capital", "not_ascending", says)
        reached = max(reached, at)


def _table(place: str, held: Collection[str], wanted: Collection[str]) -> Iterator[Problem]:
    for key in wanted:
        if key not in held:
            yield Problem(f"{place}.{key}", "missing", _("Falta este dato."))
    for key in held:
        if key not in wanted:
            yield Problem(f"{place}.{key}", "unknown", _("No conocemos este dato. ¿Está bien escrito?"))
