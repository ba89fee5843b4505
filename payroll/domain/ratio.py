"""How far apart the values of an hour are, against the ceiling of the statute (`pay.ratio_ceiling`). Pure."""

from collections.abc import Iterable
from fractions import Fraction

from coop.statute.rules import PayRules
from payroll.errors_pay import PayTooFarApart

# The total is split to the cent: of what a receipt says, one cent more or less is no other value of the hour.
CENT = 1


def apart(receipts: Iterable[tuple[int, int]]) -> Fraction:
    """How many times the lowest value of an hour the highest is, at least 1.

    Of each receipt, the hours that are paid (hundredths) and the cents they gave; without hours it is none.
    """
    held = [(paid, gross) for paid, gross in receipts if paid > 0]
    if not held:
        return Fraction(1)
    highest = max(Fraction(gross - CENT, paid) for paid, gross in held)
    lowest = min(Fraction(gross + CENT, paid) for paid, gross in held)
    return max(Fraction(1), highest / lowest)


def refuse_too_far_apart(receipts: Iterable[tuple[int, int]], rules: PayRules) -> None:
    """Raises PayTooFarApart."""
    found, most = apart(receipts), Fraction(rules.ratio_ceiling)
    if found > most:
        raise PayTooFarApart(found, most, rules.source)
