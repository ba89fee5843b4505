"""The rules of a statute version: frozen values read from its JSON, with their arithmetic.

Sources: ET is INAES's model statute for worker cooperatives (`ET 41` is its article 41).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an assembly: how many must be present, and how long after the hour it holds.

    `numerator/denominator` of the roll plus `plus` members: (1, 2, 1) is "half plus one", (0, 1, 1) is
    "any number".
    """

    numerator: int
    denominator: int
    plus: int
    wait_minutes: int

    def required(self, on_roll: int) -> int:
        """Members needed out of `on_roll`: floor(N x fraction) + plus, at least 1, at most N (ET 37)."""
        return max(1, min(on_roll, on_roll * self.numerator // self.denominator + self.plus))


@dataclass(frozen=True, slots=True)
class Majority:
    """More than (strict) or at least `numerator/denominator` of the votes cast (ET 41).

    Abstentions do not count.
    """

    numerator: int
    denominator: int
    strict: bool
    source: str

    def needed(self, base: int) -> int:
        """The smallest number of yes votes that carries a motion, out of `base` votes cast (yes + no)."""
        share = self.numerator * base
        if self.strict:
            return share // self.denominator + 1
        return max(1, -(-share // self.denominator))

    def carried(self, *, yes: int, no: int) -> bool:
        """More than half is strict; two thirds is met exactly at two thirds (ET 41)."""
        return yes > 0 and yes >= self.needed(yes + no)


@dataclass(frozen=True, slots=True)
class AssemblyRules:
    calls: tuple[Call, ...]
    source: str


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """`signers_named` members, named by the assembly, sign beside president and secretary (ET 44)."""

    signers_named: int
    source: str


@dataclass(frozen=True, slots=True)
class Paid:
    """Whether an hour of this kind is paid, and where that is written."""

    paid: bool
    source: str


@dataclass(frozen=True, slots=True)
class PayRules:
    """Every hour of equal value. `hours` by kind: `worked`, `sick`, `holiday`. `label` is its name."""

    basis: str
    frequency: str
    label: str
    hours: Mapping[str, Paid]
    source: str


@dataclass(frozen=True, slots=True)
class Fund:
    """`rate` of the surplus, an exact decimal or fraction as text.

    `cap_of_capital`: no more once the fund is that multiple of the capital, as text too; None for no cap.
    """

    name: str
    rate: str
    cap_of_capital: str | None
    source: str


@dataclass(frozen=True, slots=True)
class SurplusRules:
    """`funds` in the order of the law; `basis` of the return: `hours`, `pay` or `head`."""

    funds: tuple[Fund, ...]
    share_interest_rate: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class MembershipRules:
    """Months and days as the statute counts them (ET 10 to 18)."""

    minimum_age: int
    trial_months: int
    trial_votes: bool
    resignation_notice_days: int
    suspension_max_days: int
    appeal_days: int
    exclusion_waits_for_appeal: bool
    source: str


@dataclass(frozen=True, slots=True)
class ShareRules:
    """`value` of one share in cents; `first_payment` and `refund_cap` (a year, of the paid-in capital) as
    exact text; `years_to_pay` what is left. `arrears_block_vote`: voice but no vote (ET 24, 25, 39).
    """

    value: int
    first_payment: str
    years_to_pay: int
    refund_cap: str
    arrears_block_vote: bool
    source: str


@dataclass(frozen=True, slots=True)
class Rules:
    """`assemblies` by kind of assembly, `majorities` by matter of the motion."""

    assemblies: Mapping[str, AssemblyRules]
    majorities: Mapping[str, Majority]
    minutes: MinutesRules
    pay: PayRules
    surplus: SurplusRules
    membership: MembershipRules
    shares: ShareRules

    def majority(self, matter: str) -> Majority:
        """The one that carries a motion of that matter; where the statute is silent, the model's."""
        return self.majorities.get(matter) or MODEL_STATUTE.majorities[matter]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Raises KeyError or TypeError when a rule is missing or unknown.

        A version written before a rule was known holds the model statute's for it.
        """
        held = {**MODEL_STATUTE.to_json(), **data}
        pay, surplus = held["pay"], held["surplus"]
        return cls(
            assemblies={
                kind: AssemblyRules(
                    calls=tuple(Call(**call) for call in rule["calls"]), source=rule["source"]
                )
                for kind, rule in held["assemblies"].items()
            },
            majorities={matter: Majority(**rule) for matter, rule in held["majorities"].items()},
            minutes=MinutesRules(**held["minutes"]),
            pay=PayRules(**{**pay, "hours": {kind: Paid(**rule) for kind, rule in pay["hours"].items()}}),
            surplus=SurplusRules(**{**surplus, "funds": tuple(Fund(**fund) for fund in surplus["funds"])}),
            membership=MembershipRules(**held["membership"]),
            shares=ShareRules(**held["shares"]),
        )


HALF_PLUS_ONE = Call(numerator=1, denominator=2, plus=1, wait_minutes=0)
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source="ET 41")
TWO_THIRDS = Majority(numerator=2, denominator=3, strict=False, source="ET 41")
BYLAWS = "reglamento interno"

MODEL_STATUTE = Rules(
    assemblies={
        "weekly": AssemblyRules(
            calls=(HALF_PLUS_ONE, Call(numerator=0, denominator=1, plus=1, wait_minutes=30)), source="ET 37"
        ),
    },
    majorities={
        "ordinary_decision": SIMPLE,
        "pay_unit": SIMPLE,
        "surplus_distribution": SIMPLE,
        "statute_reform": TWO_THIRDS,
        "membership": SIMPLE,
        "exclusion_appeal": SIMPLE,
        "election": SIMPLE,
        "recall": SIMPLE,
        "annual_report": SIMPLE,
        "council_pay": SIMPLE,
        "object_change": TWO_THIRDS,
        "merger": TWO_THIRDS,
        "dissolution": TWO_THIRDS,
    },
    minutes=MinutesRules(signers_named=2, source="ET 44"),
    pay=PayRules(
        basis="hour",
        frequency="month",
        label="retribución",
        hours={"worked": Paid(True, BYLAWS), "sick": Paid(True, BYLAWS), "holiday": Paid(True, BYLAWS)},
        source=BYLAWS,
    ),
    surplus=SurplusRules(
        funds=(
            Fund(name="reserva legal", rate="0.05", cap_of_capital=None, source="ley 20.337, art. 42"),
            Fund(
                name="acción asistencial y laboral",
                rate="0.05",
                cap_of_capital=None,
                source="ley 20.337, art. 42",
            ),
            Fund(
                name="educación y capacitación cooperativas",
                rate="0.05",
                cap_of_capital=None,
                source="ley 20.337, art. 42",
            ),
        ),
        share_interest_rate="0",
        basis="hours",
        source="ley 20.337, art. 42",
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
