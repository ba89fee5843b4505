"""The default: Argentina, INAES's model statute for worker cooperatives, beside the law 20.337.

Sources: `ET 41` is article 41 of the model statute. What the law leaves to the enterprise says so.
"""

from coop.statute.rules.document import Rules
from coop.statute.rules.kinds import BYLAWS
from coop.statute.rules.pay import Fund, LabelRules, Paid, PayRules, SurplusRules
from coop.statute.rules.people import MembershipRules, ShareRules
from coop.statute.rules.seats import CouncilRules, PositionRules, RotationRules
from coop.statute.rules.voting import (
    AgendaRules,
    AssemblyRules,
    Call,
    ConflictRules,
    DeadlineRules,
    LawRules,
    Majority,
    MinutesRules,
    ProxyRules,
    RequestRules,
    SessionRules,
)

LAW_42 = "ley 20.337, art. 42"
BALLOTS = "INAES 1692/97"

HALF_PLUS_ONE = Call(numerator=1, denominator=2, plus=1, wait_minutes=0)
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source="ET 41")
TWO_THIRDS = Majority(numerator=2, denominator=3, strict=False, source="ET 41")
RECALL = Majority(numerator=1, denominator=2, strict=True, source="ET 47", secret=True)
SECRET_SIMPLE = Majority(numerator=1, denominator=2, strict=True, source=f"ET 41; {BALLOTS}", secret=True)
SECRET_TWO_THIRDS = Majority(
    numerator=2, denominator=3, strict=False, source=f"ET 41; {BALLOTS}", secret=True
)


def any_number(wait_minutes: int) -> Call:
    return Call(numerator=0, denominator=1, plus=1, wait_minutes=wait_minutes)


MODEL_STATUTE = Rules(
    law=LawRules(country="AR", source="ley 20.337"),
    assemblies={
        "weekly": AssemblyRules(
            calls=(HALF_PLUS_ONE, any_number(30)), source="ET 37", notice_days=0, notice_source=BYLAWS
        ),
        "ordinary": AssemblyRules(
            calls=(HALF_PLUS_ONE, any_number(60)), source="ET 37", notice_days=15, notice_source="ET 36"
        ),
        "extraordinary": AssemblyRules(
            calls=(HALF_PLUS_ONE, any_number(60)), source="ET 37", notice_days=15, notice_source="ET 36"
        ),
    },
    majorities={
        "ordinary_decision": SIMPLE,
        "pay_unit": SIMPLE,
        "surplus_distribution": SECRET_SIMPLE,
        "statute_reform": TWO_THIRDS,
        "membership": SIMPLE,
        "exclusion_appeal": SECRET_SIMPLE,
        "election": SECRET_SIMPLE,
        "recall": RECALL,
        "annual_report": SECRET_SIMPLE,
        "council_pay": SECRET_SIMPLE,
        "object_change": SECRET_TWO_THIRDS,
        "merger": SECRET_TWO_THIRDS,
        "dissolution": SECRET_TWO_THIRDS,
    },
    requests=RequestRules(numerator=1, denominator=10, held_within_days=30, defer_days=90, source="ET 35"),
    agenda=AgendaRules(numerator=1, denominator=10, source="ET 40"),
    session=SessionRules(ordinary_within_months=4, adjournment_days=30, source="ley 20.337"),
    proxies=ProxyRules(
        allowed=False, most_principals=0, barred=("council", "auditor", "manager"), source="ET 42"
    ),
    conflicts=ConflictRules(
        matters=("annual_report", "council_pay"), barred=("council", "auditor", "manager"), source="ET 43"
    ),
    minutes=MinutesRules(signers_named=2, source="ET 44"),
    deadlines=DeadlineRules(copy_days=30, challenge_days=90, source="ET 44; ley 20.337"),
    council=CouncilRules(
        seats=3,
        alternates=2,
        auditors=1,
        alternate_auditors=1,
        term_years=3,
        meets_days=31,
        request_days=6,
        source="ET 54 a 70",
    ),
    rotation=RotationRules(
        most_terms=0, cool_off_years=0, everyone_once=False, staggered=False, source=BYLAWS
    ),
    positions=PositionRules(held=(), source=BYLAWS),
    pay=PayRules(
        basis="hour",
        frequency="month",
        label="retribución",
        hours={"worked": Paid(True, BYLAWS), "sick": Paid(True, BYLAWS), "holiday": Paid(True, BYLAWS)},
        source=BYLAWS,
        ratio_ceiling="1",
    ),
    labels=LabelRules(surplus_return="retorno", advance="adelanto", source=BYLAWS),
    surplus=SurplusRules(
        funds=(
            Fund(name="reserva legal", rate="0.05", cap_of_capital=None, source=LAW_42),
            Fund(name="acción asistencial y laboral", rate="0.05", cap_of_capital=None, source=LAW_42),
            Fund(
                name="educación y capacitación cooperativas", rate="0.05", cap_of_capital=None, source=LAW_42
            ),
        ),
        share_interest_rate="0",
        basis="hours",
        source=LAW_42,
    ),
    membership=MembershipRules(
        minimum_age=18,
        trial_months=6,
        trial_votes=True,
        resignation_notice_days=30,
        suspension_max_days=30,
        appeal_days=30,
        exclusion_waits_for_appeal=True,
        source="ET 10 a 18",
    ),
    shares=ShareRules(
        value=100_000,
        first_payment="0.05",
        years_to_pay=5,
        refund_cap="0.05",
        arrears_block_vote=True,
        source="ET 20 a 25",
    ),
)
