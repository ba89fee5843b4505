"""Why shares are not subscribed, paid in or paid back."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.money import money


def shown(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


class NotThatDay(DomainError):
    """The day is to come, or too long ago to be written down now."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(day, first, last)
        self.day, self.first, self.last = day, first, last

    def message(self) -> str:
        told = {"day": shown(self.day), "first": shown(self.first), "last": shown(self.last)}
        return _("%(day)s no puede ser: va del %(first)s al %(last)s.") % told


class NotAMember(DomainError):
    def __init__(self, name: str, day: date) -> None:
        super().__init__(name, day)
        self.name, self.day = name, day

    def message(self) -> str:
        told = {"name": self.name, "day": shown(self.day)}
        return _("%(name)s no figuraba en el registro el %(day)s: no puede suscribir cuotas.") % told


class HoldsSharesAlready(DomainError):
    """Who joined long ago subscribes more by a resolution."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s ya tiene cuotas: para sumar más hace falta la resolución que lo dice.") % {
            "name": self.name
        }


class WouldOvertake(DomainError):
    """A request from long ago, written down now, before somebody who waits already."""

    def __init__(self, asked_on: date, name: str) -> None:
        super().__init__(asked_on, name)
        self.asked_on, self.name = asked_on, name

    def message(self) -> str:
        told = {"day": shown(self.asked_on), "name": self.name}
        return (
            _(
                "Con fecha %(day)s pasaría delante de %(name)s, que ya está en la cola. Un pedido se anota "
                "hasta 30 días después; los de antes, en el orden en que se pidieron."
            )
            % told
        )


class NoStatuteThen(DomainError):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        return _("El %(day)s no regía ningún estatuto: no se sabe cuánto vale una cuota.") % {
            "day": shown(self.day)
        }


class SharesOutOfRange(DomainError):
    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def message(self) -> str:
        return _("La cantidad de cuotas va de 1 a %(most)s.") % {"most": self.most}


class TooManyInstalments(DomainError):
    """`most` months: the years that the statute gives."""

    def __init__(self, most: int, source: str) -> None:
        super().__init__(most, source)
        self.most, self.source = most, source

    def message(self) -> str:
        told = {"most": self.most, "source": self.source}
        return _("Se paga en 0 a %(most)s cuotas mensuales: es lo que da el estatuto (%(source)s).") % told


class FirstPaymentOutOfRange(DomainError):
    """Cents."""

    def __init__(self, least: int, most: int, source: str) -> None:
        super().__init__(least, most, source)
        self.least, self.most, self.source = least, most, source

    def message(self) -> str:
        told = {"least": money(self.least), "most": money(self.most), "source": self.source}
        return _("El primer pago va de %(least)s a %(most)s (%(source)s).") % told


class ResolutionMissing(DomainError):
    def message(self) -> str:
        return _("Elegí la resolución que lo decidió.")


class WrongWay(DomainError):
    """Neither one's own subscription, nor one whose member keeps the accounts."""

    status = 403

    def message(self) -> str:
        return _("Cómo se pagan las cuotas de otra persona lo cambia ella o la tesorería.")


class NothingToOpen(DomainError):
    def message(self) -> str:
        return _("No queda nadie cuyas cuotas del registro falte pasar a las cuentas.")


class MoreThanIsLeft(DomainError):
    """Cents."""

    def __init__(self, cents: int, left: int) -> None:
        super().__init__(cents, left)
        self.cents, self.left = cents, left

    def message(self) -> str:
        if not self.left:
            return _("No le queda nada por integrar.")
        told = {"cents": money(self.cents), "left": money(self.left)}
        return _("%(cents)s es más que lo que falta integrar: %(left)s.") % told


class NothingPaid(DomainError):
    def message(self) -> str:
        return _("El importe tiene que ser mayor que cero.")


class ReceiptMissing(DomainError):
    def message(self) -> str:
        return _("Escribí el número del recibo que entregaste: sin recibo no se asienta.")


class ReceiptTaken(DomainError):
    def __init__(self, receipt: str) -> None:
        super().__init__(receipt)
        self.receipt = receipt

    def message(self) -> str:
        return _("El recibo %(receipt)s ya está asentado. Fijate el número.") % {"receipt": self.receipt}


class CannotTakeBack(DomainError):
    """Only what was paid at the desk, once, and while the shares are still the member's."""

    def message(self) -> str:
        return _(
            "Ese pago no se anula: ya está anulado, vino de una liquidación o del registro, o esas cuotas "
            "ya entraron en un reembolso."
        )


class ReasonMissing(DomainError):
    def message(self) -> str:
        return _("Escribí por qué.")


class HasNotLeft(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s sigue en el registro: el reembolso se pide después de la baja.") % {
            "name": self.name
        }


class NothingToRefund(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no tiene cuotas integradas por reembolsar.") % {"name": self.name}


class NotTheFirst(DomainError):
    """Somebody who asked earlier is not paid in full."""

    def __init__(self, first: str) -> None:
        super().__init__(first)
        self.first = first

    def message(self) -> str:
        return _("Se paga por orden de pedido: antes está %(first)s.") % {"first": self.first}


class OverTheCap(DomainError):
    """Cents that the year may still pay."""

    def __init__(self, year: int, room: int, source: str) -> None:
        super().__init__(year, room, source)
        self.year, self.room, self.source = year, room, source

    def message(self) -> str:
        told = {"year": self.year, "room": money(self.room), "source": self.source}
        return _("Al ejercicio %(year)s le quedan %(room)s para reembolsos (%(source)s).") % told


class MoreThanIsOwed(DomainError):
    """Cents."""

    def __init__(self, owed: int) -> None:
        super().__init__(owed)
        self.owed = owed

    def message(self) -> str:
        return _("De ese pedido se deben %(owed)s, no más.") % {"owed": money(self.owed)}


class LossOutOfRange(DomainError):
    def message(self) -> str:
        return _("La parte que se pierde va de 0 a 100 por ciento, con hasta cuatro decimales.")


class LossAlreadySet(DomainError):
    def __init__(self, resolution: str) -> None:
        super().__init__(resolution)
        self.resolution = resolution

    def message(self) -> str:
        return _("La resolución %(resolution)s ya fijó una pérdida.") % {"resolution": self.resolution}
