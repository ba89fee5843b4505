"""Errors that a person caused and can mend. Each carries its figures; the screen shows them."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class DomainError(Exception):
    """A rule said no. `str(error)` is the sentence for the person, in the language of the request."""

    status = 422

    def message(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self.message()


class NotAllowed(DomainError, PermissionDenied):
    """The actor does not hold the power today."""

    status = 403

    def __init__(self, power_label: str = "") -> None:
        super().__init__(power_label)
        self.power_label = power_label

    def message(self) -> str:
        if not self.power_label:
            return _("No tenés permiso para hacer esto.")
        return _("Hoy no tenés un cargo que permita esto: %(power)s.") % {"power": self.power_label}
