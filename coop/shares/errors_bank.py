"""Why an account for the pay is not taken, or not changed."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class AliasRefused(DomainError):
    def message(self) -> str:
        return _(
            "Eso parece un alias. Un alias se puede mudar a otra cuenta sin avisar, y la plata con él: por "
            "eso se paga al CBU o CVU. Copiá los 22 números que muestra tu banco o tu billetera."
        )


class WrongLength(DomainError):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def message(self) -> str:
        sentence = ngettext(
            "Es %(count)s número; un CBU o CVU lleva 22.",
            "Son %(count)s números; un CBU o CVU lleva 22.",
            self.count,
        )
        return sentence % {"count": self.count}


class WrongDigits(DomainError):
    def message(self) -> str:
        return _("Esos números no cierran: hay uno cambiado. Copialos de nuevo.")


class SameAccount(DomainError):
    def message(self) -> str:
        return _("Esa ya es la cuenta en la que se cobra.")


class ChangeWaits(DomainError):
    def message(self) -> str:
        return _(
            "Ya hay un cambio de cuenta que espera confirmación. Confirmalo o dejalo sin efecto primero."
        )


class NotWaiting(DomainError):
    def message(self) -> str:
        return _("Ese cambio de cuenta ya no espera confirmación.")


class NotYours(DomainError):
    status = 403

    def message(self) -> str:
        return _("La cuenta de otra persona la cambia ella, la tesorería o la secretaría.")


class OwnConfirmationOnly(DomainError):
    status = 403

    def message(self) -> str:
        return _("Ese cambio lo confirma la persona que cobra en esa cuenta.")


class NotASecondPerson(DomainError):
    def message(self) -> str:
        return _("Lo tiene que confirmar alguien que no cobre en esa cuenta ni haya pedido el cambio.")


class AlreadyConfirmed(DomainError):
    def message(self) -> str:
        return _("Eso ya está confirmado; falta la otra persona.")


class WhyMissing(DomainError):
    def message(self) -> str:
        return _("Escribí por qué queda sin efecto.")


class SplitOutOfRange(DomainError):
    def message(self) -> str:
        return _(
            "Decí cuánto va al banco: un importe, o una parte de 1 a 99 por ciento. Una sola de las dos."
        )


class NoAccount(DomainError):
    def message(self) -> str:
        return _("Sin una cuenta confirmada se cobra en efectivo. Cargá la cuenta primero.")
