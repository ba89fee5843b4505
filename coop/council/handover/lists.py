"""What is handed over with each seat: as the council keeps it, else as this house proposes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from coop.common.errors import NotAllowed
from coop.common.words import one_line
from coop.council.domain import seats_held
from coop.council.enums_handover import ItemKind
from coop.council.errors_handover import ListTooLong, NeedsWords, SaysAPassword
from coop.council.models import Checklist, Seat, SeatKind
from coop.powers import Actor, Power, may
from coop.record.domain import write
from coop.record.models import Act

MOST_LINES, LONGEST_TEXT = 30, 200
# "clave: 1234", "PIN=99": words for a secret, followed by what looks like one.
_SECRET = re.compile(r"\b(claves?|contraseñas?|passwords?|pin|usuario/clave)\s*[:=]\s*\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    kind: ItemKind
    text: str


_IN_COURSE = Line(ItemKind.PAPERS, gettext_noop("Asuntos en curso, por escrito"))
_KEYS = Line(ItemKind.KEYS, gettext_noop("Llaves del establecimiento y de la oficina"))
_BANK = Line(ItemKind.BANK, gettext_noop("Firma en las cuentas bancarias: baja de una y alta de la otra"))
BY_SEAT: Mapping[str, tuple[Line, ...]] = {
    "president": (
        _KEYS,
        _BANK,
        Line(ItemKind.FILINGS, gettext_noop("Trámites en curso ante los registros y el órgano cooperativo")),
        Line(ItemKind.ACCESS, gettext_noop("Accesos en línea a nombre de la presidencia: claves cambiadas")),
        Line(ItemKind.PAPERS, gettext_noop("Contratos, poderes y sellos")),
    ),
    "secretary": (
        _KEYS,
        Line(ItemKind.PAPERS, gettext_noop("Libros de actas, de asistencia y registro de asociados/as")),
        Line(ItemKind.FILINGS, gettext_noop("Presentaciones pendientes, con sus fechas")),
        Line(ItemKind.ACCESS, gettext_noop("Correo y accesos en línea de la cooperativa: claves cambiadas")),
        _BANK,
    ),
    "treasurer": (
        Line(ItemKind.KEYS, gettext_noop("Llaves de la oficina y de la caja")),
        _BANK,
        Line(ItemKind.MONEY, gettext_noop("Caja contada, cheques y valores")),
        Line(ItemKind.PAPERS, gettext_noop("Facturas, recibos y resúmenes del banco")),
        Line(ItemKind.FILINGS, gettext_noop("Pagos e impuestos que vencen en los próximos 60 días")),
        Line(ItemKind.ACCESS, gettext_noop("Accesos al banco y a los impuestos en línea: claves cambiadas")),
    ),
}
BY_KIND: Mapping[str, tuple[Line, ...]] = {
    SeatKind.COUNCIL: (_KEYS, _IN_COURSE),
    SeatKind.AUDITOR: (
        Line(ItemKind.PAPERS, gettext_noop("Libro de informes de la sindicatura")),
        Line(ItemKind.PAPERS, gettext_noop("Observaciones hechas y todavía sin respuesta")),
    ),
    SeatKind.POSITION: (
        Line(ItemKind.KEYS, gettext_noop("Llaves y herramientas a cargo")),
        _IN_COURSE,
    ),
}


@cache
def _ours() -> dict[str, str]:
    """Every line of ours in every language we speak, with its Spanish words: those are its key."""
    texts = {line.text for lines in (*BY_SEAT.values(), *BY_KIND.values()) for line in lines}
    found = {text: text for text in texts}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {gettext(text): text for text in texts}
    return found


def key_of(text: str) -> str:
    """What is kept of a line: ours under its key in whatever language it was read, others as typed."""
    return _ours().get(text, text)


def told(text: str) -> str:
    """A line in the language of the moment where it is ours; others as typed."""
    key = _ours().get(text)
    return gettext(key) if key else text


def proposed(seat: Seat) -> tuple[Line, ...]:
    """In Spanish, as the msgids are. Empty for alternates: they hold nothing until they are called."""
    return BY_SEAT.get(seat.code) or BY_KIND.get(seat.kind, ())


def kept(seat: Seat) -> Checklist | None:
    return Checklist.objects.filter(seat=seat).order_by("-pk").first()


def refuse_secrets(text: str) -> None:
    """Raises SaysAPassword for what looks like a secret written down."""
    if _SECRET.search(text):
        raise SaysAPassword


def may_keep(seat: Seat, by: Actor, at: datetime) -> bool:
    """Whoever keeps the terms, and whoever sits there: nobody knows better what the seat has."""
    if may(by, Power.KEEP_TERMS, at) and by.member_id is not None:
        return True
    return by.member_id is not None and seat.pk in {one.pk for one in seats_held(by.member_id, at)}


@transaction.atomic
def keep_list(*, seat: Seat, lines: Sequence[Line], by: Actor, at: datetime) -> Checklist:
    """The seat's list from now on; handovers that are open keep theirs.

    Raises NotAllowed, NeedsWords when nothing is left of it, ListTooLong, SaysAPassword.
    """
    if not may_keep(seat, by, at):
        raise NotAllowed(str(Power.KEEP_TERMS.label))
    said = [Line(line.kind, key_of(one_line(line.text)[:LONGEST_TEXT])) for line in lines]
    said = [line for line in said if line.text]
    if not said:
        raise NeedsWords
    if len(said) > MOST_LINES:
        raise ListTooLong(MOST_LINES)
    for line in said:
        refuse_secrets(line.text)
    items = [{"kind": line.kind.value, "text": line.text} for line in said]
    made = Checklist.objects.create(seat=seat, items=items, at=at, by_id=by.signature)
    facts = {"what": "list", "seat": seat.code, "seat_name": seat.name, "lines": len(items)}
    write(Act.HANDOVER_CHANGED, by=by, at=at, facts=facts)
    return made
