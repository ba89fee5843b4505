"""The order is the law's: origin, losses, funds, share interest, return (ley 20.337, art. 42)."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.money import half_up, money, split_cents, tie_of
from payroll.waterfall.values import HOURS, PAY, Distribution, FundRule, Part, Taken, Year


class NothingToSplitBy(DomainError):
    """There is a return to share and nobody has an hour, or any pay, to share it by."""

    def __init__(self, left: int, basis: str) -> None:
        super().__init__(left, basis)
        self.left, self.basis = left, basis

    def message(self) -> str:
        told = {"left": money(self.left)}
        if self.basis == HOURS:
            return _("Quedan %(left)s de retorno y nadie tiene horas: no hay según qué repartirlos.") % told
        if self.basis == PAY:
            return (
                _("Quedan %(left)s de retorno y nadie cobró en el año: no hay según qué repartirlos.") % told
            )
        return _("Quedan %(left)s de retorno y no hay asociados/as entre quienes repartirlos.") % told


def share_out(year: Year) -> Distribution:
    """Raises NothingToSplitBy. Nothing is negative, and what goes out is what came in.

    Past losses come off the members' result first; each fund is its rate of the surplus, half up, within its
    cap and what is left; share interest is its rate of the paid-in shares, half up, within what is left; the
    rest is the return, by largest remainder.
    """
    available = max(0, year.results.own)
    made_up = min(available, year.losses.accumulated + year.losses.reserves_used)
    surplus = available - made_up
    funds = tuple(_funds(year, surplus))
    left = surplus - sum(fund.amount for fund in funds)
    interest = _interest(year, left)
    left -= sum(interest)
    return Distribution(
        special_reserve=max(0, year.results.others),
        losses_made_up=made_up,
        surplus=surplus,
        funds=funds,
        share_interest=_parts(year, interest),
        returns=_parts(year, _returns(year, left)),
    )


def room_in(fund: FundRule, year: Year) -> int | None:
    """Cents until the fund holds its cap of the capital, 0 once it does; None without a cap."""
    if fund.cap_of_capital is None:
        return None
    return max(0, int(Fraction(fund.cap_of_capital) * year.capital) - year.reserves.get(fund.name, 0))


def _funds(year: Year, surplus: int) -> Iterator[Taken]:
    left = surplus
    for fund in year.rules.funds:
        room = room_in(fund, year)
        rate = fund.share_at(year.reserves.get(fund.name, 0), year.capital)
        amount = min(half_up(rate * surplus), left, left if room is None else room)
        left -= amount
        yield Taken(fund.name, amount)


def _interest(year: Year, left: int) -> list[int]:
    """When there is not enough for all, everyone gets the same part of theirs."""
    rate = year.rules.interest
    due = [half_up(rate * member.paid_in_shares) for member in year.members]
    return due if sum(due) <= left else split_cents(left, due, tie=_ties(year))


def _returns(year: Year, left: int) -> list[int]:
    basis = year.rules.basis
    weights = [member.weight(basis) for member in year.members]
    if left and not any(weights):
        raise NothingToSplitBy(left, basis)
    return split_cents(left, weights, tie=_ties(year))


def _ties(year: Year) -> list[bytes]:
    return [tie_of(year.period, member.number) for member in year.members]


def _parts(year: Year, amounts: list[int]) -> tuple[Part, ...]:
    return tuple(Part(member.number, amount) for member, amount in zip(year.members, amounts, strict=True))
