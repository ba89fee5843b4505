"""Somebody suspended as it is done: a file, its notice, a defence and a decision."""

from datetime import datetime

from django.utils import timezone

from coop.members import sanctioning
from coop.members.enums import Measure
from coop.members.models import Member, SanctionFile
from coop.statute.domain import adopt
from coop.statute.models import Matter


def suspend(member: Member, *, keeper: Member, at: datetime, days: int = 10) -> SanctionFile:
    """From that very day on. `keeper` holds the secretary's seat."""
    by, day = keeper.actor, timezone.localdate(at)
    decided = adopt(
        matter=Matter.MEMBERSHIP,
        title="Sanción",
        text="",
        adopted_by="Consejo de administración",
        tally={},
        by=by,
        at=at,
    )
    file = sanctioning.open_file(member_id=member.pk, charge="Faltó.", opened_on=day, by=by, at=at)
    sanctioning.notify(file_id=file.pk, day=day, due=day.replace(year=day.year + 1), by=by, at=at)
    sanctioning.defend(file_id=file.pk, text="No fue así.", day=day, by=by, at=at)
    sanctioning.decide(
        file_id=file.pk, measure=Measure.SUSPENSION, day=day, days=days, resolution=decided, by=by, at=at
    )
    return file
