"""How often a task changes hands, and how well somebody can do it. Values are stored for ever."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Every(TextChoices):
    WEEK = "week", _("cada semana")
    MONTH = "month", _("cada mes")


class Level(TextChoices):
    LEARNING = "learning", _("está aprendiendo")
    CAN = "can", _("la sabe hacer")
    TEACHES = "teaches", _("la sabe hacer y la enseña")
    NONE = "none", _("no la hace")


DOES = frozenset({Level.CAN, Level.TEACHES})
