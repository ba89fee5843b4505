"""Statutes to begin with: each a whole document, every value with its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coop.statute.ready_made.assembly_only import ASSEMBLY_ONLY
from coop.statute.ready_made.brazil import BRAZIL
from coop.statute.ready_made.uruguay import URUGUAY
from coop.statute.rules import MODEL_STATUTE, Rules


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """`title` is the version's own, kept for ever and so in Spanish; `label` and `about` are for choosing."""

    key: str
    title: str
    label: str | Promise
    about: str | Promise
    rules: Rules


DEFAULT = "argentina"
READY_MADE: Mapping[str, ReadyMade] = {
    one.key: one
    for one in (
        ReadyMade(
            key=DEFAULT,
            title="Estatuto modelo",
            label=_("Argentina: estatuto tipo de INAES"),
            about=_(
                "Ley 20.337. Quórum de la mitad más uno, dos tercios para reformar, "
                "5 % a cada fondo, sin voto por poder."
            ),
            rules=MODEL_STATUTE,
        ),
        ReadyMade(
            key="uruguay",
            title="Estatuto modelo de Uruguay",
            label=_("Uruguay: ley 18.407"),
            about=_(
                "Reserva legal de 15 % que baja cuando iguala al capital, 5 % a educación, "
                "segunda convocatoria una hora después."
            ),
            rules=URUGUAY,
        ),
        ReadyMade(
            key="brazil",
            title="Estatuto modelo de Brasil",
            label=_("Brasil: ley 5.764"),
            about=_("Tres convocatorias, 10 % a la reserva y 5 % al FATES, sin voto por poder."),
            rules=BRAZIL,
        ),
        ReadyMade(
            key="assembly_only",
            title="Estatuto de asamblea",
            label=_("Solo asamblea"),
            about=_(
                "Todo lo decide una asamblea semanal con quienes estén, por más de la mitad; "
                "los cargos rotan cada año."
            ),
            rules=ASSEMBLY_ONLY,
        ),
    )
}
