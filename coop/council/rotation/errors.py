"""Why somebody may not stand, a slate is not kept, a draw is not held."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from coop.common.errors import DomainError


class MayNotStand(DomainError):
    """The statute's rotation, or the register, says no. `reasons` are sentences, each with its day."""

    def __init__(self, name: str, seat: str, reasons: Sequence[str]) -> None:
        super().__init__(name, seat, tuple(reasons))
        self.name, self.seat, self.reasons = name, seat, tuple(reasons)

    def message(self) -> str:
        told = {"name": self.name, "seat": self.seat, "reasons": " ".join(self.reasons)}
        return _("%(name)s no puede ocupar el cargo %(seat)s. %(reasons)s") % told
