"""Brazil: law 5.764. What it does not say is taken from the Argentine model and marked as bylaws."""

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

LAW = "ley 5.764"
# Two thirds, then half plus one, then ten members, an hour between them.
CALLS = (Call(2, 3, 0, 0), Call(1, 2, 1, 60), Call(0, 1, 10, 120))
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source=LAW, base="present", abstention="counted")
TWO_THIRDS = Majority(
    numerator=2, denominator=3, strict=False, source=f"{LAW}, art. 46", base="present", abstention="counted"
)
SECRET = replace(SIMPLE, secret=True)

BRAZIL = replace(
    MODEL_STATUTE,
    law=LawRules(country="BR", source=LAW),
    assemblies={
        "weekly": AssemblyRules(
            calls=(Call(1, 2, 1, 0), Call(0, 1, 1, 30)), source=BYLAWS, notice_days=0, notice_source=BYLAWS
        ),
        "ordinary": AssemblyRules(
            calls=CALLS, source=f"{LAW}, art. 40", notice_days=10, notice_source=f"{LAW}, art. 38"
        ),
        "extraordinary": AssemblyRules(
            calls=CALLS, source=f"{LAW}, art. 40", notice_days=10, notice_source=f"{LAW}, art. 38"
        ),
    },
    majorities={
        "ordinary_decision": SIMPLE,
        "pay_unit": SIMPLE,
        "surplus_distribution": SIMPLE,
        "statute_reform": TWO_THIRDS,
        "membership": SIMPLE,
        "exclusion_appeal": SIMPLE,
        "election": SECRET,
        "recall": SECRET,
        "annual_report": SIMPLE,
        "council_pay": SIMPLE,
        "object_change": TWO_THIRDS,
        "merger": TWO_THIRDS,
        "dissolution": TWO_THIRDS,
    },
    requests=RequestRules(
        numerator=1, denominator=5, held_within_days=30, defer_days=0, source=f"{LAW}, art. 38"
    ),
    agenda=AgendaRules(numerator=1, denominator=5, source=BYLAWS),
    session=SessionRules(ordinary_within_months=3, adjournment_days=30, source=f"{LAW}, art. 44"),
    proxies=ProxyRules(
        allowed=False,
        most_principals=0,
        barred=("council", "auditor", "manager"),
        source=f"{LAW}, art. 42",
    ),
    conflicts=ConflictRules(
        matters=("annual_report", "council_pay"),
        barred=("council", "auditor"),
        source=f"{LAW}, art. 44",
    ),
    minutes=MinutesRules(signers_named=2, source=BYLAWS),
    deadlines=DeadlineRules(copy_days=30, challenge_days=1460, source=f"{LAW}, art. 43"),
    council=CouncilRules(
        seats=3,
        alternates=2,
        auditors=3,
        alternate_auditors=3,
        term_years=4,
        meets_days=31,
        request_days=6,
        source=f"{LAW}, art. 47 y 56",
    ),
    surplus=SurplusRules(
        funds=(
            Fund(name="fondo de reserva", rate="0.1", cap_of_capital=None, source=f"{LAW}, art. 28"),
            Fund(
                name="asistencia técnica, educativa y social",
                rate="0.05",
                cap_of_capital=None,
                source=f"{LAW}, art. 28",
            ),
        ),
        share_interest_rate="0",
        basis="hours",
        source=f"{LAW}, art. 28",
    ),
    membership=MembershipRules(
        minimum_age=18,
        trial_months=0,
        trial_votes=True,
        resignation_notice_days=0,
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
        arrears_block_vote=False,
        source=BYLAWS,
    ),
)
