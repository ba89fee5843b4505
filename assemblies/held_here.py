"""What this room keeps about a member: presence, named votes, motions, mandates.

These polls are named: each ballot stands beside a line of the roll. A secret one would have none here.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assemblies.models import Attendance, Mandate, MandateReport, Motion, RollEntry
from coop.members.held import Held


def assemblies_held(member_id: int, at: datetime) -> Iterator[Held]:
    """Five tables, five statements."""
    yield _attendance(member_id)
    yield _votes(member_id)
    yield _motions(member_id)
    yield _mandates(member_id)
    yield _reports(member_id)


def _attendance(member_id: int) -> Held:
    found = Attendance.objects.filter(member_id=member_id).select_related("assembly").order_by("-arrived_at")
    return Held(
        name="attendance",
        title=_("Asambleas en las que estuviste"),
        columns=(_("Asamblea"), _("Llegaste"), _("Te fuiste"), _("Cómo se anotó")),
        rows=[
            (
                _moment(one.assembly.starts_at),
                _moment(one.arrived_at),
                _moment(one.left_at) if one.left_at else "—",
                str(one.get_channel_display()),
            )
            for one in found
        ],
        why=_("Para el quórum y el padrón de cada votación. Lo lee cada asociado/a, y queda en el acta."),
    )


def _votes(member_id: int) -> Held:
    found = RollEntry.objects.filter(member_id=member_id).select_related("poll__motion", "ballot")
    return Held(
        name="votes",
        title=_("Votaciones por nombre en cuyo padrón estuviste"),
        columns=(_("Abierta"), _("Moción"), _("Qué votaste")),
        rows=[
            (_moment(one.poll.opened_at), one.poll.motion.title, _choice(one))
            for one in found.order_by("-poll__opened_at")
        ],
        why=_("Son por nombre: cada asociado/a lee quién votó qué. De un voto secreto no habría nada acá."),
    )


def _choice(entry: RollEntry) -> str:
    ballot = getattr(entry, "ballot", None)
    return str(ballot.get_choice_display()) if ballot else _("no votaste")


def _motions(member_id: int) -> Held:
    mine = Q(mover_id=member_id) | Q(seconder_id=member_id)
    return Held(
        name="motions",
        title=_("Mociones tuyas"),
        columns=(_("Cuándo"), _("Moción"), _("Hiciste"), _("En qué quedó")),
        rows=[
            (
                _moment(one.moved_at),
                one.title,
                _("mocionaste") if one.mover_id == member_id else _("apoyaste"),
                str(one.get_state_display()),
            )
            for one in Motion.objects.filter(mine).order_by("-moved_at")
        ],
        why=_("Lo lee cada asociado/a, y queda en el acta."),
    )


def _mandates(member_id: int) -> Held:
    found = Mandate.objects.filter(holders__member_id=member_id).select_related("given_by")
    return Held(
        name="mandates",
        title=_("Encargos que te dieron"),
        columns=(_("Dado"), _("Encargo"), _("Para cuándo"), _("Lo anotó")),
        rows=[
            (
                _moment(one.given_at),
                one.what,
                str(date_format(one.due_on, "SHORT_DATE_FORMAT")),
                one.given_by.name,
            )
            for one in found.order_by("-given_at")
        ],
        why=_("Lo lee cada asociado/a."),
    )


def _reports(member_id: int) -> Held:
    found = MandateReport.objects.filter(by_id=member_id).select_related("mandate").order_by("-at")
    return Held(
        name="mandate_reports",
        title=_("Lo que informaste de un encargo"),
        columns=(_("Cuándo"), _("Encargo"), _("Qué"), _("Dijiste")),
        rows=[
            (_moment(one.at), one.mandate.what, str(one.get_kind_display()), one.text or "—") for one in found
        ],
        why=_("Lo lee cada asociado/a."),
    )


def _moment(at: datetime) -> str:
    return str(date_format(localtime(at), "SHORT_DATETIME_FORMAT"))
