"""What a reform or the cooperative's data can be refused for."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError
from coop.statute.rules.problems import BadStatute as BadStatute


class DraftGone(DomainError):
    status = 404

    def message(self) -> str:
        return _("Este borrador ya no está: se presentó o se descartó.")


class DraftChanged(DomainError):
    """Somebody else saved meanwhile."""

    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        sentence = _(
            "Mientras escribías, %(name)s guardó otro cambio en este borrador. "
            "Abajo está lo tuyo: mirá el borrador como está ahora y volvé a guardar si hace falta."
        )
        return sentence % {"name": self.name}


class NothingChanges(DomainError):
    def message(self) -> str:
        return _("La reforma no cambia nada: es igual al estatuto del que salió.")


class AlreadyPresented(DomainError):
    def message(self) -> str:
        return _("Ya hay una reforma presentada igual a esta.")


class StaleReform(DomainError):
    """Another reform was adopted since this one was begun."""

    def __init__(self, title: str, code: str) -> None:
        super().__init__(title, code)
        self.title, self.code = title, code

    def message(self) -> str:
        sentence = _(
            "Desde que se empezó esta reforma se aprobó otra: «%(title)s» (código %(code)s). "
            "Hay que redactarla de nuevo sobre el estatuto como quedó."
        )
        return sentence % {"title": self.title, "code": self.code}


class NotTheReform(DomainError):
    def message(self) -> str:
        return _("Esta no es la reforma que se presentó: algo no coincide con su código de control.")


class NoStatute(DomainError):
    def message(self) -> str:
        return _("Todavía no hay un estatuto cargado.")


class HoldsTooSoon(DomainError):
    def __init__(self, after: date) -> None:
        super().__init__(after)
        self.after = after

    def message(self) -> str:
        sentence = _("Tiene que valer desde después del %(day)s, que es desde cuando vale el de ahora.")
        return sentence % {"day": date_format(self.after, "SHORT_DATE_FORMAT")}


class BadLogo(DomainError):
    """`why`: `kind`, `bytes` or `pixels`."""

    def __init__(self, why: str, most: int) -> None:
        super().__init__(why, most)
        self.why, self.most = why, most

    def message(self) -> str:
        if self.why == "kind":
            return _("El logo tiene que ser una imagen PNG o JPEG.")
        if self.why == "bytes":
            return ngettext(
                "El logo puede pesar %(most)d KB como máximo.",
                "El logo puede pesar %(most)d KB como máximo.",
                self.most,
            ) % {"most": self.most}
        return _("El logo puede medir %(most)d puntos de lado como máximo.") % {"most": self.most}
