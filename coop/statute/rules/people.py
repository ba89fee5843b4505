"""Council, members and their shares."""

from dataclasses import dataclass

from coop.statute.rules.kinds import Age, Cents, Count, Days, Months, Share, Source, Whole, Years


@dataclass(frozen=True, slots=True)
class CouncilRules:
    """How many sit, for how many fiscal years, and how often the council meets at least.

    `meets_days`: no longer than that between two meetings; `request_days`: within so many of a request.
    """

    seats: Whole
    alternates: Count
    auditors: Count
    alternate_auditors: Count
    term_years: Whole
    meets_days: Days
    request_days: Days
    source: Source


@dataclass(frozen=True, slots=True)
class RotationRules:
    """The enterprise's own brake on leaders who stay.

    `most_terms` in a row, 0 without a limit; `cool_off_years` before the same person may come back;
    `everyone_once`: nobody twice before everyone who wants has been; `staggered`: not all at once.
    """

    most_terms: Count
    cool_off_years: Years
    everyone_once: bool
    staggered: bool
    source: Source


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
