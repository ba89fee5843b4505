"""The cooperative, the rules it gave itself, and the decisions it adopted."""

from coop.statute.models.book import LINES_PER_PAGE, BookLine, BookPage, LineState
from coop.statute.models.house import Cooperative, Logo
from coop.statute.models.pay_unit import PayUnit, PayUnitQuerySet
from coop.statute.models.reforms import StatuteDraft, StatuteReform
from coop.statute.models.resolutions import Matter, Resolution, Source
from coop.statute.models.versions import StatuteVersion, StatuteVersionQuerySet, day_of

__all__ = [
    "LINES_PER_PAGE",
    "BookLine",
    "BookPage",
    "Cooperative",
    "LineState",
    "Logo",
    "Matter",
    "PayUnit",
    "PayUnitQuerySet",
    "Resolution",
    "Source",
    "StatuteDraft",
    "StatuteReform",
    "StatuteVersion",
    "StatuteVersionQuerySet",
    "day_of",
]
