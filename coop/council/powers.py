"""From seat to powers: the one table."""

from collections.abc import Mapping

from coop.powers import Power

COUNCIL = frozenset({Power.CLOSE_MINUTES, Power.APPROVE_PAY})

SEAT_POWERS: Mapping[str, frozenset[Power]] = {
    "president": COUNCIL | {Power.CONVENE, Power.PRESIDE, Power.WRITE_MINUTES},
    "secretary": COUNCIL
    | {
        Power.CONVENE,
        Power.PRESIDE,
        Power.KEEP_ATTENDANCE,
        Power.RECORD_MOTIONS,
        Power.KEEP_REGISTER,
        Power.KEEP_TERMS,
        Power.WRITE_MINUTES,
    },
    "treasurer": COUNCIL | {Power.KEEP_ACCOUNTS},
    "member_1": COUNCIL,
    "member_2": COUNCIL,
}
