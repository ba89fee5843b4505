"""Hornos, with a coordinator of its own, three who can load the oven and one who is learning."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from coop.council.models import Seat, SeatKind, Term
from coop.jobs.domain import skills, tasks
from coop.jobs.enums import Every, Level
from coop.jobs.models import Task
from coop.members import sections
from coop.members.models import Member, Section

AT = datetime(2026, 3, 11, 15, tzinfo=UTC)  # a Wednesday
MONDAY, NEXT, AFTER = date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23)


@dataclass
class Floor:
    """`members[0]` presides, `[1]` is the secretary, `[2]` coordinates Hornos; `[2]` to `[6]` work there."""

    members: list[Member]
    hornos: Section
    prensa: Section
    coordinator: Member
    task: Task
    extra: dict[str, object] = field(default_factory=dict)

    def can(self, member: Member, level: Level = Level.CAN) -> None:
        found = skills.declare(task_id=self.task.pk, level=level, by=member.actor, at=AT)
        by = self.coordinator if member != self.coordinator else self.members[0]
        skills.confirm(skill_id=found.pk, by=by.actor, at=AT)


@pytest.fixture
def floor(members: list[Member], president: Member, secretary: Member) -> Floor:
    keeper = secretary.actor
    hornos = sections.begin(name="Hornos", by=keeper, at=AT)
    prensa = sections.begin(name="Prensa", by=keeper, at=AT)
    for one in members[2:]:
        sections.move(member_id=one.pk, section_id=hornos.pk, since=date(2024, 1, 1), by=keeper, at=AT)
    seat = Seat.objects.create(
        code="p_hornos_1",
        position=100,
        kind=SeatKind.POSITION,
        rank=1,
        key="hornos",
        position_kind="coordinator",
        name="Coordinación de Hornos",
        section="Hornos",
    )
    during = (datetime(2024, 5, 1, 3, tzinfo=UTC), datetime(2124, 5, 1, 3, tzinfo=UTC))
    Term.objects.create(seat=seat, member=members[2], during=during, elected_by="Asamblea")
    by = members[2].actor
    task = tasks.begin_task(
        section_id=hornos.pk, name="Cargar el horno", people=1, every=Every.WEEK, by=by, at=AT
    )
    return Floor(members, hornos, prensa, members[2], task)
