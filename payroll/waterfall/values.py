"""What goes into a year's sharing and what comes out: frozen values, amounts in cents, rates as exact text.

Their JSON is a file format that stays: keys and order as here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

HOURS: Final = "hours"
PAY: Final = "pay"
HEAD: Final = "head"
BASES: Final = (HOURS, PAY, HEAD)


@dataclass(frozen=True, slots=True)
class Results:
    """The year's results by origin, a loss negative: the members' own work, others' work, outside it."""

    members_work: int
    non_members: int
    outside: int

    @property
    def others(self) -> int:
        return self.non_members + self.outside

    @property
    def own(self) -> int:
        """The members' result, less what the other operations lost: a loss anywhere comes first."""
        return self.members_work + min(0, self.others)

    @property
    def loss(self) -> int:
        """What the year lost and carries into the next; 0 in a year of gain."""
        return max(0, -self.own)


@dataclass(frozen=True, slots=True)
class Losses:
    """`accumulated` from years before, and `reserves_used` to cover some of them and not yet restored."""

    accumulated: int
    reserves_used: int


@dataclass(frozen=True, slots=True)
class FundStep:
    """Once the fund holds `of_capital` times the capital its rate is `rate`: exact, as text."""

    of_capital: str
    rate: str


@dataclass(frozen=True, slots=True)
class FundRule:
    """`rate` of the surplus and, of the capital, the most that the fund may hold: exact, as text.

    `steps`, in ascending order, change the rate as the fund grows.
    """

    name: str
    rate: str
    cap_of_capital: str | None
    steps: tuple[FundStep, ...] = ()

    @property
    def share(self) -> Fraction:
        """Its first rate; `share_at` says the one that holds."""
        return Fraction(self.rate)

    @property
    def needs_holdings(self) -> bool:
        """Whether what the fund holds already changes what it takes."""
        return self.cap_of_capital is not None or bool(self.steps)

    def share_at(self, held: int, capital: int) -> Fraction:
        """The rate for a year that begins with `held` cents in the fund: of the last step that it reached."""
        rate = self.share
        for step in self.steps:
            if held >= Fraction(step.of_capital) * capital:
                rate = Fraction(step.rate)
        return rate

    def to_json(self) -> dict[str, Any]:
        """Without steps as it was before there were any, so that what was sealed then stays sealed."""
        told: dict[str, Any] = {"name": self.name, "rate": self.rate, "cap_of_capital": self.cap_of_capital}
        if self.steps:
            told["steps"] = [{"of_capital": one.of_capital, "rate": one.rate} for one in self.steps]
        return told


@dataclass(frozen=True, slots=True)
class SharingRules:
    """`funds` in their order; `basis` of the return is one of BASES."""

    funds: tuple[FundRule, ...]
    share_interest_rate: str
    basis: str

    @property
    def interest(self) -> Fraction:
        return Fraction(self.share_interest_rate)


@dataclass(frozen=True, slots=True)
class Worker:
    """One member's year. `advances` on the return were paid already; they change nobody's share."""

    number: int
    hours: str
    pay: int
    advances: int
    paid_in_shares: int

    def weight(self, basis: str) -> Fraction:
        return {HOURS: Fraction(self.hours), PAY: Fraction(self.pay), HEAD: Fraction(1)}[basis]


@dataclass(frozen=True, slots=True)
class Year:
    """Everything a year's sharing follows from. `reserves`: what each fund holds before it."""

    period: int
    currency: str
    results: Results
    losses: Losses
    capital: int
    reserves: Mapping[str, int]
    rules: SharingRules
    members: tuple[Worker, ...]

    def to_json(self) -> dict[str, Any]:
        results, losses, rules = self.results, self.losses, self.rules
        return {
            "period": self.period,
            "currency": self.currency,
            "results": {
                "members_work": results.members_work,
                "non_members": results.non_members,
                "outside": results.outside,
            },
            "losses": {"accumulated": losses.accumulated, "reserves_used": losses.reserves_used},
            "capital": self.capital,
            "reserves": dict(self.reserves),
            "rules": {
                "funds": [fund.to_json() for fund in rules.funds],
                "share_interest_rate": rules.share_interest_rate,
                "basis": rules.basis,
            },
            "members": [
                {
                    "number": member.number,
                    "hours": member.hours,
                    "pay": member.pay,
                    "advances": member.advances,
                    "paid_in_shares": member.paid_in_shares,
                }
                for member in self.members
            ],
        }


@dataclass(frozen=True, slots=True)
class Taken:
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Part:
    number: int
    amount: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who gets what, in cents: `special_reserve`, past losses, funds, and the members in their order."""

    special_reserve: int
    losses_made_up: int
    surplus: int
    funds: tuple[Taken, ...]
    share_interest: tuple[Part, ...]
    returns: tuple[Part, ...]

    @property
    def to_funds(self) -> int:
        return sum(fund.amount for fund in self.funds)

    @property
    def to_shares(self) -> int:
        return sum(part.amount for part in self.share_interest)

    @property
    def to_members(self) -> int:
        return sum(part.amount for part in self.returns)

    @property
    def came_in(self) -> int:
        return self.special_reserve + self.losses_made_up + self.surplus

    @property
    def went_out(self) -> int:
        return self.special_reserve + self.losses_made_up + self.to_funds + self.to_shares + self.to_members

    def to_json(self) -> dict[str, Any]:
        return {
            "special_reserve": self.special_reserve,
            "losses_made_up": self.losses_made_up,
            "surplus": self.surplus,
            "funds": [{"name": fund.name, "amount": fund.amount} for fund in self.funds],
            "share_interest": [_part(part) for part in self.share_interest],
            "returns": [_part(part) for part in self.returns],
            "check": {"in": self.came_in, "out": self.went_out},
        }


def _part(part: Part) -> dict[str, int]:
    return {"number": part.number, "amount": part.amount}
