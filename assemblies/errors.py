"""What an assembly refuses, with its figures."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class AssemblyNotOpen(DomainError):
    def message(self) -> str:
        return _("La asamblea no está abierta.")


class AssemblyAlreadyOpen(DomainError):
    """Another assembly is in session."""

    def message(self) -> str:
        return _("Ya hay otra asamblea abierta. Levantala antes de abrir esta.")


class AssemblyStateChanged(DomainError):
    """Somebody else did it first, or it cannot be done any more."""

    def message(self) -> str:
        return _("La asamblea ya cambió de estado. Mirá cómo está ahora.")


class PollStillOpen(DomainError):
    def message(self) -> str:
        return _("Hay una votación abierta. Cerrala antes de seguir.")


class QuorumNotMet(DomainError):
    def __init__(self, present: int, required: int) -> None:
        super().__init__(present, required)
        self.present, self.required = present, required

    def message(self) -> str:
        return ngettext(
            "Todavía no hay quórum: hay %(present)d presente y hacen falta %(required)d.",
            "Todavía no hay quórum: hay %(present)d presentes y hacen falta %(required)d.",
            self.present,
        ) % {"present": self.present, "required": self.required}


class Suspended(DomainError):
    """A suspension takes seat, voice and vote away while it lasts; appealing it is done in writing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s tiene una suspensión: mientras dura no integra la asamblea.") % {"name": self.name}


class NotPresent(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no está anotado/a como presente.") % {"name": self.name}


class NotYetTheHour(DomainError):
    """An assembly opens at the hour it was called for, not before (ET 37)."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(starts_at)
        self.starts_at = starts_at

    def message(self) -> str:
        when = date_format(localtime(self.starts_at), "DATETIME_FORMAT")
        return _("La asamblea está convocada para el %(when)s: antes no se puede abrir.") % {"when": when}


class TooEarly(DomainError):
    """The attendance book is not on the table yet."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(opens_at)
        self.opens_at = opens_at

    def message(self) -> str:
        when = date_format(localtime(self.opens_at), "DATETIME_FORMAT")
        return _("Todavía es temprano: podés anotarte desde el %(when)s.") % {"when": when}


class MoverCannotSecond(DomainError):
    def message(self) -> str:
        return _("Quien mociona no puede apoyar su propia moción.")


class EmptyMotion(DomainError):
    def message(self) -> str:
        return _("La moción necesita una frase que se pueda votar.")


class MotionNotReady(DomainError):
    def __init__(self, state_label: str) -> None:
        super().__init__(state_label)
        self.state_label = state_label

    def message(self) -> str:
        return _("La moción está en estado «%(state)s» y así no se puede.") % {"state": self.state_label}


class PollClosed(DomainError):
    """The vote came after the close: it was not recorded."""

    def message(self) -> str:
        return _("La votación ya está cerrada. Tu voto no se registró.")


class NotOnRoll(DomainError):
    def message(self) -> str:
        return _(
            "No estás en el padrón de esta votación: se abrió cuando todavía no figurabas como presente. "
            "Podés votar en la próxima."
        )


class SignInEnded(DomainError):
    """The sign-in behind the request was ended, here or from another device."""

    status = 401

    def message(self) -> str:
        return _("Tu sesión se cerró. Ingresá de nuevo y votá.")


class EnrolledTooLate(DomainError):
    """What opened this sign-in was handed over when the poll was already open: it could be anybody's hand."""

    def __init__(self, enrolled_at: datetime, opened_at: datetime) -> None:
        super().__init__(enrolled_at, opened_at)
        self.enrolled_at, self.opened_at = enrolled_at, opened_at

    def message(self) -> str:
        figures = {
            "enrolled": date_format(localtime(self.enrolled_at), "TIME_FORMAT"),
            "opened": date_format(localtime(self.opened_at), "TIME_FORMAT"),
        }
        return (
            _(
                "Entraste con algo que se dio de alta a las %(enrolled)s y esta votación se abrió a las "
                "%(opened)s: en esta no puede votar, para que nadie vote por quien no está. En la próxima sí."
            )
            % figures
        )


class KioskNameTaken(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        sentence = _("Ya hay un kiosco abierto que se llama «%(name)s». Ponele otro nombre.")
        return sentence % {"name": self.name}


class KioskClosed(DomainError):
    """Closed by somebody, or with its assembly."""

    def message(self) -> str:
        return _("Este kiosco está cerrado.")


class EmptyAgenda(DomainError):
    def message(self) -> str:
        return _("El orden del día necesita al menos un punto.")


class StartsTooFarAhead(DomainError):
    """A slip in the year: an assembly cannot be taken back."""

    def message(self) -> str:
        return _("Falta más de un año para ese día. Revisá la fecha.")


class TooShortNotice(DomainError):
    """The statute asks for `days` between the notice and the assembly; `first` is the first possible day."""

    def __init__(self, *, days: int, first: date, source: str) -> None:
        super().__init__(days, first, source)
        self.days, self.first, self.source = days, first, source

    def message(self) -> str:
        told = {"n": self.days, "day": date_format(self.first, "SHORT_DATE_FORMAT"), "source": self.source}
        sentence = ngettext(
            "El estatuto pide convocar %(n)d día antes (%(source)s): puede ser desde el %(day)s.",
            "El estatuto pide convocar %(n)d días antes (%(source)s): puede ser desde el %(day)s.",
            self.days,
        )
        return sentence % told


class StartsInThePast(DomainError):
    def message(self) -> str:
        return _("La asamblea tiene que empezar más adelante, no en el pasado.")


class AssemblyNotClosed(DomainError):
    """Minutes are of what is over."""

    def message(self) -> str:
        return _("El acta se redacta cuando la asamblea se levanta.")


class NotOnRecord(DomainError):
    """The record does not tell how the assembly was opened: its minutes would be invented."""

    def message(self) -> str:
        return _("El libro de actos no dice cómo se abrió esta asamblea: su acta no se puede redactar.")


class MinutesAlreadyClosed(DomainError):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def message(self) -> str:
        return _("El acta ya está cerrada, con el N.º %(number)d: no se le puede cambiar nada.") % {
            "number": self.number
        }


class RemarksChanged(DomainError):
    """Somebody else wrote at the same places meanwhile. `places` are their keys; nothing was saved."""

    def __init__(self, places: list[str]) -> None:
        super().__init__(places)
        self.places = places

    def message(self) -> str:
        return _(
            "Mientras escribías, otra persona guardó otro texto en el mismo lugar. No se guardó nada tuyo "
            "todavía: abajo están los dos textos. Dejá en cada caja el que vale y guardá de nuevo."
        )


class SignersNeeded(DomainError):
    """The assembly names so many members to sign (ET 44)."""

    def __init__(self, required: int, named: int, source: str) -> None:
        super().__init__(required, named, source)
        self.required, self.named, self.source = required, named, source

    def message(self) -> str:
        return ngettext(
            "Firma el acta %(required)d persona designada por la asamblea (%(source)s), "
            "y anotadas hay %(named)d.",
            "Firman el acta %(required)d personas designadas por la asamblea (%(source)s), "
            "y anotadas hay %(named)d.",
            self.required,
        ) % {"required": self.required, "named": self.named, "source": self.source}


class CannotSign(DomainError):
    """Not present, or already signing as president or secretary of that assembly."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _(
            "%(name)s no puede ser firmante: firma otra persona que haya estado presente, "
            "y no la presidencia ni la secretaría de esa asamblea."
        ) % {"name": self.name}


class WriterCannotClose(DomainError):
    def message(self) -> str:
        return _("Vos escribiste en esta acta: la cierra otra persona del consejo.")


class MinutesTextChanged(DomainError):
    """What was read is not what would be closed. Nothing was closed."""

    def message(self) -> str:
        return _("El texto cambió desde que lo leíste, así que no se cerró nada. Leelo de nuevo y confirmá.")


class NotANumberForMinutes(DomainError):
    def message(self) -> str:
        return _("El número de la última acta en papel tiene que ser un número entero, desde 0.")
