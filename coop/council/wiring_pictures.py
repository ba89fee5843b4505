"""What the council tells the shop floor: who coordinates which section's tasks."""

from datetime import datetime

from coop.common.names import fold
from coop.council.domain import seats_held
from coop.council.models import SeatKind
from coop.council.powers import powers_of_seat
from coop.jobs.coordinating import Sections, sections_answer
from coop.powers import Power


def wire() -> None:
    sections_answer(coordinated)


def coordinated(member_id: int, at: datetime) -> Sections:
    """All, for a seat of the council or a position of the whole cooperative; else the position's section."""
    sections: set[str] = set()
    for seat in seats_held(member_id, at):
        if Power.COORDINATE_WORK not in powers_of_seat(seat.code, seat.kind, seat.position_kind):
            continue
        if seat.kind != SeatKind.POSITION or not seat.section:
            return None
        sections.add(fold(seat.section))
    return frozenset(sections)
