"""Hours, pay runs and payslips, the hour's proposed value, a year's surplus."""

from payroll.models.hours import HoursAnswer, HoursLine, HoursSheet, HoursUpload
from payroll.models.pay import PayRun
from payroll.models.payslip import Payslip, ReceiptMark
from payroll.models.surplus import SurplusDistribution, SurplusDraft, SurplusProposal
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
    "SurplusDistribution",
    "SurplusDraft",
    "SurplusProposal",
]
