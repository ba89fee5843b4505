"""The facts of an act as a person reads them: each under its name, whatever the room that wrote it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The names that rooms give to what they keep; another key is shown as it is.
LABELS: Mapping[str, Any] = {
    "abstain": gettext_lazy("Abstenciones"),
    "adopted": gettext_lazy("Aprobada"),
    "adopted_by": gettext_lazy("Dónde se aprobó"),
    "agenda": gettext_lazy("Orden del día"),
    "assembly": gettext_lazy("Asamblea"),
    "call": gettext_lazy("Convocatoria"),
    "changed": gettext_lazy("Con cambios"),
    "day": gettext_lazy("Día"),
    "due_on": gettext_lazy("Para cuándo"),
    "entered_by": gettext_lazy("Lo copió"),
    "entry": gettext_lazy("Asiento"),
    "fields": gettext_lazy("Datos"),
    "file": gettext_lazy("Archivo"),
    "first_day": gettext_lazy("Desde"),
    "folio": gettext_lazy("Folio"),
    "holds_from": gettext_lazy("Rige desde"),
    "how": gettext_lazy("Cómo"),
    "item": gettext_lazy("Punto"),
    "kind": gettext_lazy("Clase"),
    "last_day": gettext_lazy("Hasta"),
    "lines": gettext_lazy("Líneas"),
    "mandate": gettext_lazy("Encargo"),
    "matter": gettext_lazy("Materia"),
    "member": gettext_lazy("N.º de asociado/a"),
    "minutes": gettext_lazy("Acta N.º"),
    "motion": gettext_lazy("Moción"),
    "mover": gettext_lazy("Mociona, N.º"),
    "name": gettext_lazy("Nombre"),
    "names": gettext_lazy("Nombres"),
    "new": gettext_lazy("Nuevas"),
    "no": gettext_lazy("NO"),
    "number": gettext_lazy("Número"),
    "on_register": gettext_lazy("En el registro"),
    "page": gettext_lazy("Página"),
    "period": gettext_lazy("Mes"),
    "place": gettext_lazy("Lugar"),
    "poll": gettext_lazy("Votación"),
    "present": gettext_lazy("Presentes"),
    "proposal": gettext_lazy("Proyecto"),
    "quorum": gettext_lazy("Quórum"),
    "reason": gettext_lazy("Motivo"),
    "required": gettext_lazy("Quórum pedido"),
    "resolution": gettext_lazy("Resolución"),
    "resolutions": gettext_lazy("Resoluciones"),
    "seat": gettext_lazy("Cargo"),
    "seconder": gettext_lazy("Apoya, N.º"),
    "sha256": gettext_lazy("Código de control"),
    "starts_at": gettext_lazy("Empieza"),
    "tally": gettext_lazy("Votos"),
    "text": gettext_lazy("Texto"),
    "text_sha256": gettext_lazy("Código de control del texto"),
    "title": gettext_lazy("Título"),
    "unchanged": gettext_lazy("Sin cambios"),
    "what": gettext_lazy("Qué"),
    "who": gettext_lazy("Quién"),
    "yes": gettext_lazy("SÍ"),
    "year": gettext_lazy("Año"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """`values` are shown one under the other; `is_code` for control codes."""

    label: str
    values: list[str]
    is_code: bool


def facts_of(facts: Mapping[str, Any]) -> list[Fact]:
    return [Fact(_label(key), list(_values(value)), key.endswith("sha256")) for key, value in facts.items()]


def _label(key: str) -> str:
    return str(LABELS.get(key, key.replace("_", " ")))


def _values(value: Any) -> Iterator[str]:
    """Whatever JSON holds, as lines: a list is a line each, an object its names and values."""
    if isinstance(value, Mapping):
        yield "; ".join(f"{_label(key)}: {', '.join(_values(held))}" for key, held in value.items()) or "—"
    elif isinstance(value, list):
        for held in value:
            yield from _values(held)
        if not value:
            yield "—"
    elif value is True or value is False:
        yield _("sí") if value else _("no")
    else:
        yield "—" if value in (None, "") else str(value)
