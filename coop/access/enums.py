"""By what a device is opened."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Opens(TextChoices):
    """The values are those of `coop.members.models.Way`."""

    PIN = "pin", _("PIN")
    PASSKEY = "passkey", _("llave del teléfono")
