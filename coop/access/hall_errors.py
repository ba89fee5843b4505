"""Why a hall PIN was refused. None of them tells whether a member number exists."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class HallPinRefused(DomainError):
    def message(self) -> str:
        return _(
            "El número o el PIN de sala no coinciden. Fijate y probá de nuevo. Si todavía no tenés PIN "
            "de sala, ponelo en tu teléfono, en Mi cuenta; hoy, la mesa te puede anotar."
        )


class HallPinLocked(DomainError):
    """Too many wrong PINs for that number at this kiosk; nothing is locked anywhere else."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes

    def message(self) -> str:
        return ngettext(
            "Hubo demasiados intentos en este kiosco. Esperá %(n)d minuto, usá tu teléfono u otro kiosco, "
            "o pedile a la mesa que te anote.",
            "Hubo demasiados intentos en este kiosco. Esperá %(n)d minutos, usá tu teléfono u otro kiosco, "
            "o pedile a la mesa que te anote.",
            self.minutes,
        ) % {"n": self.minutes}


class EasyHallPin(DomainError):
    def __init__(self, why: str | Promise) -> None:
        super().__init__(why)
        self.why = why

    def message(self) -> str:
        return str(self.why)


class HallPinNotNewer(DomainError):
    def message(self) -> str:
        return _("Ese PIN se acaba de cambiar. Probá de nuevo en un momento.")
