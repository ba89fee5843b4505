"""Of seats, positions and rotation: what contradicts itself, the law, or what a seat was before."""

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from coop.statute.rules.document import Rules
from coop.statute.rules.problems import Problem
from coop.statute.rules.seats import CouncilRules, Position

MOST_SEATS: Final = 25
MOST_POSITIONS: Final = 25
# The law above the statute: councillors (ley 20.337, art. 63), fiscal years of a term (art. 63), the part of
# the council that meets (art. 70), an alternate for each auditor (art. 76).
LEAST_SEATS: Mapping[str, int] = {"AR": 3, "UY": 3, "BR": 3}
LONGEST_TERM: Mapping[str, int] = {"AR": 3, "UY": 3, "BR": 4}
LEAST_QUORUM: Mapping[str, Fraction] = {"AR": Fraction(1, 2)}
AUDITED_WITH_ALTERNATES: Final = frozenset({"AR"})


def seat_faults(rules: Rules) -> Iterator[Problem]:
    yield from _council(rules.council, rules.law.country)
    yield from _audit(rules.council, rules.law.country)
    yield from _signers(rules.council)
    yield from _rotation(rules)
    yield from _positions(rules.positions.held)


def against_the_past(rules: Rules, past: Collection[Position]) -> list[Problem]:
    """A key names one position for ever: its seats on the books keep the kind, name and section they had."""
    was: dict[str, Position] = {}
    for one in past:
        was.setdefault(one.key, one)
    found = []
    for number, one in enumerate(rules.positions.held):
        before = was.get(one.key, one)
        if (before.kind, before.section, before.name) != (one.kind, one.section, one.name):
            says = _("Con este identificador ya hubo otra responsabilidad: «%(name)s». Hace falta otro.")
            place = f"positions.held.{number}.key"
            found.append(Problem(place, "another_before", says % {"name": before.name}))
    return found


def _council(council: CouncilRules, country: str) -> Iterator[Problem]:
    least, longest = LEAST_SEATS.get(country, 1), LONGEST_TERM.get(country, 99)
    if council.seats < least:
        says = _("El consejo tiene %(least)d miembros como mínimo.") % {"least": least}
        yield Problem("council.seats", "below_least", says)
    for key in ("seats", "alternates", "auditors", "alternate_auditors"):
        if getattr(council, key) > MOST_SEATS:
            says = _("Son %(most)d como máximo.") % {"most": MOST_SEATS}
            yield Problem(f"council.{key}", "above_cap", says)
    if council.term_years > longest:
        says = _("Un mandato dura %(longest)d ejercicios como máximo.") % {"longest": longest}
        yield Problem("council.term_years", "above_cap", says)
    quorum = Fraction(council.quorum)
    if quorum >= 1:
        says = _("Nadie podría alcanzarlo: pide más que el consejo entero.")
        yield Problem("council.quorum", "out_of_reach", says)
    elif quorum < LEAST_QUORUM.get(country, Fraction(0)):
        says = _("La ley pide que esté más de la mitad del consejo.")
        yield Problem("council.quorum", "below_least", says)


def _audit(council: CouncilRules, country: str) -> Iterator[Problem]:
    audited = country in AUDITED_WITH_ALTERNATES
    if audited and not council.auditors:
        says = _("La ley pide una sindicatura titular por lo menos.")
        yield Problem("council.auditors", "below_least", says)
    if council.alternate_auditors and not council.auditors:
        says = _("Sin sindicatura titular no hay suplente.")
        yield Problem("council.alternate_auditors", "alone", says)
    elif audited and council.alternate_auditors < council.auditors:
        says = _("La ley pide por lo menos tantas suplencias como titulares tiene la sindicatura.")
        yield Problem("council.alternate_auditors", "below_least", says)
    if council.vacancies == "alternates" and not council.alternates:
        says = _("Sin suplentes, un cargo vacante no lo cubre nadie: elegí otra manera.")
        yield Problem("council.vacancies", "alone", says)


def _signers(council: CouncilRules) -> Iterator[Problem]:
    if not council.signers:
        yield Problem("council.signers", "missing", _("Alguien tiene que firmar por la cooperativa."))
    seated = council.codes[: council.seats]
    for number, code in enumerate(council.signers):
        if code not in seated:
            yield Problem(f"council.signers.{number}", "unknown", _("El consejo no tiene este cargo."))
        elif code in council.signers[:number]:
            yield Problem(f"council.signers.{number}", "repeated", _("Está dos veces."))


def _rotation(rules: Rules) -> Iterator[Problem]:
    rotation, codes = rules.rotation, rules.council.codes
    if rotation.cool_off_years and not rotation.most_terms:
        yield _pause("rotation")
    if len(set(rotation.balance)) != len(rotation.balance):
        yield Problem("rotation.balance", "repeated", _("Está dos veces."))
    seen: set[str] = set()
    for number, one in enumerate(rotation.exceptions):
        place = f"rotation.exceptions.{number}"
        if one.seat not in codes:
            yield Problem(f"{place}.seat", "unknown", _("El estatuto no tiene este cargo."))
        elif one.seat in seen:
            yield Problem(f"{place}.seat", "repeated", _("Este cargo ya tiene su excepción."))
        seen.add(one.seat)
        if one.cool_off_years and not one.most_terms:
            yield _pause(place)


def _positions(held: tuple[Position, ...]) -> Iterator[Problem]:
    if len(held) > MOST_POSITIONS:
        yield Problem("positions.held", "too_many", _("Son demasiadas responsabilidades."))
    keys, names = set[str](), set[tuple[str, str]]()
    for number, one in enumerate(held):
        place, name = f"positions.held.{number}", (slugify(one.name), slugify(one.section))
        if not name[0]:
            yield Problem(f"{place}.name", "not_a_name", _("Hace falta un nombre con letras."))
        elif one.key in keys or name in names:
            says = _("Ya hay una responsabilidad con este nombre en esta sección.")
            yield Problem(f"{place}.name", "repeated", says)
        keys.add(one.key)
        names.add(name)
        if one.holders > MOST_SEATS:
            says = _("Son %(most)d como máximo.") % {"most": MOST_SEATS}
            yield Problem(f"{place}.holders", "above_cap", says)
        if not one.term_months:
            yield Problem(f"{place}.term_months", "below_least", _("Dura un mes por lo menos."))
        if one.cool_off_years and not one.most_terms:
            yield _pause(place)


def _pause(place: str) -> Problem:
    says = _("Para una pausa hay que decir después de cuántos mandatos seguidos.")
    return Problem(f"{place}.cool_off_years", "alone", says)
