"""Members and their shares."""

from dataclasses import dataclass

from coop.statute.rules.kinds import Age, Cents, Days, Months, Share, Source, Years


@dataclass(frozen=True, slots=True)
class MembershipRules:
    """Months and days as the statute counts them (ET 10 to 18)."""

    minimum_age: Age
    trial_months: Months
    trial_votes: bool
    resignation_notice_days: Days
    suspension_max_days: Days
    appeal_days: Days
    exclusion_waits_for_appeal: bool
    source: Source


@dataclass(frozen=True, slots=True)
class ShareRules:
    """`value` of one share in cents; `first_payment` and `refund_cap` (a year, of the paid-in capital) as
    exact text; `years_to_pay` what is left. `arrears_block_vote`: voice but no vote (ET 24, 25, 39).
    """

    value: Cents
    first_payment: Share
    years_to_pay: Years
    refund_cap: Share
    arrears_block_vote: bool
    source: Source
