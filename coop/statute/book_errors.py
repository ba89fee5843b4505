"""What the paper book refuses, with its figures."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class LineNeedsWords(DomainError):
    def message(self) -> str:
        return _("La resolución necesita un título y dónde se aprobó: el acta o la asamblea.")


class DayStillToCome(DomainError):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        told = {"day": date_format(self.day, "SHORT_DATE_FORMAT")}
        return _("El %(day)s todavía no llegó: del libro se asienta lo que ya se aprobó.") % told


class NotAdoptedThen(DomainError):
    """A count without a single yes carries nothing."""

    def message(self) -> str:
        return _("Con cero votos por SÍ no se aprobó nada. Revisá el recuento o dejalo vacío.")


class AlreadyInTheBook(DomainError):
    """The same day and the same words, waiting or confirmed."""

    def __init__(self, title: str, day: date) -> None:
        super().__init__(title, day)
        self.title, self.day = title, day

    def message(self) -> str:
        told = {"title": self.title, "day": date_format(self.day, "SHORT_DATE_FORMAT")}
        return _("«%(title)s», del %(day)s, ya está asentada.") % told


class LineAlreadyDecided(DomainError):
    def message(self) -> str:
        return _("Esa línea ya se confirmó o se descartó: no se le puede cambiar nada.")


class OwnLines(DomainError):
    """Nobody confirms what they entered."""

    def message(self) -> str:
        return _("En esta página hay líneas que escribiste vos: las confirma otra persona del consejo.")


class PageChanged(DomainError):
    """What was read is not what would be confirmed. Nothing was confirmed."""

    def message(self) -> str:
        return _("La página cambió desde que la leíste, así que no se confirmó nada. Leela de nuevo.")


class NothingToConfirm(DomainError):
    def message(self) -> str:
        return _("En esta página no hay ninguna línea que espere confirmación.")


class ReturnNeedsAReason(DomainError):
    def message(self) -> str:
        return _("Escribí qué hay que corregir, así quien la asentó sabe qué mirar en el libro.")


class ProposalNotWaiting(DomainError):
    """The draft it names is not sealed, is another one, or was adopted already."""

    def message(self) -> str:
        return _("El proyecto que nombra ya no está presentado, o ya se aprobó. Elegí otro o ninguno.")


class OneDraftAtATime(DomainError):
    """The second might no longer hold once the first has been carried out."""

    def message(self) -> str:
        return _(
            "En esta página hay más de una resolución que aprueba un proyecto presentado. "
            "Devolvé una y confirmala después de la otra."
        )


class BookFileHasProblems(DomainError):
    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def message(self) -> str:
        return ngettext(
            "La planilla tiene %(n)d error y no se cargó nada.",
            "La planilla tiene %(n)d errores y no se cargó nada.",
            self.count,
        ) % {"n": self.count}
