"""From seat to powers: the one table."""

from collections.abc import Mapping

from coop.council.models import SeatKind
from coop.powers import Power

AUDIT = frozenset({Power.WITNESS})
COUNCIL = AUDIT | {
    Power.CLOSE_MINUTES,
    Power.APPROVE_PAY,
    Power.DRAFT_STATUTE,
    Power.CONFIRM_RESOLUTIONS,
    Power.CONFIRM_BANK,
}

SEAT_POWERS: Mapping[str, frozenset[Power]] = {
    "president": COUNCIL
    | {
        Power.CONVENE,
        Power.PRESIDE,
        Power.WRITE_MINUTES,
        Power.KEEP_HOUSE,
        Power.KEEP_MANDATES,
        Power.KEEP_HALL,
        Power.PLAN_ROTATION,
        Power.KEEP_FILINGS,
        Power.COORDINATE_WORK,
    },
    "secretary": COUNCIL
    | {
        Power.CONVENE,
        Power.PRESIDE,
        Power.KEEP_ATTENDANCE,
        Power.RECORD_MOTIONS,
        Power.KEEP_REGISTER,
        Power.KEEP_TERMS,
        Power.WRITE_MINUTES,
        Power.KEEP_HOUSE,
        Power.ENTER_RESOLUTIONS,
        Power.KEEP_MANDATES,
        Power.KEEP_HALL,
        Power.PLAN_ROTATION,
        Power.HOLD_DRAWS,
        Power.KEEP_FILINGS,
        Power.COORDINATE_WORK,
    },
    "treasurer": COUNCIL | {Power.KEEP_ACCOUNTS},
}
# What every other seat of a kind carries. Alternates carry nothing until they are called.
KIND_POWERS: Mapping[str, frozenset[Power]] = {
    SeatKind.COUNCIL: COUNCIL,
    SeatKind.AUDITOR: AUDIT | {Power.FILL_VACANCIES, Power.PLAN_ROTATION},
}
# Positions outside the council, by the statute's kind of position.
POSITION_POWERS: Mapping[str, frozenset[Power]] = {
    "coordinator": frozenset({Power.COORDINATE_WORK}),
}


def powers_of_seat(code: str, kind: str, position_kind: str = "") -> frozenset[Power]:
    """What a seat carries: by its code, else by its kind, else by the kind of position it is."""
    if kind == SeatKind.POSITION:
        return POSITION_POWERS.get(position_kind, frozenset())
    return SEAT_POWERS.get(code) or KIND_POWERS.get(kind, frozenset())
