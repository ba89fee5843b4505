from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from coop.common.errors import NotAllowed
from coop.powers.actor import Actor


class Power(TextChoices):
    CONVENE = "convene", _("convocar asambleas y armar el orden del día")
    PRESIDE = "preside", _("abrir y cerrar la asamblea y sus votaciones")
    KEEP_ATTENDANCE = "keep_attendance", _("llevar el registro de asistencia")
    RECORD_MOTIONS = "record_motions", _("anotar las mociones de la asamblea")
    KEEP_REGISTER = "keep_register", _("llevar el registro de asociados/as")
    KEEP_TERMS = "keep_terms", _("asentar los mandatos")
    WRITE_MINUTES = "write_minutes", _("redactar las actas")
    CLOSE_MINUTES = "close_minutes", _("cerrar las actas que redactó otra persona")
    KEEP_ACCOUNTS = "keep_accounts", _("llevar las cuentas: horas, liquidaciones y propuestas de reparto")
    APPROVE_PAY = "approve_pay", _("aprobar la liquidación que preparó otra persona")
    KEEP_HOUSE = "keep_house", _("corregir los datos de la cooperativa")
    DRAFT_STATUTE = "draft_statute", _("redactar reformas del estatuto")
    ENTER_RESOLUTIONS = "enter_resolutions", _("asentar resoluciones del libro de papel")
    CONFIRM_RESOLUTIONS = "confirm_resolutions", _("confirmar las resoluciones que asentó otra persona")
    KEEP_MANDATES = "keep_mandates", _("anotar los encargos de la asamblea")
    CONFIRM_BANK = "confirm_bank", _("confirmar el cambio de cuenta bancaria de otra persona")
    WITNESS = "witness", _("ser testigo cuando se da de alta un teléfono")
    KEEP_HALL = "keep_hall", _("abrir y cerrar el kiosco de la asamblea")
    FILL_VACANCIES = "fill_vacancies", _("nombrar, hasta la próxima asamblea, a quien cubre un cargo vacante")
    PLAN_ROTATION = "plan_rotation", _("proponer listas para renovar los cargos")
    HOLD_DRAWS = "hold_draws", _("sortear a la vista de cada asociado/a")
    KEEP_FILINGS = "keep_filings", _("seguir los trámites del consejo en el banco y en los registros")
    COORDINATE_WORK = "coordinate_work", _("coordinar los turnos de tareas de una sección")


# The command line may begin a cooperative (its register, its first terms); it may never govern it.
SYSTEM_POWERS = frozenset({Power.KEEP_REGISTER, Power.KEEP_TERMS, Power.KEEP_HOUSE, Power.ENTER_RESOLUTIONS})

Answer = Callable[[int, datetime], frozenset[Power]]
_answers: list[Answer] = []


def holders_answer(answer: Answer) -> Answer:
    """Registers `answer(member_id, at)`: the powers that member holds at that instant."""
    _answers[:] = [answer]
    return answer


# While a page is read: what has been answered for (member, instant).
_Known = dict[tuple[int, datetime], frozenset[Power]]
_known: ContextVar[_Known | None] = ContextVar("powers known", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """For pages: `powers_of` and `may` ask once for each member and instant. `require` always asks."""
    token = _known.set({}) if _known.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _known.reset(token)


def powers_of(actor: Actor, at: datetime) -> frozenset[Power]:
    known = _known.get()
    if known is None or actor.member_id is None:
        return _asked(actor, at)
    key = (actor.member_id, at)
    if key not in known:
        known[key] = _asked(actor, at)
    return known[key]


def powers_of_member(member_id: int, at: datetime) -> frozenset[Power]:
    """`powers_of`, for whoever knows no more than the key."""
    return powers_of(Actor(member_id=member_id, number=None, name=""), at)


def _asked(actor: Actor, at: datetime) -> frozenset[Power]:
    if actor.member_id is None:
        return SYSTEM_POWERS
    return _answers[0](actor.member_id, at) if _answers else frozenset()


def may(actor: Actor, power: Power, at: datetime) -> bool:
    return power in powers_of(actor, at)


def require(actor: Actor, power: Power, at: datetime) -> None:
    """Raises NotAllowed unless `actor` holds `power` at `at`."""
    if power not in _asked(actor, at):
        raise NotAllowed(str(power.label))
