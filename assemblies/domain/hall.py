"""Kiosks: opened and closed by whoever keeps the hall, and with their assembly they close by themselves."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assemblies.errors import AssemblyNotOpen, KioskNameTaken
from assemblies.models import Assembly, Kiosk
from assemblies.models.hall import LONGEST_NAME
from coop.common.words import one_line
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act


@transaction.atomic
def open_kiosk(*, assembly_id: int, name: str, by: Actor, at: datetime) -> Kiosk:
    """A device of the hall becomes a kiosk of that assembly. Without a name it is called by its number.

    Raises AssemblyNotOpen, KioskNameTaken.
    """
    require(by, Power.KEEP_HALL, at)
    assembly = Assembly.objects.select_for_update(no_key=True).get(pk=assembly_id)
    if not assembly.is_open:
        raise AssemblyNotOpen
    wanted = one_line(name)[:LONGEST_NAME] or _free_name(assembly)
    if Kiosk.objects.filter(assembly=assembly, closed_at__isnull=True, name=wanted).exists():
        raise KioskNameTaken(wanted)
    kiosk = Kiosk.objects.create(assembly=assembly, name=wanted, opened_at=at, opened_by_id=by.signature)
    write(Act.HALL_OPENED, by=by, at=at, facts={"assembly": assembly.pk, "kiosk": wanted})
    return kiosk


@transaction.atomic
def close_kiosk(*, key: uuid.UUID, by: Actor, at: datetime) -> Kiosk:
    """From now on nobody votes at it. Closing one that is over gives it back as it is."""
    require(by, Power.KEEP_HALL, at)
    kiosk = Kiosk.objects.select_for_update(of=("self",)).select_related("assembly").get(pk=key)
    if kiosk.over_at is not None:
        return kiosk
    kiosk.closed_at, kiosk.closed_by_id = at, by.signature
    kiosk.save(update_fields=["closed_at", "closed_by"])
    write(Act.HALL_CLOSED, by=by, at=at, facts={"assembly": kiosk.assembly_id, "kiosk": kiosk.name})
    return kiosk


def living(key: uuid.UUID) -> Kiosk | None:
    """That kiosk with its assembly, while it is open."""
    return Kiosk.objects.alive().select_related("assembly").filter(pk=key).first()


def _free_name(assembly: Assembly) -> str:
    return _("Kiosco %(n)d") % {"n": Kiosk.objects.filter(assembly=assembly).count() + 1}
