"""Why a handover or a filing stays as it is."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


def shown(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))


class NotYourHandover(DomainError):
    status = 403

    def message(self) -> str:
        return _("En este traspaso hablan quien entrega y quien recibe.")


class HandoverSigned(DomainError):
    def message(self) -> str:
        return _("Alguien ya firmó este traspaso: su lista no cambia más.")


class SaysAPassword(DomainError):
    """A key of any kind was about to be written where every member reads."""

    def message(self) -> str:
        return _("Parece que ahí hay una clave. Esto lo lee cada asociado/a: anotá solamente qué se entregó.")


class NeedsANote(DomainError):
    def message(self) -> str:
        return _("Contá en una frase qué pasa con eso: lo lee la otra parte, y queda.")


class NeedsWords(DomainError):
    def message(self) -> str:
        return _("Falta decir qué es.")


class ListTooLong(DomainError):
    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def message(self) -> str:
        return _("La lista llega a %(most)s renglones: juntá algunos.") % {"most": self.most}


class LinesUnanswered(DomainError):
    def __init__(self, missing: int) -> None:
        super().__init__(missing)
        self.missing = missing

    def message(self) -> str:
        return ngettext(
            "Falta responder %(n)s renglón. Recién entonces se firma.",
            "Falta responder %(n)s renglones. Recién entonces se firma.",
            self.missing,
        ) % {"n": self.missing}


class HandoverTooEarly(DomainError):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        return _("El mandato que se entrega dura hasta el %(day)s: se firma después.") % {
            "day": shown(self.day)
        }


class OtherSideComes(DomainError):
    """A witness signs for who cannot come, or did not in time."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        return _(
            "Firma quien entrega. Si no lo hace, alguien del consejo puede ser testigo desde el %(day)s."
        ) % {"day": shown(self.day)}


class NoWitness(DomainError):
    status = 403

    def message(self) -> str:
        return _("Es testigo alguien del consejo o de la sindicatura que no entregue ni reciba.")


class ReadItAgain(DomainError):
    def message(self) -> str:
        return _("La lista cambió mientras la leías: leela de nuevo antes de firmar.")


class FilingClosed(DomainError):
    def message(self) -> str:
        return _("Ese trámite ya está cerrado.")


class FilingNotYours(DomainError):
    status = 403

    def message(self) -> str:
        return _("Lo anota quien lo tiene a su cargo, o quien sigue los trámites del consejo.")


class FilingNotOn(DomainError):
    """A day that cannot be."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(day, first, last)
        self.day, self.first, self.last = day, first, last

    def message(self) -> str:
        told = {"day": shown(self.day), "first": shown(self.first), "last": shown(self.last)}
        return _("%(day)s no puede ser: va del %(first)s al %(last)s.") % told


class FilingNeeds(DomainError):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind

    def message(self) -> str:
        says = {
            "taken": _("Elegí a alguien que esté hoy en el registro."),
            "put_off": _("Poné la nueva fecha y por qué se corre."),
            "note": _("Contá qué pasó."),
            "done": _("Poné el día y el número del trámite: con eso cualquiera lo puede verificar."),
            "dropped": _("Contá por qué ya no hace falta."),
        }
        return says[self.kind]
