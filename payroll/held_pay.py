"""What this room keeps about a member: hours, answers about them, and receipts with their marks."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.common.money import money
from coop.members.held import Held
from coop.shares import banks
from payroll.enums import RunState
from payroll.errors_pay import month_name
from payroll.models import HoursAnswer, HoursLine, Payslip
from payroll.receipt import hours_shown


def pay_held(member_id: int, at: datetime) -> Iterator[Held]:
    """Three tables, five statements, however many months."""
    yield Held(
        name="hours",
        title=_("Tus horas y adelantos"),
        columns=(_("Mes"), _("Cargadas"), _("Trabajo"), _("Enfermedad"), _("Vacaciones"), _("Adelanto")),
        rows=[_line(one) for one in HoursLine.objects.filter(member_id=member_id).select_related("sheet")],
        why=_("De acá sale tu recibo. Las horas las lee cada asociado/a; los adelantos, la tesorería."),
    )
    yield Held(
        name="hours_answers",
        title=_("Lo que se preguntó de tus horas"),
        columns=(_("Mes"), _("Cuándo"), _("Pregunta"), _("Respuesta"), _("Motivo"), _("Quién")),
        rows=[_answer(one) for one in _answers(member_id)],
        why=_("Lo leen el consejo y quien lleva las cuentas."),
    )
    yield Held(
        name="receipts",
        title=_("Tus recibos"),
        columns=(
            *(_("Mes"), _("Horas pagas"), _("Bruto"), _("Deuda de antes"), _("Adelantos")),
            *(_("Cuotas sociales"), _("Descontado"), _("Neto"), _("Queda debiendo"), _("Dónde"), _("Marcas")),
        ),
        rows=[_slip(one) for one in _slips(member_id)],
        why=_("Lo leen vos y quien lleva las cuentas, y queda anotado cuando alguien más lo mira."),
    )


def _answers(member_id: int) -> Sequence[HoursAnswer]:
    found = HoursAnswer.objects.filter(member_id=member_id).select_related("sheet", "by")
    return list(found.order_by("-sheet__period", "pk"))


def _slips(member_id: int) -> Sequence[Payslip]:
    """Of runs that were approved; what waits or was taken back is nobody's pay."""
    found = Payslip.objects.filter(member_id=member_id, run__state=RunState.APPROVED)
    return list(found.select_related("run").prefetch_related("marks").order_by("-run__period"))


def _line(one: HoursLine) -> tuple[str, ...]:
    hours = (hours_shown(value) for value in (one.worked, one.sick, one.holiday))
    return month_name(one.sheet.period), _moment(one.sheet.at), *hours, money(one.advance)


def _answer(one: HoursAnswer) -> tuple[str, ...]:
    said = (str(one.get_question_display()), str(one.get_answer_display()), one.reason)
    return month_name(one.sheet.period), _moment(one.at), *said, one.by.name


def _slip(one: Payslip) -> tuple[str, ...]:
    figures = (one.gross, one.before, one.taken, one.withheld, one.deducted, one.net, one.owed)
    where = banks.shown(one.account) if one.account else _("en efectivo")
    marks = "; ".join(
        ": ".join(filter(None, (f"{mark.get_kind_display()} {_moment(mark.at)}", mark.text)))
        for mark in one.marks.all()
    )
    shown = (money(cents) for cents in figures)
    return month_name(one.run.period), hours_shown(one.paid), *shown, where, marks or "—"


def _moment(at: datetime) -> str:
    return str(date_format(localtime(at), "SHORT_DATETIME_FORMAT"))
