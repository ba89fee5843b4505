"""The whole statute in sentences, chapter after chapter."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from coop.statute.meanings.moneys import pay_sections, surplus_sections
from coop.statute.meanings.people import membership_sections, share_sections
from coop.statute.meanings.seats import council_sections
from coop.statute.meanings.votes import assembly_sections, minutes_sections, vote_sections
from coop.statute.meanings.words import COUNTRIES, Chapter, Line, Section
from coop.statute.rules import Rules

Words = Mapping[str, str | Promise]


def chapters(rules: Rules, matters: Words) -> tuple[Chapter, ...]:
    """`matters` by their key, as people call them."""
    law = Line("law.country", _("Ley"), f"{COUNTRIES[rules.law.country]}.", rules.law.source)
    return (
        Chapter("assemblies", _("Asambleas"), tuple(assembly_sections(rules))),
        Chapter("votes", _("Votaciones"), tuple(vote_sections(rules, matters))),
        Chapter("minutes", _("Actas y plazos"), tuple(minutes_sections(rules))),
        Chapter("council", _("Cargos"), tuple(council_sections(rules))),
        Chapter("membership", _("Asociados y asociadas"), tuple(membership_sections(rules))),
        Chapter("shares", _("Capital"), tuple(share_sections(rules))),
        Chapter("pay", _("Retribución"), tuple(pay_sections(rules))),
        Chapter("surplus", _("Excedente"), tuple(surplus_sections(rules))),
        Chapter("law", _("La ley por encima"), (Section("law", _("De dónde es"), (law,)),)),
    )


def sections(rules: Rules, matters: Words) -> Iterator[Section]:
    for chapter in chapters(rules, matters):
        yield from chapter.sections
