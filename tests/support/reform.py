"""A reform of the statute in one call: presented and adopted the day before it holds."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from coop.powers import system
from coop.statute.domain import adopt, cooperative
from coop.statute.drafting import complete, latest
from coop.statute.models import Matter, StatuteReform, StatuteVersion
from coop.statute.reforming import sealed
from coop.statute.rules import Rules


def present(document: Mapping[str, Any], *, title: str = "Reforma", at: datetime) -> StatuteReform:
    """As a council would have presented it at `at`, whoever sits there today."""
    return sealed(
        base=latest(),
        title=title,
        why="",
        holds_from=None,
        document=complete(Rules.from_json(document)),
        by=system(),
        at=at,
    )


def reform(since: date, document: Mapping[str, Any], *, title: str = "Reforma") -> StatuteVersion:
    """The version that holds from `since`: adopted at noon of the day before."""
    noon = datetime.combine(since - timedelta(days=1), time(12), tzinfo=cooperative().tz)
    held = present(document, title=title, at=noon)
    adopt(
        matter=Matter.STATUTE_REFORM,
        title=title,
        text="",
        adopted_by="Asamblea extraordinaria",
        tally={"yes": 5, "no": 0, "abstain": 0},
        by=system(),
        at=noon,
        proposal=held.proposal,
    )
    return StatuteVersion.objects.get(reform=held)
