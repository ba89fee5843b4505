"""Why an entry is not posted."""

from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.money import money


class KeyTaken(DomainError):
    """An entry with this key says something else."""

    def __init__(self, key: str, entry: int) -> None:
        super().__init__(key, entry)
        self.key, self.entry = key, entry

    def message(self) -> str:
        told = {"key": self.key, "entry": self.entry}
        return _("El asiento %(entry)s ya usa la clave «%(key)s» y dice otra cosa.") % told


class NotBalanced(DomainError):
    """`difference` in cents: debits less credits."""

    def __init__(self, difference: int) -> None:
        super().__init__(difference)
        self.difference = difference

    def message(self) -> str:
        return _("El asiento no cierra: sobran %(difference)s.") % {"difference": money(self.difference)}


class TooFewLines(DomainError):
    def __init__(self, lines: int) -> None:
        super().__init__(lines)
        self.lines = lines

    def message(self) -> str:
        return _("Un asiento lleva al menos dos renglones; este tiene %(lines)s.") % {"lines": self.lines}


class EmptyLine(DomainError):
    """A line moves nothing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def message(self) -> str:
        return _("El renglón de la cuenta %(code)s está en cero.") % {"code": self.code}


class OtherAccount(DomainError):
    """The code belongs to an account of another kind, or of another person."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(code, name)
        self.code, self.name = code, name

    def message(self) -> str:
        told = {"code": self.code, "name": self.name}
        return _("El código %(code)s ya es de la cuenta «%(name)s», que es de otra clase o persona.") % told


class AlreadyReversed(DomainError):
    def __init__(self, entry: int, by_entry: int) -> None:
        super().__init__(entry, by_entry)
        self.entry, self.by_entry = entry, by_entry

    def message(self) -> str:
        told = {"entry": self.entry, "by_entry": self.by_entry}
        return _("El asiento %(entry)s ya está anulado por el asiento %(by_entry)s.") % told


class IsAReversal(DomainError):
    def __init__(self, entry: int) -> None:
        super().__init__(entry)
        self.entry = entry

    def message(self) -> str:
        told = {"entry": self.entry}
        return _("El asiento %(entry)s anula a otro: no se anula. Hacé un asiento nuevo.") % told


class ReasonMissing(DomainError):
    def message(self) -> str:
        return _("Escribí por qué se anula el asiento.")


class NoSuchEntry(DomainError):
    status = 404

    def __init__(self, entry: int) -> None:
        super().__init__(entry)
        self.entry = entry

    def message(self) -> str:
        return _("No hay un asiento %(entry)s.") % {"entry": self.entry}
