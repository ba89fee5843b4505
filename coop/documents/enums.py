from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Of a document: only forward, but for a failed one that somebody sends to be made again."""

    QUEUED = "queued", _("En la fila")
    RENDERING = "rendering", _("Se está armando")
    READY = "ready", _("Listo")
    FAILED = "failed", _("No salió")


class PartState(TextChoices):
    """Of a part: a worker that is lost sends it back to the queue; what is joined never changes."""

    QUEUED = "queued", _("En la fila")
    RENDERING = "rendering", _("Se está armando")
    RENDERED = "rendered", _("Armada")
    JOINED = "joined", _("Unida al documento")


class Reason(TextChoices):
    """Why a document failed, for the person who waits for it; what a programmer needs is in the log."""

    CRASHED = "crashed", _("La máquina se cortó o se quedó sin memoria cada vez que lo armaba.")
    TEMPLATE = "template", _("El modelo de este documento tiene un error.")
