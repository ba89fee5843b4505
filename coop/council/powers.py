"""From seat to powers: the one table."""

from collections.abc import Mapping

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
    },
    "treasurer": COUNCIL | {Power.KEEP_ACCOUNTS},
    "member_1": COUNCIL,
    "member_2": COUNCIL,
    "auditor": AUDIT,
}
