"""Why somebody may not stand, a slate is not kept, a draw is not held."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError
from coop.council.rotation.words import people_said, places_said


class MayNotStand(DomainError):
    """The statute's rotation, or the register, says no. `reasons` are sentences, each with its day."""

    def __init__(self, name: str, seat: str, reasons: Sequence[str]) -> None:
        super().__init__(name, seat, tuple(reasons))
        self.name, self.seat, self.reasons = name, seat, tuple(reasons)

    def message(self) -> str:
        told = {"name": self.name, "seat": self.seat, "reasons": " ".join(self.reasons)}
        return _("%(name)s no puede ocupar el cargo %(seat)s. %(reasons)s") % told


class NotTakingPart(DomainError):
    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(tuple(numbers))
        self.numbers = tuple(numbers)

    def message(self) -> str:
        told = ", ".join(map(str, self.numbers))
        return ngettext(
            "Hoy no forma parte de la asamblea el número %(numbers)s.",
            "Hoy no forman parte de la asamblea los números %(numbers)s.",
            len(self.numbers),
        ) % {"numbers": told}


class TooFewParticipants(DomainError):
    def __init__(self, present: int, places: int) -> None:
        super().__init__(present, places)
        self.present, self.places = present, places

    def message(self) -> str:
        told = {"present": people_said(self.present), "places": places_said(self.places)}
        return (
            _("Con %(present)s para %(places)s no se sortea: hacen falta dos por lo menos, y una por lugar.")
            % told
        )


class TooSoon(DomainError):
    def message(self) -> str:
        return _("Se sortea después de anunciarlo, y no antes de la hora anunciada.")


class AlreadyDrawn(DomainError):
    status = 409

    def message(self) -> str:
        return _("Este sorteo ya se hizo: un sorteo se hace una sola vez.")


class CalledOff(DomainError):
    status = 409

    def message(self) -> str:
        return _("Este sorteo quedó sin efecto: se anuncia otro.")


class NoReason(DomainError):
    def message(self) -> str:
        return _("Escribí por qué queda sin efecto: lo lee cada asociado/a.")


class OpenAlready(DomainError):
    """One for that purpose is announced, among some of the same people."""

    status = 409

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title

    def message(self) -> str:
        return _(
            "Ya está anunciado «%(title)s» con algunas de estas personas. Se hace ese, o se deja sin efecto "
            "diciendo por qué."
        ) % {"title": self.title}


class NoValue(DomainError):
    def message(self) -> str:
        return _("Escribí el valor público tal como se dijo: números o letras.")


class NothingChanges(DomainError):
    def message(self) -> str:
        return _("Eso es lo que ya habías dicho.")


class NoSuchKin(DomainError):
    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(tuple(numbers))
        self.numbers = tuple(numbers)

    def message(self) -> str:
        told = ", ".join(map(str, self.numbers))
        return ngettext(
            "No hay otra persona en el registro con el número %(numbers)s.",
            "No hay otras personas en el registro con los números %(numbers)s.",
            len(self.numbers),
        ) % {"numbers": told}


class SlateStale(DomainError):
    status = 409

    def message(self) -> str:
        return _(
            "Las propuestas cambiaron: alguien declaró algo o cambió un cargo. Miralas de nuevo y elegí."
        )


class SlateNoLonger(DomainError):
    """A slate whose people may not stand any more, or whose seats were filled."""

    status = 409

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(tuple(reasons))
        self.reasons = tuple(reasons)

    def message(self) -> str:
        return _("Esta lista ya no cumple las reglas. %(reasons)s") % {"reasons": " ".join(self.reasons)}


class MayNotDeclare(DomainError):
    status = 403

    def message(self) -> str:
        return _("Se ofrece quien figura hoy en el registro de asociados/as.")
