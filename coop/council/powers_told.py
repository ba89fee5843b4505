"""What a seat may do, in sentences: read from the one table, for every member to see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coop.council.models import SeatKind
from coop.council.models.seats import seat_name
from coop.council.powers import powers_of_seat
from coop.council.seats import Wanted, seats_of
from coop.powers import Power
from coop.statute.domain import rules_at

# Where a power stops short: another person, or the assembly, has to agree.
LIMITS: Mapping[Power, str | Promise] = {
    Power.CLOSE_MINUTES: gettext_lazy("El acta que redactó no la puede cerrar."),
    Power.WRITE_MINUTES: gettext_lazy("La cierra otra persona, y firman también quienes nombró la asamblea."),
    Power.APPROVE_PAY: gettext_lazy("La que preparó no la puede aprobar."),
    Power.KEEP_ACCOUNTS: gettext_lazy("No se paga nada sin que otra persona lo apruebe."),
    Power.DRAFT_STATUTE: gettext_lazy("Vale recién si la asamblea la aprueba."),
    Power.ENTER_RESOLUTIONS: gettext_lazy("No valen hasta que otra persona las compara con el libro."),
    Power.CONFIRM_RESOLUTIONS: gettext_lazy("Las que asentó no las puede confirmar."),
    Power.CONFIRM_BANK: gettext_lazy("Ni el propio, ni el que asentó."),
    Power.KEEP_TERMS: gettext_lazy("Cada uno cita la decisión que lo dio; con esto no se nombra a nadie."),
    Power.FILL_VACANCIES: gettext_lazy("Solo si el estatuto lo dice y ya no hay suplentes."),
    Power.PLAN_ROTATION: gettext_lazy("La elección es de la asamblea."),
    Power.HOLD_DRAWS: gettext_lazy("La semilla se compromete antes, y cualquiera puede repetir el sorteo."),
    Power.KEEP_REGISTER: gettext_lazy("Cada cambio queda en el libro de actos."),
    Power.COORDINATE_WORK: gettext_lazy("Quien coordina una sección, solo en la suya."),
}


@dataclass(frozen=True, slots=True)
class May:
    power: Power
    sentence: str
    limit: str


@dataclass(frozen=True, slots=True)
class Column:
    """Seats that carry the same powers and are called alike; `code` is the first one's."""

    code: str
    name: str
    carries: frozenset[Power]


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    carried: bool


@dataclass(frozen=True, slots=True)
class Row:
    power: str
    limit: str
    cells: tuple[Cell, ...]


def columns_at(at: datetime) -> tuple[Column, ...]:
    """The seats of the statute in force, those that are alike once: all members-at-large are one column."""
    found: dict[tuple[str, frozenset[Power]], Column] = {}
    for one in seats_of(rules_at(at)):
        carries, name = carried_by(one), _column_name(one)
        found.setdefault((name, carries), Column(one.code, name, carries))
    return tuple(found.values())


def seats_at(at: datetime) -> list[tuple[str, str]]:
    """Code and name of every seat of the statute in force."""
    return [(one.code, called(one)) for one in seats_of(rules_at(at))]


def table_at(at: datetime) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Seat by power; every power is a row, also one that nobody carries."""
    columns = columns_at(at)
    rows = tuple(
        Row(
            power=_capital(str(power.label)),
            limit=str(LIMITS.get(power, "")),
            cells=tuple(Cell(column.name, power in column.carries) for column in columns),
        )
        for power in Power
    )
    return columns, rows


def may_of(powers: Iterable[Power]) -> list[May]:
    """In the order of the table."""
    held = frozenset(powers)
    return [
        May(power, _("Puede %(what)s.") % {"what": power.label}, str(LIMITS.get(power, "")))
        for power in Power
        if power in held
    ]


def carried_by(seat: Wanted) -> frozenset[Power]:
    return powers_of_seat(seat.code, seat.kind, seat.position_kind)


def called(seat: Wanted) -> str:
    return seat.name or seat_name(seat.code)


def members_may() -> list[str]:
    """What being a member is enough for; the statute says when."""
    return [
        _("Entrar a cada asamblea, hablar, presentar mociones y apoyar las de otras personas."),
        _("Votar si está en el padrón de esa votación, y comprobar después que su voto está."),
        _("Con otras personas, pedir una asamblea o sumar un punto al orden del día."),
        _("Leer las cuentas, las liquidaciones, las actas, el estatuto y el libro de actos."),
        _("Decir con qué cargos se puede contar y con cuáles no."),
        _("Ver todo lo que está guardado sobre su persona, y pedir que se corrija."),
        _("Repetir las cuentas de una votación, de un sorteo o de un reparto, con sus propios medios."),
    ]


def nobody_may() -> list[str]:
    """Not a matter of rights: the database refuses."""
    return [
        _("Borrar o cambiar un acto asentado, un acta cerrada, un asiento o un voto."),
        _("Seguir en un cargo después de la fecha: el mandato termina solo."),
        _("Tener dos cargos del consejo o de la sindicatura a la vez, o dos personas el mismo."),
        _("Aprobar lo que preparó, o confirmar lo que asentó."),
        _("Dar permisos: no hay dónde guardarlos. Cada derecho sale de un mandato y termina con él."),
        _("Administrar para siempre: la administración técnica no tiene cargo ni voto."),
    ]


def _column_name(seat: Wanted) -> str:
    kinds = {
        SeatKind.ALTERNATE: _("Suplencias"),
        SeatKind.AUDITOR: _("Sindicatura titular"),
        SeatKind.ALTERNATE_AUDITOR: _("Sindicatura suplente"),
    }
    positions = {
        "coordinator": _("Coordinaciones"),
        "commission": _("Comisiones"),
        "delegate": _("Delegaciones"),
    }
    if seat.kind == SeatKind.COUNCIL:
        return _("Vocalías") if seat.code.startswith("member_") else called(seat)
    return kinds.get(seat.kind) or positions.get(seat.position_kind) or called(seat)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
