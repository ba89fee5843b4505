"""What a person can mend."""

from django.utils.translation import gettext as _

from coop.common.errors import DomainError


class NotYourSection(DomainError):
    status = 403

    def __init__(self, section: str) -> None:
        super().__init__(section)
        self.section = section

    def message(self) -> str:
        if not self.section:
            return _("Las tareas de toda la cooperativa las coordina quien coordina todas las secciones.")
        return _("Coordinás otra sección: las tareas de %(section)s las ordena quien la coordina.") % {
            "section": self.section
        }


class TaskHasNoName(DomainError):
    def message(self) -> str:
        return _("Ponele un nombre a la tarea.")


class TaskIsThere(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("Esa sección ya tiene una tarea «%(name)s».") % {"name": self.name}


class TooManyPeople(DomainError):
    def __init__(self, people: int, most: int) -> None:
        super().__init__(people, most)
        self.people, self.most = people, most

    def message(self) -> str:
        return _("La hacen entre 1 y %(most)d personas a la vez; escribiste %(people)d.") % {
            "most": self.most,
            "people": self.people,
        }


class TaskIsClosed(DomainError):
    def message(self) -> str:
        return _("Esa tarea ya no se hace.")


class NotInTheSection(DomainError):
    def __init__(self, section: str) -> None:
        super().__init__(section)
        self.section = section

    def message(self) -> str:
        return _("Esta tarea es de %(section)s, y no trabajás ahí.") % {"section": self.section}


class TeacherCannot(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no figura entre quienes enseñan esta tarea.") % {"name": self.name}


class MayNotConfirm(DomainError):
    status = 403

    def message(self) -> str:
        return _("Lo confirma quien enseña esta tarea o quien coordina la sección, y nunca uno mismo.")


class NothingToConfirm(DomainError):
    status = 409

    def message(self) -> str:
        return _("Eso ya estaba confirmado, o cambió mientras lo mirabas.")


class TurnIsOver(DomainError):
    status = 409

    def message(self) -> str:
        return _("Ese turno ya pasó o se dejó sin efecto.")


class TurnsAreGiven(DomainError):
    status = 409

    def message(self) -> str:
        return _("Ese período ya tiene a todos. Para cambiarlo, dejá sin efecto un turno primero.")


class CannotTakeIt(DomainError):
    """`names` of those who cannot take a turn in that period."""

    def __init__(self, names: str) -> None:
        super().__init__(names)
        self.names = names

    def message(self) -> str:
        return _("No pueden tomar el turno ese período: %(names)s.") % {"names": self.names}


class WrongNumber(DomainError):
    def __init__(self, wanted: int, chosen: int) -> None:
        super().__init__(wanted, chosen)
        self.wanted, self.chosen = wanted, chosen

    def message(self) -> str:
        return _("Elegiste %(chosen)d y hay lugar para %(wanted)d.") % {
            "chosen": self.chosen,
            "wanted": self.wanted,
        }


class SayWhy(DomainError):
    def message(self) -> str:
        return _("No es a quien le toca: escribí por qué, para que lo lea cada uno (sin datos de salud).")


class NotYourTurn(DomainError):
    status = 403

    def message(self) -> str:
        return _("Solo se cambia un turno propio por el de otra persona.")


class SwapCannotBe(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _(
            "%(name)s no puede tomar ese turno: no sabe la tarea, no está esos días o ya tiene otro."
        ) % {"name": self.name}


class SwapIsAnswered(DomainError):
    status = 409

    def message(self) -> str:
        return _("Ese cambio ya se contestó, o uno de los turnos ya no está.")


class WrongDays(DomainError):
    def message(self) -> str:
        return _("El último día va después del primero, y desde hoy en adelante.")
