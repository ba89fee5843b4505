"""What a sanction file refuses, with its figures."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.members.enums import Measure, StepKind


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


class SaysNothing(DomainError):
    def message(self) -> str:
        return _("Escribí qué pasó: sin palabras no hay sumario, ni descargo, ni apelación.")


class StepDoesNotFollow(DomainError):
    """That step was done, is too early, or has a day before the one that it follows."""

    def __init__(self, kind: StepKind) -> None:
        super().__init__(kind)
        self.kind = kind

    def message(self) -> str:
        return _(
            "«%(step)s» no puede ir ahora en este sumario. Mirá qué pasos tiene, y que las fechas "
            "vayan en orden."
        ) % {"step": self.kind.label}


class NeedsDefence(DomainError):
    """Nobody is suspended or excluded unheard (ET 13)."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self.measure = measure

    def message(self) -> str:
        return _(
            "Para una %(measure)s hace falta el descargo, o que haya vencido el plazo para presentarlo."
        ) % {"measure": self.measure.label}


class DefenceRunsStill(DomainError):
    def __init__(self, due: date) -> None:
        super().__init__(due)
        self.due = due

    def message(self) -> str:
        return _("El plazo para el descargo corre hasta el %(day)s inclusive.") % {"day": _day(self.due)}


class SuspensionTooLong(DomainError):
    def __init__(self, days: int, most: int) -> None:
        super().__init__(days, most)
        self.days, self.most = days, most

    def message(self) -> str:
        if not self.days:
            return _("Decí de cuántos días es la suspensión: hasta %(most)d.") % {"most": self.most}
        return _("Son %(days)d días, y el estatuto permite una suspensión de hasta %(most)d.") % {
            "days": self.days,
            "most": self.most,
        }


class NothingToAppeal(DomainError):
    def message(self) -> str:
        return _("Este sumario terminó sin sanción: no hay qué apelar.")


class AppealTooLate(DomainError):
    def __init__(self, due: date) -> None:
        super().__init__(due)
        self.due = due

    def message(self) -> str:
        return _("El plazo para apelar venció el %(day)s.") % {"day": _day(self.due)}


class AppealRanOut(DomainError):
    """A decision written down so late that the person could no longer appeal."""

    def __init__(self, due: date) -> None:
        super().__init__(due)
        self.due = due

    def message(self) -> str:
        return _(
            "Contando desde ese día, el plazo para apelar ya venció el %(day)s. Avisale a la persona ahora, "
            "y escribí el día de hoy."
        ) % {"day": _day(self.due)}


class DecidedBefore(DomainError):
    """The resolution is older than what the file heard last: it cannot have decided on it."""

    def __init__(self, resolution: str, adopted: date, heard: date) -> None:
        super().__init__(resolution, adopted, heard)
        self.resolution, self.adopted, self.heard = resolution, adopted, heard

    def message(self) -> str:
        return _(
            "La resolución %(number)s es del %(adopted)s, y el último paso de este sumario es del %(heard)s: "
            "no pudo decidir sobre él."
        ) % {"number": self.resolution, "adopted": _day(self.adopted), "heard": _day(self.heard)}
