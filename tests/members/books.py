"""What a register's tests lean on: resolutions, and the instants of one year."""

from datetime import UTC, date, datetime

from coop.members.models import Member
from coop.statute.domain import adopt
from coop.statute.models import Matter, Resolution


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


def decided(by: Member, day: date, matter: Matter = Matter.MEMBERSHIP, title: str = "Decisión") -> Resolution:
    return adopt(
        matter=matter,
        title=title,
        text="",
        adopted_by="Consejo de administración",
        tally={},
        by=by.actor,
        at=noon(day),
    )
