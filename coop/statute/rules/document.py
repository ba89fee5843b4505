"""The whole statute as one typed document, and its way from and to JSON."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from coop.statute.rules.pay import LabelRules, Paid, PayRules, SurplusRules
from coop.statute.rules.people import MembershipRules, ShareRules
from coop.statute.rules.problems import BadStatute, of_types
from coop.statute.rules.seats import CouncilRules, PositionRules, RotationRules
from coop.statute.rules.voting import (
    AgendaRules,
    Assemblies,
    AssemblyRules,
    ConflictRules,
    DeadlineRules,
    LawRules,
    Majorities,
    Majority,
    MinutesRules,
    ProxyRules,
    RequestRules,
    SessionRules,
)


# The dataclasses inside have no configuration of their own, so that this one holds for them too.
@with_config(ConfigDict(strict=True, extra="forbid"))
@dataclass(frozen=True, slots=True)
class Rules:
    """`assemblies` by kind of assembly, `majorities` by matter of the motion."""

    law: LawRules
    assemblies: Assemblies
    majorities: Majorities
    requests: RequestRules
    agenda: AgendaRules
    session: SessionRules
    proxies: ProxyRules
    conflicts: ConflictRules
    minutes: MinutesRules
    deadlines: DeadlineRules
    council: CouncilRules
    rotation: RotationRules
    positions: PositionRules
    pay: PayRules
    labels: LabelRules
    surplus: SurplusRules
    membership: MembershipRules
    shares: ShareRules

    def majority(self, matter: str) -> Majority:
        """The one that carries a motion of that matter; where the statute is silent, the model's."""
        return self.majorities.get(matter) or _model().majorities[matter]

    def assembly(self, kind: str) -> AssemblyRules:
        """Calls and notice of that kind; where the statute is silent, the model's."""
        return self.assemblies.get(kind) or _model().assemblies[kind]

    def hours(self, kind: str) -> Paid:
        return self.pay.hours.get(kind) or _model().pay.hours[kind]

    def to_json(self) -> dict[str, Any]:
        """As PostgreSQL gives it back: lists, not tuples."""
        held: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return held

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Rules":
        """Raises BadStatute, with place and reason of everything that is missing, unknown or impossible.

        A version written before a rule was known holds the model statute's for it.
        """
        return _read(completed(data))


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` with the model's values where a chapter, or a value of a chapter, was not known yet.

    Tables (kinds of assembly, matters, kinds of hours) are left as they are: they are asked line by line.
    """
    held: dict[str, Any] = dict(data)
    for chapter, values in _model_json().items():
        if chapter not in held:
            held[chapter] = values
        elif isinstance(held[chapter], Mapping) and chapter not in ("assemblies", "majorities"):
            held[chapter] = {**values, **held[chapter]}
    return held


def seal_of(document: Mapping[str, Any]) -> str:
    """SHA-256, in hex, of the document as canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(data: Mapping[str, Any]) -> Rules:
    """Strictly, from JSON text: numbers are numbers, and there are lists where lists belong."""
    try:
        return _reader().validate_json(json.dumps(data))
    except ValidationError as error:
        raise BadStatute(of_types(error)) from None


@cache
def _reader() -> TypeAdapter[Rules]:
    return TypeAdapter(Rules)


@cache
def _model_json() -> dict[str, Any]:
    return _model().to_json()


def _model() -> Rules:
    from coop.statute.rules.model import MODEL_STATUTE

    return MODEL_STATUTE
