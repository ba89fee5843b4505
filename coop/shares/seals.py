"""What the record seals of plans and accounts: a SHA-256 with the row's salt, since every member reads it."""

from collections.abc import Sequence

from coop.shares.models import BankChange, Subscription
from coop.statute.proposals import seal


def of_plan(one: Subscription) -> str:
    """Whose shares, at what value, and in which parts they are paid."""
    return seal(_plan(one))


def of_plans(opened: Sequence[Subscription]) -> dict[str, object]:
    """What was taken into the books at once, in the order of its keys: which rows, and their seal."""
    return {
        "first": opened[0].pk,
        "last": opened[-1].pk,
        "seal": seal({"rows": [_plan(one) for one in opened]}),
    }


def _plan(one: Subscription) -> dict[str, object]:
    names = ("salt", "shares", "value", "cents", "first_cents", "instalments")
    held = {name: getattr(one, name) for name in names}
    return held | {"member": one.member.number, "basis": str(one.basis), "day": one.day.isoformat()}


def of_account(change: BankChange) -> str:
    """Once two have confirmed it: whose, from which account to which, and who asked and confirmed."""
    people = {"asked_by": change.asked_by_id, "second_by": change.second_by_id}
    accounts = {"old": change.old, "new": change.new}
    return seal({"salt": change.salt, "member": change.member.number, **accounts, **people})
