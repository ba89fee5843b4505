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
class Rules:
    """`assemblies` by kind of assembly, `majorities` by matter of the motion."""

    assemblies: Mapping[str, AssemblyRules]
    majorities: Mapping[str, Majority]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Raises KeyError or TypeError when a rule is missing or unknown."""
        return cls(
            assemblies={
                kind: AssemblyRules(
                    calls=tuple(Call(**call) for call in held["calls"]), source=held["source"]
                )
                for kind, held in data["assemblies"].items()
            },
            majorities={matter: Majority(**held) for matter, held in data["majorities"].items()},
        )


HALF_PLUS_ONE = Call(numerator=1, denominator=2, plus=1, wait_minutes=0)
SIMPLE = Majority(numerator=1, denominator=2, strict=True, source="ET 41")

MODEL_STATUTE = Rules(
    assemblies={
        "weekly": AssemblyRules(
            calls=(HALF_PLUS_ONE, Call(numerator=0, denominator=1, plus=1, wait_minutes=30)), source="ET 37"
        ),
    },
    majorities={"ordinary_decision": SIMPLE},
)
