"""How many must be present, by the statute's list of calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from assemblies.models import Assembly, Attendance
from coop.common.time import local_day
from coop.members.models import Member
from coop.statute.domain import cooperative, rules_at
from coop.statute.models import day_of
from coop.statute.rules import AssemblyRules


@dataclass(frozen=True, slots=True)
class Quorum:
    """`required` members of `on_register` under the call that holds; `next_call_at` if one follows."""

    present: int
    on_register: int
    required: int
    call: int
    next_call_at: datetime | None
    next_required: int | None
    source: str

    @property
    def met(self) -> bool:
        return self.present >= self.required

    @property
    def missing(self) -> int:
        return max(0, self.required - self.present)


def judge(
    *, rules: AssemblyRules, starts_at: datetime, at: datetime, present: int, on_register: int
) -> Quorum:
    """The quorum at `at`: the latest call whose wait after `starts_at` has passed (ET 37)."""
    held = 0
    for index, call in enumerate(rules.calls):
        if at >= starts_at + timedelta(minutes=call.wait_minutes):
            held = index
    later = rules.calls[held + 1] if held + 1 < len(rules.calls) else None
    return Quorum(
        present=present,
        on_register=on_register,
        required=rules.calls[held].required(on_register),
        call=held + 1,
        next_call_at=starts_at + timedelta(minutes=later.wait_minutes) if later else None,
        next_required=later.required(on_register) if later else None,
        source=rules.source,
    )


def present_at(assembly: Assembly, at: datetime) -> QuerySet[Attendance]:
    """Who signed, has not gone, and counts that day: not who left the cooperative, nor who is suspended."""
    members = Member.objects.in_assembly(day_of(at))
    return Attendance.objects.filter(assembly=assembly, left_at__isnull=True, member__in=members)


def quorum_of(assembly: Assembly, at: datetime) -> Quorum:
    """Live: who is present now against who is on the register today (or was, when the session opened).

    Who is suspended is on neither side: they could not come.
    """
    on_register = assembly.on_roll
    if on_register is None:
        on_register = Member.objects.in_assembly(local_day(at, cooperative().tz)).count()
    return judge(
        rules=rules_at(at).assembly(assembly.kind),
        starts_at=assembly.starts_at,
        at=at,
        present=present_at(assembly, at).count(),
        on_register=on_register,
    )
