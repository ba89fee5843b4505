"""From the facts of an assembly to the Spanish of its minutes: no database, no clock, no catalogue."""

from assemblies.minutes_text.blocks import Block, plain, seal
from assemblies.minutes_text.facts import NO_REMARKS, Facts, Remarks
from assemblies.minutes_text.writing import FORM, named, title_of, written

__all__ = ["FORM", "NO_REMARKS", "Block", "Facts", "Remarks", "named", "plain", "seal", "title_of", "written"]
