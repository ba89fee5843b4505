"""Periodic pay, the year's surplus and its funds, and what each is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from coop.statute.rules.kinds import Basis, Frequency, Multiple, Name, PayBasis, Share, Source, Words


@dataclass(frozen=True, slots=True)
class Paid:
    """Whether an hour of this kind is paid, and where that is written."""

    paid: bool
    source: Source


@dataclass(frozen=True, slots=True)
class PayRules:
    """`hours` by kind: `worked`, `sick`, `holiday`. `label` is what the pay is called.

    `ratio_ceiling`: how many times the lowest value of an hour the highest may be, exact text; "1" is equal.
    """

    basis: PayBasis
    frequency: Frequency
    label: Words
    hours: Mapping[Name, Paid]
    source: Source
    ratio_ceiling: Multiple = "1"


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What the other moneys are called: the year's return, and money taken before its day."""

    surplus_return: Words
    advance: Words
    source: Source


@dataclass(frozen=True, slots=True)
class FundStep:
    """Once the fund holds `of_capital` times the capital, its rate is `rate` from then on."""

    of_capital: Multiple
    rate: Share


@dataclass(frozen=True, slots=True)
class Fund:
    """`rate` of the surplus, an exact decimal or fraction as text.

    `steps` change the rate as the fund grows, in ascending order. `cap_of_capital`: no more once the fund
    is that multiple of the capital, as text too; None for no cap.
    """

    name: Words
    rate: Share
    cap_of_capital: Multiple | None
    source: Source
    steps: tuple[FundStep, ...] = ()

    @property
    def share(self) -> Fraction:
        return Fraction(self.rate)


@dataclass(frozen=True, slots=True)
class SurplusRules:
    """`funds` in the order of the law; `basis` of the return: `hours`, `pay` or `head`."""

    funds: tuple[Fund, ...]
    share_interest_rate: Share
    basis: Basis
    source: Source
