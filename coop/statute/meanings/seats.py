"""What the rules of seats, of their rotation and of the positions outside the council mean."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.statute.meanings.words import Line, Section, days, listed, months, part, years
from coop.statute.rules import CouncilRules, Position, Rules, SeatRotation

VACANCIES: Mapping[str, str | Promise] = {
    "alternates_then_auditor": gettext_lazy(
        "la suplencia que sigue en orden; si no hay, quien nombre la sindicatura, hasta la próxima asamblea"
    ),
    "alternates": gettext_lazy("la suplencia que sigue en orden, y nadie más hasta que elija la asamblea"),
    "assembly": gettext_lazy("nadie hasta que elija la asamblea"),
}
REACHES: Mapping[str, str | Promise] = {
    "council": gettext_lazy("los mandatos en cualquier cargo del consejo o la sindicatura"),
    "seat": gettext_lazy("solo los mandatos en el mismo cargo"),
}
BALANCED: Mapping[str, str | Promise] = {
    "sections": gettext_lazy("que estén todas las secciones"),
    "genders": gettext_lazy("que haya equilibrio de géneros"),
}
POSITION_KINDS: Mapping[str, str | Promise] = {
    "coordinator": gettext_lazy("coordinación"),
    "commission": gettext_lazy("comisión"),
    "delegate": gettext_lazy("delegación"),
}
_OFFICES: Mapping[str, str | Promise] = {
    "president": gettext_lazy("presidencia"),
    "secretary": gettext_lazy("secretaría"),
    "treasurer": gettext_lazy("tesorería"),
    "auditor": gettext_lazy("sindicatura titular"),
    "alternate_auditor": gettext_lazy("sindicatura suplente"),
}
_NUMBERED = re.compile(r"(member|alternate|auditor|alternate_auditor)_([0-9]+)")


def seat_words(code: str) -> str:
    """What a seat of council or audit is called within a sentence: "tesorería", "vocalía 2"."""
    if code in _OFFICES:
        return str(_OFFICES[code])
    found = _NUMBERED.fullmatch(code)
    if found is None:
        return code
    named = {
        "member": _("vocalía %(n)s"),
        "alternate": _("suplencia %(n)s"),
        "auditor": _("sindicatura titular %(n)s"),
        "alternate_auditor": _("sindicatura suplente %(n)s"),
    }
    return named[found[1]] % {"n": found[2]}


def seats_words(council: CouncilRules) -> dict[str, str]:
    return {code: seat_words(code) for code in council.codes}


def council_sections(rules: Rules) -> Iterator[Section]:
    yield Section("council", _("Consejo y sindicatura"), tuple(_council(rules)))
    yield Section("rotation", _("Rotación"), tuple(_rotation(rules)))
    yield Section("positions", _("Responsabilidades fuera del consejo"), tuple(_positions(rules)))


def _council(rules: Rules) -> Iterator[Line]:
    rule = rules.council
    told = {"seats": rule.seats, "alternates": rule.alternates}
    sentence = _("%(seats)d titulares y %(alternates)d suplentes.") % told
    yield Line("council.seats", _("Consejo de administración"), sentence, rule.source)
    told = {"auditors": rule.auditors, "alternates": rule.alternate_auditors}
    sentence = _("Titulares: %(auditors)d; suplentes: %(alternates)d.") % told
    yield Line("council.auditors", _("Sindicatura"), sentence, rule.source)
    sentence = ngettext(
        "Dura %(n)d ejercicio y termina solo.", "Dura %(n)d ejercicios y termina solo.", rule.term_years
    )
    yield Line("council.term_years", _("Mandato"), sentence % {"n": rule.term_years}, rule.source)
    told_days = {"days": days(rule.meets_days), "request": days(rule.request_days)}
    sentence = _("Cada %(days)s por lo menos; si alguien lo pide, dentro de %(request)s.") % told_days
    yield Line("council.meets_days", _("Reuniones del consejo"), sentence, rule.source)
    quorum = Fraction(rule.quorum)
    sentence = (
        _("Con más de %(part)s de sus titulares.") % {"part": part(quorum.numerator, quorum.denominator)}
        if quorum
        else _("Con quienes estén.")
    )
    yield Line("council.quorum", _("El consejo decide"), sentence, rule.source)
    sentence = _("Lo cubre: %(who)s.") % {"who": VACANCIES[rule.vacancies]}
    yield Line("council.vacancies", _("Un cargo vacante"), sentence, rule.source)
    told_seats = {code: seat_words(code) for code in rule.signers}
    sentence = _("Obliga la firma de: %(seats)s.") % {"seats": listed(told_seats, rule.signers)}
    yield Line("council.signers", _("Firman por la cooperativa"), sentence, rule.source)


def _rotation(rules: Rules) -> Iterator[Line]:
    rule = rules.rotation
    sentence = _most(rule.most_terms) or _("Sin límite: se puede elegir de nuevo a la misma persona.")
    yield Line("rotation.most_terms", _("Reelección"), sentence, rule.source)
    pause = _pause(rule.cool_off_years) or _("No hay que esperar para volver.")
    yield Line("rotation.cool_off_years", _("Pausa"), pause, rule.source)
    once = (
        _("Nadie dos veces antes de que cada asociado/a que quiera haya tenido un cargo.")
        if rule.everyone_once
        else _("No hace falta que pase cada asociado/a antes de repetir.")
    )
    yield Line("rotation.everyone_once", _("Una vez cada quien"), once, rule.source)
    staggered = (
        _("Los cargos se renuevan por partes.")
        if rule.staggered
        else _("Los cargos se renuevan todos juntos.")
    )
    yield Line("rotation.staggered", _("Renovación"), staggered, rule.source)
    sentence = _("Se cuentan %(what)s.") % {"what": REACHES[rule.counts]}
    yield Line("rotation.counts", _("Qué mandatos se cuentan"), sentence, rule.source)
    for one in rule.exceptions:
        label = _("Excepción: %(seat)s") % {"seat": seat_words(one.seat)}
        yield Line(f"rotation.exceptions.{one.seat}", label, _own(one), rule.source)
    sentence = (
        _("Cada lista propuesta busca %(what)s.") % {"what": listed(BALANCED, rule.balance)}
        if rule.balance
        else _("Las listas propuestas no tienen que equilibrar nada.")
    )
    yield Line("rotation.balance", _("Equilibrio"), sentence, rule.source)


def _positions(rules: Rules) -> Iterator[Line]:
    rule = rules.positions
    if not rule.held:
        sentence = _("No hay coordinaciones, comisiones ni delegaciones con mandato.")
        yield Line("positions.held", _("Fuera del consejo"), sentence, rule.source)
    for one in rule.held:
        yield Line(f"positions.held.{one.key}", one.name, _position(one), one.source)


def _position(one: Position) -> str:
    told = {"kind": _capital(str(POSITION_KINDS[one.kind])), "section": one.section}
    whose = (
        _("%(kind)s de la sección %(section)s.") if one.section else _("%(kind)s de toda la cooperativa.")
    ) % told
    held = ngettext("%(n)d persona", "%(n)d personas", one.holders) % {"n": one.holders}
    lasts = _("%(people)s, por %(months)s.") % {"people": held, "months": months(one.term_months)}
    return " ".join((whose, lasts, _own(one.rotation)))


def _own(one: SeatRotation) -> str:
    """The rotation of one seat or position, whatever holds for the others."""
    once = (
        _("Nadie dos veces antes de que cada asociado/a que quiera haya tenido su turno.")
        if one.everyone_once
        else ""
    )
    told = (_most(one.most_terms), _pause(one.cool_off_years), once)
    return " ".join(filter(None, told)) or _("Sin límite de mandatos.")


def _most(most_terms: int) -> str:
    if not most_terms:
        return ""
    sentence = ngettext(
        "Hasta %(n)d mandato seguido por persona.", "Hasta %(n)d mandatos seguidos por persona.", most_terms
    )
    return sentence % {"n": most_terms}


def _pause(cool_off_years: int) -> str:
    if not cool_off_years:
        return ""
    return _("Después espera %(years)s para volver.") % {"years": years(cool_off_years)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
