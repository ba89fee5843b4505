"""Uruguay: law 18.407. What it does not say is taken from the Argentine model and marked as bylaws."""

from dataclasses import replace

from coop.statute.rules import (
    BYLAWS,
    MODEL_STATUTE,
    AgendaRules,
    AssemblyRules,
    Call,
    ConflictRules,
    CouncilRules,
    DeadlineRules,
    Fund,
    FundStep,
    LawRules,
    Majority,
    MembershipRules,
    MinutesRules,
    ProxyRules,
    RequestRules,
    SessionRules,
    ShareRules,
    SurplusRules,
)

LAW = "ley 18.407"
CALLS = (Call(1, 2, 1, 0), Call(0, 1, 1, 60))
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source=LAW, base="present")
TWO_THIRDS = Majority(numerator=2, denominator=3, strict=False, source=LAW, base="present")
THREE_QUARTERS = Majority(numerator=3, denominator=4, strict=False, source=LAW, base="present")
SECRET = replace(SIMPLE, secret=True)

URUGUAY = replace(
    MODEL_STATUTE,
    law=LawRules(country="UY", source=LAW),
    assemblies={
        "weekly": AssemblyRules(
            calls=(Call(1, 2, 1, 0), Call(0, 1, 1, 30)), source=BYLAWS, notice_days=0, notice_source=BYLAWS
        ),
        "ordinary": AssemblyRules(calls=CALLS, source=LAW, notice_days=10, notice_source=LAW),
        "extraordinary": AssemblyRules(calls=CALLS, source=LAW, notice_days=10, notice_source=LAW),
    },
    majorities={
        "ordinary_decision": SIMPLE,
        "pay_unit": SIMPLE,
        "surplus_distribution": SIMPLE,
        "statute_reform": TWO_THIRDS,
        "membership": SIMPLE,
        "exclusion_appeal": SECRET,
        "election": SECRET,
        "recall": SECRET,
        "annual_report": SIMPLE,
        "council_pay": SIMPLE,
        "object_change": TWO_THIRDS,
        "merger": THREE_QUARTERS,
        "dissolution": THREE_QUARTERS,
    },
    requests=RequestRules(numerator=1, denominator=10, held_within_days=30, defer_days=0, source=LAW),
    agenda=AgendaRules(numerator=1, denominator=10, source=BYLAWS),
    session=SessionRules(ordinary_within_months=6, adjournment_days=30, source=BYLAWS),
    proxies=ProxyRules(
        allowed=False, most_principals=0, barred=("council", "auditor", "manager"), source=BYLAWS
    ),
    conflicts=ConflictRules(
        matters=("annual_report", "council_pay"), barred=("council", "auditor", "manager"), source=LAW
    ),
    minutes=MinutesRules(signers_named=2, source=BYLAWS),
    deadlines=DeadlineRules(copy_days=30, challenge_days=90, source=BYLAWS),
    council=CouncilRules(
        seats=3,
        alternates=2,
        auditors=1,
        alternate_auditors=1,
        term_years=3,
        meets_days=31,
        request_days=6,
        source=LAW,
    ),
    surplus=SurplusRules(
        funds=(
            Fund(
                name="reserva legal",
                rate="0.15",
                cap_of_capital="3",
                source=f"{LAW}, art. 70",
                steps=(FundStep(of_capital="1", rate="0.1"),),
            ),
            Fund(
                name="educación y capacitación cooperativas",
                rate="0.05",
                cap_of_capital=None,
                source=f"{LAW}, art. 70",
            ),
        ),
        share_interest_rate="0",
        basis="hours",
        source=f"{LAW}, art. 70",
    ),
    membership=MembershipRules(
        minimum_age=18,
        trial_months=6,
        trial_votes=False,
        resignation_notice_days=30,
        suspension_max_days=30,
        appeal_days=30,
        exclusion_waits_for_appeal=True,
        source=BYLAWS,
    ),
    shares=ShareRules(
        value=100_000,
        first_payment="0.05",
        years_to_pay=5,
        refund_cap="0.05",
        arrears_block_vote=True,
        source=BYLAWS,
    ),
)
