"""Why a card, a device or a code was refused. Each sentence says what to do next."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class CardRefused(DomainError):
    """That code is no card's, or no longer."""


class CardUnknown(CardRefused):
    def message(self) -> str:
        return _("Ese código no es de ninguna tarjeta. Fijate letra por letra y probá de nuevo.")


class CardUsed(CardRefused):
    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at

    def message(self) -> str:
        when = date_format(localtime(self.at), "SHORT_DATETIME_FORMAT")
        return _(
            "Esa tarjeta ya se usó el %(when)s. Si no fuiste vos, avisale ya a la secretaría: "
            "alguien ingresó en tu nombre."
        ) % {"when": when}


class CardVoid(CardRefused):
    def message(self) -> str:
        return _("Esa tarjeta se anuló o se cambió por otra. Usá la última, o pedile una a la secretaría.")


class CardExpired(CardRefused):
    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at

    def message(self) -> str:
        when = date_format(localtime(self.at), "SHORT_DATETIME_FORMAT")
        return _("Esa tarjeta venció el %(when)s. Pedile otra a la secretaría.") % {"when": when}


class NobodyChosen(DomainError):
    def message(self) -> str:
        return _("No hay nadie a quien darle una tarjeta. Fijate a quiénes elegiste.")


class UnknownNumbers(DomainError):
    def __init__(self, numbers: list[str]) -> None:
        super().__init__(numbers)
        self.numbers = numbers

    def message(self) -> str:
        return ngettext(
            "No hay hoy nadie en el registro con el número %(numbers)s.",
            "No hay hoy nadie en el registro con los números %(numbers)s.",
            len(self.numbers),
        ) % {"numbers": ", ".join(self.numbers)}


class WeakPin(DomainError):
    def __init__(self, why: str | Promise) -> None:
        super().__init__(why)
        self.why = why

    def message(self) -> str:
        return str(self.why)


class NoPasswordToday(DomainError):
    def message(self) -> str:
        return _(
            "Hoy hay asamblea: con una tarjeta se puede dar de alta un teléfono, con PIN o con llave, "
            "y con un testigo. La clave, otro día."
        )


class DeviceGone(DomainError):
    def message(self) -> str:
        return _("Ese aparato ya no está dado de alta.")


class PinRefused(DomainError):
    def message(self) -> str:
        return _("Ese no es tu PIN en este aparato. Fijate y probá de nuevo.")


class PasskeyRefused(DomainError):
    def message(self) -> str:
        return _("La llave del teléfono no sirvió. Probá de nuevo, o ingresá de otra manera.")


class WitnessRefused(DomainError):
    def message(self) -> str:
        return _(
            "No podés ser testigo de un teléfono tuyo, ni de una tarjeta que diste vos. Buscá a otra persona."
        )


class WrongWitnessNumber(DomainError):
    def message(self) -> str:
        return _("Ese no es el número que muestra el teléfono. Pedile que te lo muestre y probá de nuevo.")


class NewAddressToday(DomainError):
    def message(self) -> str:
        return _(
            "Hoy hay asamblea, y con este correo nunca ingresaste: hoy no sirve. "
            "Pedile una tarjeta a la secretaría."
        )


class MailCodeRefused(DomainError):
    def message(self) -> str:
        return _("Ese código no sirve: está mal escrito, venció o ya se usó. Fijate, o pedí otro.")
