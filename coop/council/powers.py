"""From seat to powers: the one table."""

from collections.abc import Mapping

from coop.powers import Power

SEAT_POWERS: Mapping[str, frozenset[Power]] = {
    "president": frozenset({Power.CONVENE, Power.PRESIDE}),
    "secretary": frozenset(
        {
            Power.CONVENE,
            Power.PRESIDE,
            Power.KEEP_ATTENDANCE,
            Power.RECORD_MOTIONS,
            Power.KEEP_REGISTER,
            Power.KEEP_TERMS,
        }
    ),
}
