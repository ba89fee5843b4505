from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """Why somebody subscribed shares."""

    OPENING = "opening", _("lo que decía el registro al empezar")
    ADMISSION = "admission", _("al ingresar")
    RESOLUTION = "resolution", _("por una resolución")


class Way(models.TextChoices):
    """How instalments are paid."""

    DESK = "desk", _("En tesorería")
    PAY = "pay", _("Descontadas de la retribución")


class CameIn(models.TextChoices):
    """By what road money was paid in."""

    OPENING = "opening", _("lo que decía el registro al empezar")
    DESK = "desk", _("en tesorería")
    PAY = "pay", _("descontado de la retribución")


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("Espera confirmación")
    DONE = "done", _("Rige")
    DROPPED = "dropped", _("Sin efecto")


class Method(models.TextChoices):
    BANK = "bank", _("Todo al banco")
    CASH = "cash", _("Todo en efectivo")
    SPLIT = "split", _("Una parte al banco, el resto en efectivo")
