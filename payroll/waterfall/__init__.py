"""A year's surplus as pure arithmetic: figures in, who gets what out. No database, no HTTP, no clock."""

from payroll.waterfall.reading import BadInput, read_data, read_text
from payroll.waterfall.sharing import NothingToSplitBy, share_out
from payroll.waterfall.steps import Step, percent, steps
from payroll.waterfall.taking import LARGEST_CENTS, Problem
from payroll.waterfall.values import (
    BASES,
    Distribution,
    FundRule,
    FundStep,
    Losses,
    Part,
    Results,
    SharingRules,
    Taken,
    Worker,
    Year,
)

__all__ = [
    "BASES",
    "LARGEST_CENTS",
    "BadInput",
    "Distribution",
    "FundRule",
    "FundStep",
    "Losses",
    "NothingToSplitBy",
    "Part",
    "Problem",
    "Results",
    "SharingRules",
    "Step",
    "Taken",
    "Worker",
    "Year",
    "percent",
    "read_data",
    "read_text",
    "share_out",
    "steps",
]
