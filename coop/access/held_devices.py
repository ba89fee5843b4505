"""What this room keeps about a member, for the page that says so."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.access.models import Card, Device, MailAddress
from coop.members.held import Held


def _when(at: datetime | None) -> str:
    return str(date_format(localtime(at), "SHORT_DATETIME_FORMAT")) if at else ""


def devices_held(member_id: int, at: datetime) -> Iterator[Held]:
    why = _("Para que nadie ingrese en tu nombre sin que se note. Lo ve también quien lleva el registro.")
    yield Held(
        name="devices",
        title=_("Aparatos con que ingresás"),
        columns=(_("Aparato"), _("Se abre con"), _("De alta"), _("Dio fe"), _("De baja")),
        rows=[
            (
                one.name,
                one.get_opens_display(),
                _when(one.enrolled_at),
                one.witness.name if one.witness else "",
                _when(one.voided_at),
            )
            for one in Device.objects.filter(member=member_id).select_related("witness")
        ],
        why=why,
    )
    yield Held(
        name="cards",
        title=_("Tarjetas de alta"),
        columns=(_("Dada"), _("Por"), _("Usada"), _("Anulada")),
        rows=[
            (
                _when(one.given_at),
                one.given_by.name if one.given_by else _("administración técnica"),
                _when(one.used_at),
                _when(one.voided_at),
            )
            for one in Card.objects.filter(member=member_id).select_related("given_by")
        ],
        why=why,
    )
    yield Held(
        name="mail_addresses",
        title=_("Correos con que ingresaste"),
        columns=(_("Correo"), _("Desde")),
        rows=[(one.email, _when(one.since)) for one in MailAddress.objects.filter(member=member_id)],
        why=_("Para saber desde cuándo ese correo abre tu cuenta. Lo ves solamente vos."),
    )
