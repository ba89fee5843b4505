"""What this room keeps about a member."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.jobs.models import Away, Skill, Turn
from coop.members.held import Held


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


def work_held(member_id: int, at: datetime) -> Iterator[Held]:
    skills = Skill.objects.filter(member=member_id).select_related("task", "teacher", "confirmation__by")
    yield Held(
        name="skills",
        title=_("Las tareas que sabés hacer"),
        columns=(_("Día"), _("Tarea"), _("Dijiste"), _("Con quién aprendés"), _("Confirmó")),
        rows=[
            (
                _day(one.at.date()),
                one.task.name,
                str(one.get_level_display()),
                one.teacher.name if one.teacher else "",
                one.confirmation.by.name if hasattr(one, "confirmation") else "",
            )
            for one in skills.order_by("pk")
        ],
        why=_("Para que las tareas roten entre quienes las saben hacer. Lo lee cada asociado/a."),
    )
    turns = Turn.objects.filter(member=member_id).select_related("task")
    yield Held(
        name="turns",
        title=_("Tus turnos de tareas"),
        columns=(_("Desde"), _("Tarea"), _("Sin efecto"), _("Por qué fuera de orden")),
        rows=[
            (_day(one.first_day), one.task.name, _("sí") if one.called_off_at else "", one.why)
            for one in turns
        ],
        why=_("Lo lee cada asociado/a."),
    )
    yield Held(
        name="away",
        title=_("Días en que avisaste que no estás"),
        columns=(_("Desde"), _("Hasta"), _("Sin efecto")),
        rows=[
            (_day(one.first_day), _day(one.last_day), _("sí") if one.called_off_at else "")
            for one in Away.objects.filter(member=member_id)
        ],
        why=_("Para no darte turnos esos días. No se pide ni se guarda el motivo."),
    )
