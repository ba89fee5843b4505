from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class SignInRefused(DomainError):
    def message(self) -> str:
        return _("El número o la clave no coinciden. Fijate y probá de nuevo.")


class TooManyAttempts(DomainError):
    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes

    def message(self) -> str:
        return ngettext(
            "Hubo demasiados intentos. Esperá %(n)d minuto y probá de nuevo.",
            "Hubo demasiados intentos. Esperá %(n)d minutos y probá de nuevo.",
            self.minutes,
        ) % {"n": self.minutes}


class CodeExpired(DomainError):
    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at

    def message(self) -> str:
        when = date_format(localtime(self.at), "SHORT_DATETIME_FORMAT")
        return _("Esa clave de un solo uso venció el %(when)s. Pedile otra a la secretaría.") % {"when": when}


class NotOnRegister(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no figura hoy en el registro de asociados/as.") % {"name": self.name}


class FileHasProblems(DomainError):
    """The register file cannot go in as it is. `problems` holds all of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def message(self) -> str:
        return ngettext(
            "El archivo tiene %(n)d error: no se cargó nada.",
            "El archivo tiene %(n)d errores: no se cargó nada.",
            self.count,
        ) % {"n": self.count}
