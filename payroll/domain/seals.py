"""What a run says, in one text: its SHA-256 is what is looked at and what is approved."""

from collections.abc import Iterable
from typing import Any

from coop.statute.proposals import seal
from payroll.models import PayRun, Payslip

FIGURES = ("worked", "sick", "holiday", "paid", "gross", "before", "taken", "deducted", "net", "owed")
# What payslips did not have at first: said only where it says something, so that older seals hold.
LATER = ("shares_due", "withheld", "account", "to_bank")
TOTALS = ("payslips", "hours", "gross", "taken", "deducted", "net", "owed")


def sealed(run: PayRun, slips: Iterable[Payslip]) -> str:
    """SHA-256, in hex, of the run and its payslips as canonical JSON, payslips by member's number."""
    return seal(
        {
            "period": run.period,
            "unit_cents": run.unit_cents,
            "rules": run.rules,
            "totals": {name: getattr(run, name) for name in TOTALS},
            "payslips": [_told(slip) for slip in sorted(slips, key=lambda slip: slip.number)],
        }
        | ({"salt": run.salt} if run.salt else {})
    )


def _told(slip: Payslip) -> dict[str, Any]:
    more = {name: getattr(slip, name) for name in LATER if getattr(slip, name)}
    facts = {"number": slip.number, "name": slip.name, "tax_number": slip.tax_number}
    return facts | more | {"deductions": slip.deductions} | {name: getattr(slip, name) for name in FIGURES}
