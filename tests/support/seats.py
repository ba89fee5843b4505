"""Terms as the verbs make them: by a resolution of the matter, entered by two of the council."""

from datetime import date, datetime, time, timedelta
from typing import Any

from coop.council.models import HowEnded, Term
from coop.council.seating import end_term, seat
from coop.members.models import Member
from coop.powers import Actor, system
from coop.statute.domain import adopt, cooperative
from coop.statute.drafting import latest
from coop.statute.models import Matter, Resolution
from tests.support.people import Instants

ELECTED_ON = date(2026, 4, 20)


def instant(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=cooperative().tz)


def reformed(**sections: dict[str, Any]) -> dict[str, Any]:
    """The latest statute with those fields of those sections."""
    document = latest().rules.to_json()
    return {**document, **{name: {**document[name], **fields} for name, fields in sections.items()}}


def decided(
    matter: Matter = Matter.ELECTION, at: datetime | None = None, title: str = "Elección"
) -> Resolution:
    """A resolution of that matter, adopted here at `at`."""
    return adopt(
        matter=matter,
        title=title,
        text="",
        adopted_by="Asamblea Ordinaria 2026",
        tally={"yes": 6, "no": 0, "abstain": 0},
        by=system(),
        at=at or instant(ELECTED_ON),
    )


def seated(
    code: str,
    member: Member,
    first: date | datetime = date(2026, 5, 1),
    last_day: date = date(2028, 4, 30),
    *,
    resolution: Resolution | None = None,
    by: Actor | None = None,
    at: datetime | None = None,
) -> Term:
    day = first.date() if isinstance(first, datetime) else first
    resolution = resolution or decided(at=instant(day - timedelta(days=11)))
    return seat(
        seat_code=code,
        member=member,
        first=first,
        last_day=last_day,
        resolution=resolution,
        by=by or system(),
        at=at or max(instant(day - timedelta(days=10)), Instants.hour),
    )


def ended(term: Term, how: HowEnded, ends_at: datetime, **values: Any) -> Term:
    return end_term(term_id=term.pk, how=how, ends_at=ends_at, **{"by": system(), "at": ends_at, **values})
