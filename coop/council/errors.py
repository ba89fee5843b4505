"""Why nobody is seated, why a term does not end so."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from coop.common.errors import DomainError


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _instant(at: datetime) -> str:
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


class NoSuchSeat(DomainError):
    """`dropped_on`: the day from which a later version of the statute does without it."""

    def __init__(self, seat: str, day: date, dropped_on: date | None = None) -> None:
        super().__init__(seat, day, dropped_on)
        self.seat, self.day, self.dropped_on = seat, day, dropped_on

    def message(self) -> str:
        told = {"seat": self.seat, "day": _day(self.day)}
        if self.dropped_on is None:
            return _("El estatuto que vale el %(day)s no tiene el cargo %(seat)s.") % told
        told["dropped"] = _day(self.dropped_on)
        return (
            _(
                "Desde el %(dropped)s el estatuto ya no tiene el cargo %(seat)s: "
                "el mandato puede llegar hasta el día anterior."
            )
            % told
        )


class EndsBeforeItBegins(DomainError):
    def message(self) -> str:
        return _("El último día del mandato es anterior al primero.")


class TermTooLong(DomainError):
    def __init__(self, latest: date, says: str) -> None:
        super().__init__(latest, says)
        self.latest, self.says = latest, says

    def message(self) -> str:
        told = {"day": _day(self.latest), "says": self.says}
        return _("El mandato puede llegar como mucho hasta el %(day)s (%(says)s).") % told


class SeatTaken(DomainError):
    def __init__(self, seat: str, name: str, until: date) -> None:
        super().__init__(seat, name, until)
        self.seat, self.name, self.until = seat, name, until

    def message(self) -> str:
        told = {"seat": self.seat, "name": self.name, "until": _day(self.until)}
        return _("En esos días ya ocupa %(seat)s %(name)s, hasta el %(until)s.") % told


class OtherSeat(DomainError):
    def __init__(self, name: str, seat: str, until: date) -> None:
        super().__init__(name, seat, until)
        self.name, self.seat, self.until = name, seat, until

    def message(self) -> str:
        told = {"name": self.name, "seat": self.seat, "until": _day(self.until)}
        return _("%(name)s ya ocupa %(seat)s hasta el %(until)s. Una persona, un cargo.") % told


class NotMemberThroughout(DomainError):
    def __init__(self, name: str, since: date, until: date | None) -> None:
        super().__init__(name, since, until)
        self.name, self.since, self.until = name, since, until

    def message(self) -> str:
        told = {"name": self.name, "since": _day(self.since)}
        if self.until is None:
            return _("%(name)s es asociado/a desde el %(since)s: antes no puede ocupar un cargo.") % told
        told["until"] = _day(self.until)
        return _("%(name)s deja de ser asociado/a el %(until)s: el mandato no puede pasar de ahí.") % told


class SeatsNobody(DomainError):
    def __init__(self, resolution: str, matter: str, *, position: bool) -> None:
        super().__init__(resolution, matter, position)
        self.resolution, self.matter, self.position = resolution, matter, position

    def message(self) -> str:
        told = {"resolution": self.resolution, "matter": self.matter}
        if self.position:
            return (
                _(
                    "La resolución %(resolution)s es de «%(matter)s». "
                    "Este cargo lo da una elección o una decisión de trabajo."
                )
                % told
            )
        return (
            _(
                "La resolución %(resolution)s es de «%(matter)s». "
                "Un cargo del consejo o de la sindicatura lo da una elección."
            )
            % told
        )


class DecidedAfterwards(DomainError):
    def __init__(self, resolution: str, at: datetime) -> None:
        super().__init__(resolution, at)
        self.resolution, self.at = resolution, at

    def message(self) -> str:
        told = {"resolution": self.resolution, "at": _instant(self.at)}
        return _("La resolución %(resolution)s se aprobó el %(at)s: nada empieza ni termina antes.") % told


class TermIsOver(DomainError):
    def __init__(self, name: str, seat: str, ended: datetime) -> None:
        super().__init__(name, seat, ended)
        self.name, self.seat, self.ended = name, seat, ended

    def message(self) -> str:
        told = {"name": self.name, "seat": self.seat, "ended": _instant(self.ended)}
        return _("El mandato de %(name)s en %(seat)s ya terminó o termina antes, el %(ended)s.") % told


class EndsInThePast(DomainError):
    def __init__(self, ends_at: datetime) -> None:
        super().__init__(ends_at)
        self.ends_at = ends_at

    def message(self) -> str:
        told = {"at": _instant(self.ends_at)}
        return (
            _(
                "Un mandato no termina hacia atrás (%(at)s): lo que se hizo con él hasta ahora vale. "
                "Poné hoy o un día que viene."
            )
            % told
        )


class NeedsRecall(DomainError):
    def message(self) -> str:
        return _("Un mandato se revoca con la resolución de la asamblea que lo revocó.")


class NotEndedSo(DomainError):
    """That kind of end follows by itself: from the register, from the statute, from an assembly."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how

    def message(self) -> str:
        return _(
            "Eso («%(how)s») no se asienta a mano: sale del registro, del estatuto o de la asamblea."
        ) % {"how": self.how}


class NothingToFill(DomainError):
    def __init__(self, seat: str) -> None:
        super().__init__(seat)
        self.seat = seat

    def message(self) -> str:
        return _("%(seat)s no quedó vacante en medio de un mandato: lo cubre una elección.") % {
            "seat": self.seat
        }


class FilledOtherwise(DomainError):
    """The alternate whose turn it is comes first, or only the assembly may. `why` is a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def message(self) -> str:
        return self.why


class SeatedAlready(DomainError):
    """A decision seats somebody in a seat once: another choice is another decision."""

    def __init__(self, resolution: str, seat: str, name: str) -> None:
        super().__init__(resolution, seat, name)
        self.resolution, self.seat, self.name = resolution, seat, name

    def message(self) -> str:
        told = {"resolution": self.resolution, "seat": self.seat, "name": self.name}
        return (
            _(
                "Por la resolución %(resolution)s ya ocupó %(seat)s %(name)s: "
                "para otra persona hace falta otra elección."
            )
            % told
        )


class DecidedLongBefore(DomainError):
    def __init__(self, resolution: str, at: datetime, latest: date) -> None:
        super().__init__(resolution, at, latest)
        self.resolution, self.at, self.latest = resolution, at, latest

    def message(self) -> str:
        told = {"resolution": self.resolution, "at": _instant(self.at), "latest": _day(self.latest)}
        return _("La resolución %(resolution)s es del %(at)s: vale para esto hasta el %(latest)s.") % told


class NotOnTheSlate(DomainError):
    """The resolution adopted a list by its seal; this is not what it says."""

    def __init__(self, resolution: str, seat: str, name: str) -> None:
        super().__init__(resolution, seat, name)
        self.resolution, self.seat, self.name = resolution, seat, name

    def message(self) -> str:
        told = {"resolution": self.resolution, "seat": self.seat, "name": self.name}
        return _("La lista que aprobó la resolución %(resolution)s no dice %(name)s en %(seat)s.") % told


class LongerThanTheSlate(DomainError):
    """The list that was adopted gives this seat a shorter term: the council is renewed by parts."""

    def __init__(self, resolution: str, seat: str, latest: date) -> None:
        super().__init__(resolution, seat, latest)
        self.resolution, self.seat, self.latest = resolution, seat, latest

    def message(self) -> str:
        told = {"resolution": self.resolution, "seat": self.seat, "day": _day(self.latest)}
        return (
            _(
                "La lista que aprobó la resolución %(resolution)s da a %(seat)s un mandato hasta el %(day)s, "
                "para renovar el consejo por partes. Poné ese día o dejalo vacío."
            )
            % told
        )


class OutsideMembership(DomainError):
    """The register's new days leave a term that the member held, or holds, outside their membership."""

    def __init__(self, name: str, seat: str, first: date, last: date) -> None:
        super().__init__(name, seat, first, last)
        self.name, self.seat, self.first, self.last = name, seat, first, last

    def message(self) -> str:
        told = {"name": self.name, "seat": self.seat, "first": _day(self.first), "last": _day(self.last)}
        return (
            _(
                "Con esas fechas %(name)s no sería asociado/a mientras ocupa %(seat)s, del %(first)s al "
                "%(last)s. Revisá el día de ingreso, de baja o de reingreso."
            )
            % told
        )


class RecalledBefore(DomainError):
    def __init__(self, resolution: str, at: datetime) -> None:
        super().__init__(resolution, at)
        self.resolution, self.at = resolution, at

    def message(self) -> str:
        told = {"resolution": self.resolution, "at": _instant(self.at)}
        return _("La resolución %(resolution)s es del %(at)s, anterior a este mandato: no lo revoca.") % told


class TheirOwnToSay(DomainError):
    """A resignation is the act of who resigns, or was accepted by a decision that two officers entered."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _(
            "A un cargo renuncia la propia persona: %(name)s, desde la página de su mandato. Para asentarlo "
            "en su lugar citá la resolución que lo aceptó."
        ) % {"name": self.name}
