"""The cooperative, the rules it gave itself, and the decisions it adopted."""

from coop.statute.models.book import LINES_PER_PAGE, BookLine, BookPage, LineState
from coop.statute.models.house import Cooperative, StatuteVersion, StatuteVersionQuerySet, day_of
from coop.statute.models.pay_unit import PayUnit, PayUnitQuerySet
from coop.statute.models.resolutions import Matter, Resolution, Source

__all__ = [
    "LINES_PER_PAGE",
    "BookLine",
    "BookPage",
    "Cooperative",
    "LineState",
    "Matter",
    "PayUnit",
    "PayUnitQuerySet",
    "Resolution",
    "Source",
    "StatuteVersion",
    "StatuteVersionQuerySet",
    "day_of",
]
