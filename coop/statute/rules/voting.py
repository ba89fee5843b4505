"""Assemblies and votes: who must be there, what carries a motion, who may speak for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from coop.statute.rules.kinds import (
    Abstention,
    Barred,
    Base,
    Count,
    Country,
    Days,
    Minutes,
    Months,
    Name,
    Source,
    Whole,
)


@dataclass(frozen=True, slots=True)
class LawRules:
    """The law above the statute: it caps some of its values, and a reform does not change it."""

    country: Country
    source: Source


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an assembly: how many must be present, and how long after the hour it holds.

    `numerator/denominator` of the roll plus `plus` members: (1, 2, 1) is "half plus one", (0, 1, 1) is
    "any number".
    """

    numerator: Count
    denominator: Whole
    plus: Count
    wait_minutes: Minutes

    def required(self, on_roll: int) -> int:
        """Members needed out of `on_roll`: floor(N x fraction) + plus, at least 1, at most N (ET 37)."""
        return max(1, min(on_roll, on_roll * self.numerator // self.denominator + self.plus))


@dataclass(frozen=True, slots=True)
class Majority:
    """More than (strict) or at least `numerator/denominator` of a base.

    `base`: `cast` are the votes cast, `present` whoever is on the poll's roll, `roll` everybody on the
    register. `abstention`: `absent` takes those who abstain out of the first two (ET 41: whoever abstains
    counts as absent), `counted` leaves them in. `secret` and `in_person` say how it must be voted.
    """

    numerator: Count
    denominator: Whole
    strict: bool
    source: Source
    base: Base = "cast"
    abstention: Abstention = "absent"
    secret: bool = False
    in_person: bool = False

    def base_of(self, *, yes: int, no: int, abstain: int = 0, present: int = 0, on_roll: int = 0) -> int:
        """How many the fraction is taken of. `present` and `on_roll` are read only where the base asks."""
        absent = abstain if self.abstention == "absent" else 0
        if self.base == "roll":
            return on_roll
        if self.base == "present":
            return present - absent
        return yes + no + abstain - absent

    def needed(self, base: int) -> int:
        """The smallest number of yes votes that carries a motion, out of `base`."""
        share = self.numerator * base
        if self.strict:
            return share // self.denominator + 1
        return max(1, -(-share // self.denominator))

    def carried(self, *, yes: int, no: int, abstain: int = 0, present: int = 0, on_roll: int = 0) -> bool:
        """More than half is strict; two thirds is met exactly at two thirds (ET 41)."""
        base = self.base_of(yes=yes, no=no, abstain=abstain, present=present, on_roll=on_roll)
        return yes > 0 and yes >= self.needed(base)

    @property
    def is_half(self) -> bool:
        """More than half, the simple majority."""
        return self.strict and 2 * self.numerator == self.denominator


@dataclass(frozen=True, slots=True)
class AssemblyRules:
    """`calls` in their order (ET 37); `notice_days` at least between the notice and the day (ET 36)."""

    calls: tuple[Call, ...]
    source: Source
    notice_days: Days = 0
    notice_source: Source = ""


@dataclass(frozen=True, slots=True)
class RequestRules:
    """`numerator/denominator` of the members may ask for an assembly, held within `held_within_days`.

    The council may leave it to an ordinary one that falls within `defer_days`; 0 when it may not (ET 35).
    """

    numerator: Count
    denominator: Whole
    held_within_days: Days
    defer_days: Days
    source: Source


@dataclass(frozen=True, slots=True)
class AgendaRules:
    """`numerator/denominator` of the members put an item on the agenda, before the call (ET 40)."""

    numerator: Count
    denominator: Whole
    source: Source


@dataclass(frozen=True, slots=True)
class SessionRules:
    """`ordinary_within_months` of the fiscal year's end; `adjournment_days` in all its sittings."""

    ordinary_within_months: Months
    adjournment_days: Days
    source: Source


@dataclass(frozen=True, slots=True)
class ProxyRules:
    """Whether one member may vote for another, for how many at most, and who never may (ET 42)."""

    allowed: bool
    most_principals: Count
    barred: tuple[Barred, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class ConflictRules:
    """On these matters these officers have voice and no vote (ET 43)."""

    matters: tuple[Name, ...]
    barred: tuple[Barred, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class MinutesRules:
    """`signers_named` members, named by the assembly, sign beside president and secretary (ET 44)."""

    signers_named: Count
    source: Source


@dataclass(frozen=True, slots=True)
class DeadlineRules:
    """Days for the minutes' copy to the authority (ET 44) and for challenging a decision."""

    copy_days: Days
    challenge_days: Days
    source: Source


Majorities = Mapping[Name, Majority]
Assemblies = Mapping[Name, AssemblyRules]
