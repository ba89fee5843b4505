"""The cooperative, the rules it gave itself, and the decisions it adopted."""

from coop.statute.models.house import Cooperative, StatuteVersion, StatuteVersionQuerySet, day_of
from coop.statute.models.pay_unit import PayUnit, PayUnitQuerySet
from coop.statute.models.resolutions import Matter, Resolution

__all__ = [
    "Cooperative",
    "Matter",
    "PayUnit",
    "PayUnitQuerySet",
    "Resolution",
    "StatuteVersion",
    "StatuteVersionQuerySet",
    "day_of",
]
