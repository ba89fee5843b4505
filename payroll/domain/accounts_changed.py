"""Whose account is another than when they were last paid: what whoever pays looks at twice."""

from collections.abc import Iterable
from dataclasses import dataclass

from coop.shares import banks
from coop.shares.enums import ChangeState
from coop.shares.models import BankChange
from payroll.models import PayRun, Payslip


@dataclass(frozen=True, slots=True)
class Flag:
    """`old` and `new` as a screen shows accounts. `change` is what two people confirmed; None: nobody did."""

    number: int
    name: str
    old: str
    new: str
    change: BankChange | None


def flags(run: PayRun, before: PayRun | None) -> list[Flag]:
    """By comparing with the payslips of the run before it; where that one froze no accounts, by what was
    confirmed since it was prepared. An account that came in by another way than two people stands out.
    """
    both = list(Payslip.objects.filter(run__in=[run, before] if before else [run]).exclude(account=""))
    slips = [slip for slip in both if slip.run_id == run.pk]
    done = _confirmed(slip.member_id for slip in slips) if slips else {}
    then = {slip.member_id: slip.account for slip in both if slip.run_id != run.pk}
    known = then if before is not None and before.to_bank is not None else None
    found = []
    for slip in slips:
        change = done.get(slip.member_id)
        if change is not None and change.new != slip.account:
            change = None
        old = _old(slip, change, before, known)
        if old is not None and old != slip.account:
            found.append(Flag(slip.number, slip.name, banks.shown(old), banks.shown(slip.account), change))
    return found


def _confirmed(members: Iterable[int]) -> dict[int, BankChange]:
    """The last that holds, by member's key."""
    held = BankChange.objects.filter(member_id__in=list(members), state=ChangeState.DONE)
    return {one.member_id: one for one in held.select_related("asked_by", "second_by").order_by("pk")}


def _old(
    slip: Payslip, change: BankChange | None, before: PayRun | None, known: dict[int, str] | None
) -> str | None:
    """None: there is nothing to compare with, or nobody changed anything."""
    if known is not None:
        return known.get(slip.member_id) or (change.old if change and _is_new(change, before) else None)
    return change.old if change and _is_new(change, before) else None


def _is_new(change: BankChange, before: PayRun | None) -> bool:
    held_since = max(change.own_at or change.asked_at, change.second_at or change.asked_at)
    return before is None or held_since > before.prepared_at
