from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssemblyKind(models.TextChoices):
    WEEKLY = "weekly", _("Asamblea de trabajo")


class AssemblyState(models.TextChoices):
    CONVENED = "convened", _("Convocada")
    OPEN = "open", pgettext_lazy("assembly", "Abierta")
    CLOSED = "closed", pgettext_lazy("assembly", "Levantada")


class MotionState(models.TextChoices):
    MOVED = "moved", _("Espera apoyo")
    SECONDED = "seconded", _("Lista para votar")
    VOTING = "voting", _("En votación")
    ADOPTED = "adopted", _("Aprobada")
    REJECTED = "rejected", _("Rechazada")
    WITHDRAWN = "withdrawn", _("Retirada")


class PollState(models.TextChoices):
    OPEN = "open", pgettext_lazy("poll", "Abierta")
    CLOSED = "closed", pgettext_lazy("poll", "Cerrada")


class Choice(models.TextChoices):
    YES = "yes", pgettext_lazy("vote", "SÍ")
    NO = "no", pgettext_lazy("vote", "NO")
    ABSTAIN = "abstain", pgettext_lazy("vote", "ME ABSTENGO")


class Channel(models.TextChoices):
    """How presence was recorded."""

    PHONE = "phone", _("desde su teléfono")
    DESK = "desk", _("por la secretaría")
    KIOSK = "kiosk", _("en el kiosco de la sala")


class RemarkPlace(models.TextChoices):
    """Where in the minutes a summary stands."""

    OPENING = "opening", _("Apertura")
    ITEM = "item", _("Punto del orden del día")
    CLOSING = "closing", _("Cierre")


class ReportKind(models.TextChoices):
    """What somebody says of a mandate. `done` and `cancelled` close it; given back, the assembly decides."""

    PROGRESS = "progress", _("Sigue en marcha")
    DONE = "done", _("Está hecho")
    GIVEN_BACK = "given_back", _("No se puede: vuelve a la asamblea")
    CANCELLED = "cancelled", _("Queda sin efecto")
