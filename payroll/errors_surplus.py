"""Why a surplus is not drafted, not put to the vote, not shared."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError


class YearNotOver(DomainError):
    """A surplus is known once its year has ended."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def message(self) -> str:
        return _("El año %(year)d todavía no terminó: su excedente no se conoce.") % {"year": self.year}


class NoStatuteThen(DomainError):
    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def message(self) -> str:
        return _("No hay un estatuto cargado que valiera al 31/12/%(year)d.") % {"year": self.year}


class OtherFunds(DomainError):
    """The figures come with funds that are not the statute's."""

    def __init__(self, year: int, funds: Sequence[str]) -> None:
        super().__init__(year, tuple(funds))
        self.year, self.funds = year, tuple(funds)

    def message(self) -> str:
        told = {"year": self.year, "funds": "; ".join(self.funds)}
        return _("El estatuto que valía al 31/12/%(year)d fija otros fondos: %(funds)s.") % told


class UnknownMembers(DomainError):
    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(tuple(numbers))
        self.numbers = tuple(numbers)

    def message(self) -> str:
        told = {"numbers": ", ".join(map(str, self.numbers))}
        return (
            ngettext(
                "Este número no está en el registro: %(numbers)s.",
                "Estos números no están en el registro: %(numbers)s.",
                len(self.numbers),
            )
            % told
        )


class NothingToShare(DomainError):
    """The year left nothing: there is nothing to propose."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year

    def message(self) -> str:
        return _("El año %(year)d no dejó nada para repartir: no hay qué proponer.") % {"year": self.year}


class AlreadyPresented(DomainError):
    """The very same proposal is there already."""

    def message(self) -> str:
        return _("Esta misma propuesta ya está presentada.")


class AlreadyShared(DomainError):
    def __init__(self, year: int, resolution: str) -> None:
        super().__init__(year, resolution)
        self.year, self.resolution = year, resolution

    def message(self) -> str:
        told = {"year": self.year, "resolution": self.resolution}
        return _("El excedente de %(year)d ya se repartió, por la resolución %(resolution)s.") % told


class NotTheProposal(DomainError):
    """The control code does not follow from what is there, or the figures do not follow from each other."""

    def message(self) -> str:
        return _("La propuesta no coincide con su código de control: así no se puede votar.")


class CannotBePosted(DomainError):
    """The entry that would share it is taken, or one of its accounts is something else."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why

    def message(self) -> str:
        return _("El reparto no se podría asentar. %(why)s") % {"why": self.why}


class DraftGone(DomainError):
    status = 404

    def message(self) -> str:
        return _("Ese borrador ya no está: se presentó o se descartó.")
