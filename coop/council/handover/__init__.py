"""Handing over a seat: the list, what both sides say of each line, and who signs."""
