"""What stands in the way of joining, of a section, of a contact."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class TooYoung(DomainError):
    def __init__(self, least: int, age: int) -> None:
        super().__init__(least, age)
        self.least, self.age = least, age

    def message(self) -> str:
        return _("Tiene %(age)d años y el estatuto pide %(least)d.") % {"age": self.age, "least": self.least}


class WasMember(DomainError):
    """Who is or was a member keeps that number: they are readmitted."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__(number, name)
        self.number, self.name = number, name

    def message(self) -> str:
        return _(
            "Ese CUIL es de %(name)s, N.º %(number)d del registro. Si se fue y vuelve, asentá su reingreso."
        ) % {"name": self.name, "number": self.number}


class AppliedAlready(DomainError):
    def message(self) -> str:
        return _("Esa persona ya tiene una solicitud que espera respuesta.")


class AnsweredAlready(DomainError):
    def message(self) -> str:
        return _("Esa solicitud ya tiene respuesta.")


class NeedsReason(DomainError):
    def message(self) -> str:
        return _("Escribí el motivo: a quien pidió ingresar se le debe una razón.")


class EmailTaken(DomainError):
    def __init__(self, email: str) -> None:
        super().__init__(email)
        self.email = email

    def message(self) -> str:
        return _("El correo %(email)s ya es de otra persona del registro.") % {"email": self.email}


class TaxNumberTaken(DomainError):
    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def message(self) -> str:
        return _("Ese CUIL ya es de la persona N.º %(number)d del registro.") % {"number": self.number}


class SectionIsThere(DomainError):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def message(self) -> str:
        return _("Ya hay una sección que se llama %(name)s.") % {"name": self.name}


class SectionWasCalled(DomainError):
    """Whoever was chosen for the section that bore that name would answer for two."""

    def __init__(self, name: str, today: str) -> None:
        super().__init__(name, today)
        self.name, self.today = name, today

    def message(self) -> str:
        return _(
            "%(name)s se llamaba antes la sección %(today)s, y quien la coordina tendría las dos. Elegí otro "
            "nombre."
        ) % {"name": self.name, "today": self.today}


class SectionHasNoName(DomainError):
    def message(self) -> str:
        return _("Ponele un nombre a la sección.")


class SectionIsWorked(DomainError):
    def __init__(self, name: str, people: int) -> None:
        super().__init__(name, people)
        self.name, self.people = name, people

    def message(self) -> str:
        return ngettext(
            "En %(name)s todavía trabaja %(n)d persona. Pasala antes a otra sección.",
            "En %(name)s todavía trabajan %(n)d personas. Pasalas antes a otra sección.",
            self.people,
        ) % {"name": self.name, "n": self.people}
