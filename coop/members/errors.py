from datetime import date
from enum import Enum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coop.common.errors import DomainError
from coop.members.enums import FactKind


class SignInRefused(DomainError):
    def message(self) -> str:
        return _("El número o la clave no coinciden. Fijate y probá de nuevo.")


class TooManyAttempts(DomainError):
    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes

    def message(self) -> str:
        return ngettext(
            "Hubo demasiados intentos. Esperá %(n)d minuto y probá de nuevo.",
            "Hubo demasiados intentos. Esperá %(n)d minutos y probá de nuevo.",
            self.minutes,
        ) % {"n": self.minutes}


class NotOnRegister(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("%(name)s no figura hoy en el registro de asociados/as.") % {"name": self.name}


class FileHasProblems(DomainError):
    """The register file cannot go in as it is. `problems` holds all of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    def message(self) -> str:
        return ngettext(
            "El archivo tiene %(n)d error: no se cargó nada.",
            "El archivo tiene %(n)d errores: no se cargó nada.",
            self.count,
        ) % {"n": self.count}


class Why(Enum):
    """Why a fact cannot stand where it would."""

    AFTER_DEATH = gettext_lazy("esa persona había fallecido")
    BEFORE_JOINING = gettext_lazy("todavía no había ingresado")
    JOINED_ALREADY = gettext_lazy("ya había ingresado")
    IS_MEMBER = gettext_lazy("ese día ya figuraba en el registro")
    IS_GONE = gettext_lazy("ese día ya no figuraba en el registro")
    NOT_ON_TRIAL = gettext_lazy("ese día no estaba a prueba")
    NOT_SUSPENDED = gettext_lazy("ese día no tenía una suspensión")
    SUSPENDED_ALREADY = gettext_lazy("ese día ya tenía una suspensión")
    ENDS_BEFORE_IT_BEGINS = gettext_lazy("una suspensión termina después de empezar")


class ImpossibleFact(DomainError):
    """The facts of one person would contradict each other: `kind` on `day`, for the reason `why`."""

    def __init__(self, kind: FactKind, day: date, why: Why) -> None:
        super().__init__(kind, day, why)
        self.kind, self.day, self.why = kind, day, why

    def message(self) -> str:
        return _("«%(kind)s» el %(day)s no puede ser: %(why)s.") % {
            "kind": self.kind.label,
            "day": date_format(self.day, "SHORT_DATE_FORMAT"),
            "why": self.why.value,
        }


class WrongMatter(DomainError):
    def __init__(self, resolution: str, matter: str) -> None:
        super().__init__(resolution, matter)
        self.resolution, self.matter = resolution, matter

    def message(self) -> str:
        return _("La resolución %(resolution)s es de otra materia: %(matter)s.") % {
            "resolution": self.resolution,
            "matter": self.matter,
        }


class DecidedLater(DomainError):
    """Nothing acts on a day before it was decided."""

    def __init__(self, resolution: str, adopted: date) -> None:
        super().__init__(resolution, adopted)
        self.resolution, self.adopted = resolution, adopted

    def message(self) -> str:
        return _("La resolución %(resolution)s es del %(day)s: no puede tener efecto antes.") % {
            "resolution": self.resolution,
            "day": date_format(self.adopted, "SHORT_DATE_FORMAT"),
        }


class NeedsResolution(DomainError):
    def __init__(self, kind: FactKind) -> None:
        super().__init__(kind)
        self.kind = kind

    def message(self) -> str:
        return _("«%(kind)s» se asienta con la resolución que lo decidió.") % {"kind": self.kind.label}


class NeedsSource(DomainError):
    def __init__(self, kind: FactKind) -> None:
        super().__init__(kind)
        self.kind = kind

    def message(self) -> str:
        return _("Decí en qué papel consta «%(kind)s», o con qué resolución.") % {"kind": self.kind.label}


class NoticeTooShort(DomainError):
    """A resignation holds from `earliest` on, unless a resolution accepts it sooner (ET 12)."""

    def __init__(self, earliest: date, days: int) -> None:
        super().__init__(earliest, days)
        self.earliest, self.days = earliest, days

    def message(self) -> str:
        return _(
            "El estatuto pide %(days)d días de aviso: la renuncia vale desde el %(day)s, "
            "salvo que una resolución la acepte antes."
        ) % {"days": self.days, "day": date_format(self.earliest, "SHORT_DATE_FORMAT")}


class NotYet(DomainError):
    """The day has not come, or is too far ahead to be meant."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    def message(self) -> str:
        return _("El %(day)s todavía no llegó. Revisá la fecha.") % {
            "day": date_format(self.day, "SHORT_DATE_FORMAT")
        }


class AnnulledAlready(DomainError):
    def message(self) -> str:
        return _("Ese hecho ya está anulado.")


class BelongsToFile(DomainError):
    """What a sanction file brought about changes in that file, not by hand."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def message(self) -> str:
        return _("Eso salió del sumario N.º %(number)d: se cambia ahí.") % {"number": self.number}
