"""The sample year in an invented cooperative: what is done with it, so that tests read as sentences."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member
from coop.statute.models import StatuteVersion
from coop.statute.rules import MODEL_STATUTE, SurplusRules
from payroll.domain import surplus
from payroll.models import SurplusProposal
from payroll.waterfall import Year, read_text, share_out
from tests.support import people
from tests.support.desk import Desk
from tests.support.people import Instants
from tests.support.reform import reform as adopt_reform

SAMPLE = Path(__file__).parents[1] / "data" / "excedentes-2025.json"
EXPECTED = SAMPLE.with_suffix(".expected.json")
DRAFTED = datetime(2026, 3, 2, 12, tzinfo=UTC)


def sample() -> Year:
    return read_text(SAMPLE.read_bytes())


def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return told


def rules(**changes: Any) -> dict[str, Any]:
    """The model statute with its chapter on the surplus changed."""
    changed: SurplusRules = replace(MODEL_STATUTE.surplus, **changes)
    return replace(MODEL_STATUTE, surplus=changed).to_json()


def reform(since: date = date(2024, 1, 1), **changes: Any) -> StatuteVersion:
    """Interest on shares up to 3 %, as the sample pays it, and what a test is about."""
    wanted = {"share_interest_rate": "0.03"} | changes
    return adopt_reform(since, rules(**wanted), title="Reforma de 2024")


def small(members: Sequence[Member], **changes: Any) -> Year:
    """The sample's figures for few people, all with the same hours."""
    year = sample()
    workers = tuple(replace(year.members[0], number=member.number, paid_in_shares=0) for member in members)
    return replace(year, members=workers, **changes)


def presented(year: Year, treasurer: Member, title: str = "Todo en efectivo") -> SurplusProposal:
    draft = surplus.draft(year=year, title=title, by=treasurer.actor, at=DRAFTED)
    return surplus.present(key=draft.key, by=treasurer.actor, at=DRAFTED)


@dataclass(frozen=True, slots=True)
class Floor:
    """An assembly in session, and its way from a proposal to a result."""

    desk: Desk
    assembly: Assembly
    members: Sequence[Member]
    at: type[Instants] = Instants

    def put(self, held: SurplusProposal) -> Motion:
        return surplus.put(
            proposal_id=held.pk,
            item_id=self.assembly.items.get(position=2).pk,
            mover=self.members[3],
            seconder=self.members[4],
            by=self.desk.secretary.actor,
            at=self.at.moving,
        )

    def open(self, held: SurplusProposal) -> Poll:
        return self.desk.open_poll(self.put(held))

    def close(self, poll: Poll, yes: int = 2) -> Poll:
        for member in self.members[:yes]:
            self.desk.vote(poll, member)
        return self.desk.close_poll(poll)

    def adopt(self, held: SurplusProposal) -> Poll:
        return self.close(self.open(held))


def more_members(count: int = 24) -> list[Member]:
    return people.make_members(count)


def share(year: Year) -> dict[str, Any]:
    return share_out(year).to_json()
