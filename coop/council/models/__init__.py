from coop.council.models.seats import COUNCIL_OR_AUDIT, Seat, SeatCode, SeatKind, seat_name
from coop.council.models.terms import Basis, HowEnded, SeatedMember, Term, TermQuerySet, same

__all__ = [
    "COUNCIL_OR_AUDIT",
    "Basis",
    "HowEnded",
    "Seat",
    "SeatCode",
    "SeatKind",
    "SeatedMember",
    "Term",
    "TermQuerySet",
    "same",
    "seat_name",
]
