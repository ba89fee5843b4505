"""The rules of a statute version: frozen values read from its JSON, with their arithmetic.

Sources: ET is INAES's model statute for worker cooperatives (`ET 41` is its article 41).
"""

from coop.statute.rules.consistency import faults
from coop.statute.rules.consistency_seats import against_the_past
from coop.statute.rules.document import Rules, completed, seal_of
from coop.statute.rules.kinds import ASSEMBLY_KINDS, BYLAWS, HOUR_KINDS
from coop.statute.rules.model import HALF_PLUS_ONE, MODEL_STATUTE, SIMPLE, TWO_THIRDS
from coop.statute.rules.pay import Fund, FundStep, LabelRules, Paid, PayRules, SurplusRules
from coop.statute.rules.people import MembershipRules, ShareRules
from coop.statute.rules.problems import BadStatute, Problem
from coop.statute.rules.seats import (
    CouncilRules,
    Position,
    PositionRules,
    RotationRules,
    SeatRotation,
    key_of,
)
from coop.statute.rules.voting import (
    AgendaRules,
    AssemblyRules,
    Call,
    ConflictRules,
    DeadlineRules,
    LawRules,
    Majority,
    MinutesRules,
    ProxyRules,
    RequestRules,
    SessionRules,
)

__all__ = [
    "ASSEMBLY_KINDS",
    "BYLAWS",
    "HALF_PLUS_ONE",
    "HOUR_KINDS",
    "MODEL_STATUTE",
    "SIMPLE",
    "TWO_THIRDS",
    "AgendaRules",
    "AssemblyRules",
    "BadStatute",
    "Call",
    "ConflictRules",
    "CouncilRules",
    "DeadlineRules",
    "Fund",
    "FundStep",
    "LabelRules",
    "LawRules",
    "Majority",
    "MembershipRules",
    "MinutesRules",
    "Paid",
    "PayRules",
    "Position",
    "PositionRules",
    "Problem",
    "ProxyRules",
    "RequestRules",
    "RotationRules",
    "Rules",
    "SeatRotation",
    "SessionRules",
    "ShareRules",
    "SurplusRules",
    "against_the_past",
    "completed",
    "faults",
    "key_of",
    "seal_of",
]
