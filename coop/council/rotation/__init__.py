"""How offices go round: who may stand, proposed slates, draws. `check` is what seating somebody asks."""

from coop.council.rotation.errors import MayNotStand
from coop.council.rotation.standing_check import check

__all__ = ["MayNotStand", "check"]
