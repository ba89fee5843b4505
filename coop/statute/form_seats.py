"""What the sections of seats ask: the council, its rotation, the positions outside it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from coop.statute.form_asks import Ask, source, whole, yes
from coop.statute.form_fields import OneField, ShareField, SomeField
from coop.statute.meanings.seats import BALANCED, REACHES, VACANCIES, seats_words
from coop.statute.rules import Rules


def council(document: Mapping[str, Any]) -> list[Ask]:
    seated = _seats(document, council_only=True)
    return [
        whole("seats", _("Titulares del consejo")),
        whole("alternates", _("Suplentes del consejo")),
        whole("auditors", _("Titulares de la sindicatura")),
        whole("alternate_auditors", _("Suplentes de la sindicatura")),
        whole("term_years", _("Ejercicios que dura un mandato")),
        whole("meets_days", _("Días como máximo entre dos reuniones")),
        whole("request_days", _("Días para reunirse si alguien lo pide")),
        Ask(
            ("quorum",),
            ShareField(
                label=_("El consejo decide con más de esta parte de sus titulares"),
                help_text=_("50 es más de la mitad; 0 es con quienes estén."),
            ),
        ),
        Ask(("vacancies",), OneField(words=VACANCIES, label=_("Un cargo vacante lo cubre"))),
        Ask(("signers",), SomeField(words=seated, label=_("Su firma obliga a la cooperativa"))),
        source(),
    ]


def rotation(document: Mapping[str, Any]) -> list[Ask]:
    return [
        whole("most_terms", _("Mandatos seguidos por persona"), _("0 si no hay límite.")),
        whole("cool_off_years", _("Años de pausa después"), _("0 si no hace falta esperar.")),
        yes(
            "everyone_once", _("Nadie dos veces antes de que cada asociado/a que quiera haya tenido su turno")
        ),
        yes("staggered", _("Los cargos se renuevan por partes")),
        Ask(("counts",), OneField(words=REACHES, label=_("Se cuentan"))),
        Ask(("balance",), SomeField(words=BALANCED, label=_("Al proponer una lista se busca"))),
        source(),
    ]


def positions(document: Mapping[str, Any]) -> list[Ask]:
    return [source(label=_("Dónde está escrito lo de estas responsabilidades"))]


def seat_choices(document: Mapping[str, Any]) -> dict[str, str]:
    """Every seat of council and audit, after the choice of none."""
    return {"": _("Ninguno: sin excepción"), **_seats(document)}


def _seats(document: Mapping[str, Any], *, council_only: bool = False) -> dict[str, str]:
    council = Rules.from_json(document).council
    named = seats_words(council)
    return dict(list(named.items())[: council.seats]) if council_only else named
