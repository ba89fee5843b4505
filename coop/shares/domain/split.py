"""How much of a month's pay goes to the bank. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from coop.common.money import half_up
from coop.shares.enums import Method


@dataclass(frozen=True, slots=True)
class HowPaid:
    """What a member chose, and the account that holds ("" for none). Of a split, `cents` or `percent`."""

    method: Method
    account: str = ""
    cents: int | None = None
    percent: int | None = None

    def to_bank(self, net: int) -> int:
        """Cents of `net` that go to the bank; the rest is cash. Without an account all of it is cash."""
        if not self.account or self.method == Method.CASH:
            return 0
        if self.method == Method.BANK:
            return net
        if self.percent is not None:
            return half_up(Fraction(net * self.percent, 100))
        return min(net, self.cents or 0)
