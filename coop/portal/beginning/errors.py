from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class AlreadyBegun(DomainError):
    """There is a cooperative in this database: nothing begins a second time."""

    status = 410

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("Acá ya vive %(name)s: esto se usa una sola vez.") % {"name": self.name}


class CodeRefused(DomainError):
    def message(self) -> str:
        return _("Ese código no es, ya se usó o venció. Pedí otro en el servidor y probá de nuevo.")


class NotHeld(DomainError):
    """This browser does not hold the beginning (any more): another one opened it with a newer code."""

    status = 403

    def message(self) -> str:
        return _("Este navegador ya no tiene la puesta en marcha: la siguió otro. Pedí un código nuevo.")


class NotReady(DomainError):
    def __init__(self, missing: int) -> None:
        super().__init__(missing)
        self.missing = missing

    def message(self) -> str:
        return ngettext(
            "Falta %(n)d paso. No se guardó nada todavía: lo que cargaste sigue ahí.",
            "Faltan %(n)d pasos. No se guardó nada todavía: lo que cargaste sigue ahí.",
            self.missing,
        ) % {"n": self.missing}


class NoSuchPerson(DomainError):
    status = 404

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number

    def message(self) -> str:
        return _("No hay nadie con el número %(number)s en lo que cargaste.") % {"number": self.number}
