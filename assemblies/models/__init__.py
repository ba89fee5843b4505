"""Assemblies, who was there, what was moved, and how each one voted."""

from assemblies.models.meeting import AgendaItem, Assembly, Attendance, Motion, MotionProposal
from assemblies.models.voting import Ballot, Poll, RollEntry

__all__ = ["AgendaItem", "Assembly", "Attendance", "Ballot", "Motion", "MotionProposal", "Poll", "RollEntry"]
