"""Assemblies, who was there, what was moved, how each one voted, and the minutes of it all."""

from assemblies.models.hall import Kiosk
from assemblies.models.mandates import Mandate, MandateHolder, MandateReport
from assemblies.models.meeting import AgendaItem, Assembly, Attendance, Motion, MotionProposal
from assemblies.models.minutes import Minutes, Remark, Signer
from assemblies.models.voting import Ballot, Poll, RollEntry

__all__ = [
    "AgendaItem",
    "Assembly",
    "Attendance",
    "Ballot",
    "Kiosk",
    "Mandate",
    "MandateHolder",
    "MandateReport",
    "Minutes",
    "Motion",
    "MotionProposal",
    "Poll",
    "Remark",
    "RollEntry",
    "Signer",
]
