"""The assembly decides everything: weekly, with whoever is there, and posts that rotate every year.

For groups that are no registered cooperative yet: no law stands behind it, only what they agreed.
"""

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
    Position,
    PositionRules,
    ProxyRules,
    RequestRules,
    RotationRules,
    SessionRules,
    ShareRules,
    SurplusRules,
)

AGREED = "acuerdo de asamblea"
ANY = AssemblyRules(calls=(Call(0, 1, 1, 0),), source=AGREED, notice_days=0, notice_source=AGREED)
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source=AGREED)
TWO_THIRDS = Majority(numerator=2, denominator=3, strict=False, source=AGREED)
ASKS_MORE = ("statute_reform", "object_change", "merger", "dissolution")
# Who brings the week's work before the assembly, and who listens when two do not get on.
WORK = Position(
    key="coordinator_work",
    name="Coordinación del trabajo",
    kind="coordinator",
    holders=2,
    term_months=6,
    source=AGREED,
    most_terms=1,
    cool_off_years=1,
    everyone_once=True,
)
MEDIATION = Position(
    key="commission_care",
    name="Comisión de convivencia",
    kind="commission",
    holders=3,
    term_months=12,
    source=AGREED,
    most_terms=1,
    cool_off_years=1,
)

ASSEMBLY_ONLY = replace(
    MODEL_STATUTE,
    law=LawRules(country="XX", source=AGREED),
    assemblies={
        "weekly": ANY,
        "ordinary": replace(ANY, notice_days=7),
        "extraordinary": replace(ANY, notice_days=2),
    },
    majorities={matter: TWO_THIRDS if matter in ASKS_MORE else SIMPLE for matter in MODEL_STATUTE.majorities},
    requests=RequestRules(numerator=1, denominator=10, held_within_days=7, defer_days=0, source=AGREED),
    agenda=AgendaRules(numerator=1, denominator=100, source=AGREED),
    session=SessionRules(ordinary_within_months=4, adjournment_days=30, source=AGREED),
    proxies=ProxyRules(allowed=False, most_principals=0, barred=(), source=AGREED),
    conflicts=ConflictRules(matters=("annual_report", "council_pay"), barred=("council",), source=AGREED),
    minutes=MinutesRules(signers_named=2, source=AGREED),
    deadlines=DeadlineRules(copy_days=0, challenge_days=30, source=AGREED),
    council=CouncilRules(
        seats=3,
        alternates=2,
        auditors=1,
        alternate_auditors=0,
        term_years=1,
        meets_days=31,
        request_days=7,
        source=AGREED,
        vacancies="assembly",
        quorum="0",
    ),
    rotation=RotationRules(
        most_terms=1,
        cool_off_years=1,
        everyone_once=True,
        staggered=True,
        source=AGREED,
        balance=("sections", "genders"),
    ),
    positions=PositionRules(held=(WORK, MEDIATION), source=AGREED),
    surplus=SurplusRules(
        funds=(Fund(name="fondo común", rate="0.1", cap_of_capital=None, source=AGREED),),
        share_interest_rate="0",
        basis="hours",
        source=AGREED,
    ),
    membership=MembershipRules(
        minimum_age=18,
        trial_months=3,
        trial_votes=True,
        resignation_notice_days=0,
        suspension_max_days=15,
        appeal_days=30,
        exclusion_waits_for_appeal=True,
        source=AGREED,
    ),
    shares=ShareRules(
        value=100,
        first_payment="1",
        years_to_pay=0,
        refund_cap="1",
        arrears_block_vote=False,
        source=BYLAWS,
    ),
)
