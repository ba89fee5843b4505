"""What a mandate refuses, with its figures."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.errors import DomainError


class MandateNeedsWords(DomainError):
    def message(self) -> str:
        return _("Escribí qué hay que hacer, en una frase.")


class MandateNeedsSomebody(DomainError):
    def message(self) -> str:
        return _("Un encargo es de alguien: elegí una o más personas, o un cargo. No las dos cosas.")


class MandateNeedsADecision(DomainError):
    def message(self) -> str:
        return _("Un encargo lo da la asamblea: elegí la resolución o la moción de la que sale.")


class NotOnTheRegister(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no está hoy en el registro de asociados/as.") % {"name": self.name}


class DueInThePast(DomainError):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        told = {"day": date_format(self.day, "SHORT_DATE_FORMAT")}
        return _("El plazo no puede ser el %(day)s, que ya pasó.") % told


class MandateSettled(DomainError):
    def message(self) -> str:
        return _("Ese encargo ya está cerrado. Mirá cómo quedó.")


class NotYourMandate(DomainError):
    status = 403

    def message(self) -> str:
        return _("De este encargo informa quien lo tiene, o quien anota los encargos.")


class ReportNeedsWords(DomainError):
    def message(self) -> str:
        return _("Contá qué pasó: la asamblea lo va a leer.")
