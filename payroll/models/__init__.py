"""Hours, pay runs and payslips, the hour's proposed value."""

from payroll.models.hours import HoursAnswer, HoursLine, HoursSheet, HoursUpload
from payroll.models.pay import PayRun, Payslip, ReceiptMark
from payroll.models.unit import PayUnitProposal

__all__ = [
    "HoursAnswer",
    "HoursLine",
    "HoursSheet",
    "HoursUpload",
    "PayRun",
    "PayUnitProposal",
    "Payslip",
    "ReceiptMark",
]
