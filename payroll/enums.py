from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class HourKind(models.TextChoices):
    """The value is the statute's key (`rules.pay.hours`) and the column's name."""

    WORKED = "worked", _("trabajo")
    SICK = "sick", _("enfermedad")
    HOLIDAY = "holiday", _("vacaciones")


class Question(models.TextChoices):
    """What is odd but possible in a month's hours: asked before a run is prepared."""

    MISSING = "missing", _("No tiene horas")
    OUTSIDE = "outside", _("No figura en el registro ese mes")
    JOINED = "joined", _("Ingresó durante el mes")
    LEFT = "left", _("Se fue durante el mes")
    FAR = "far", _("Horas muy distintas a las del mes anterior")
    ADVANCE = "advance", _("Adelanto mayor que lo que cobra")


class Answer(models.TextChoices):
    AS_IS = "as_is", _("Está bien así")
    NONE = "none", _("Sin horas este mes")
    HOURS = "hours", _("Las horas son estas")


class RunState(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("pay run", "Espera aprobación")
    APPROVED = "approved", pgettext_lazy("pay run", "Aprobada")
    WITHDRAWN = "withdrawn", pgettext_lazy("pay run", "Retirada")


class MarkKind(models.TextChoices):
    SEEN = "seen", pgettext_lazy("receipt", "Visto")
    OBJECTED = "objected", pgettext_lazy("receipt", "Con una objeción")


class CameBy(models.TextChoices):
    """How a file of hours came in."""

    BROWSER = "browser", _("por la página")
    COMMAND = "command", _("por la línea de comandos del servidor")
