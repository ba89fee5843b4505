from coop.council.models.filings import Filing, FilingRule, FilingStep, TermReminder
from coop.council.models.handover import Checklist, Handover, HandoverItem, HandoverMark, HandoverSignature
from coop.council.models.rotation import Declaration, Draw, DrawCalledOff, DrawResult, DrawSeed, Gender, Slate
from coop.council.models.seats import COUNCIL_OR_AUDIT, Seat, SeatCode, SeatKind, seat_name
from coop.council.models.terms import Basis, HowEnded, SeatedMember, Term, TermQuerySet, same
from coop.council.models.uploads import TermsUpload

__all__ = [
    "COUNCIL_OR_AUDIT",
    "Basis",
    "Checklist",
    "Declaration",
    "Draw",
    "DrawCalledOff",
    "DrawResult",
    "DrawSeed",
    "Filing",
    "FilingRule",
    "FilingStep",
    "Gender",
    "Handover",
    "HandoverItem",
    "HandoverMark",
    "HandoverSignature",
    "HowEnded",
    "Seat",
    "SeatCode",
    "SeatKind",
    "SeatedMember",
    "Slate",
    "Term",
    "TermQuerySet",
    "TermReminder",
    "TermsUpload",
    "same",
    "seat_name",
]
