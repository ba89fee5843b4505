"""What the council puts on other rooms' boards when the application starts."""

from coop.council import (
    wiring_handover,
    wiring_pictures,
    wiring_powers,
    wiring_rotation,
    wiring_terms,
)
from coop.council.domain import powers_held
from coop.powers import holders_answer


def wire() -> None:
    holders_answer(powers_held)
    wiring_terms.wire()
    wiring_powers.wire()
    wiring_rotation.wire()
    wiring_handover.wire()
    wiring_pictures.wire()
