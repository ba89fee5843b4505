"""The attendance book: each one signs from their phone, or the secretary ticks them."""

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models.functions import Greatest

from assemblies.enums import AssemblyState, Channel
from assemblies.errors import AssemblyStateChanged, NotPresent, Suspended, TooEarly
from assemblies.models import Assembly, Attendance
from coop.common.compiled import Compiled
from coop.common.time import local_day
from coop.members.errors import NotOnRegister
from coop.members.models import Member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.domain import cooperative

CHECK_IN_OPENS = timedelta(hours=2)
# Asked at every arrival: whether that member counts in an assembly that day.
_COUNTED = Compiled(
    lambda pk, day: Member.objects.in_assembly(day).filter(pk=pk).order_by().values_list("pk"), -1, date.min
)


@transaction.atomic
def check_in(
    *, assembly_id: int, member: Member, at: datetime, channel: Channel = Channel.PHONE
) -> Attendance:
    """A member signs the attendance book, from their own phone or at a kiosk. Twice changes nothing.

    Raises TooEarly more than two hours before the call, AssemblyStateChanged when it is over.
    """
    opens_at = Assembly.objects.values_list("starts_at", flat=True).get(pk=assembly_id) - CHECK_IN_OPENS
    if at < opens_at:
        raise TooEarly(opens_at)
    return _arrive(assembly_id=assembly_id, member=member, channel=channel, at=at)


@transaction.atomic
def tick(*, assembly_id: int, member: Member, present: bool, by: Actor, at: datetime) -> None:
    """The secretary notes that a member is there, or has gone. Ticking twice changes nothing."""
    require(by, Power.KEEP_ATTENDANCE, at)
    _meeting(assembly_id)
    here = Attendance.objects.filter(assembly_id=assembly_id, member=member, left_at__isnull=True)
    if present == here.exists():
        return
    if present:
        _arrive(assembly_id=assembly_id, member=member, channel=Channel.DESK, at=at)
    else:
        leave(here, at)
    facts = {"assembly": assembly_id, "member": member.number, "name": member.name, "present": present}
    write(Act.ATTENDANCE_MARKED, by=by, at=at, facts=facts)


def must_be_present(*, assembly_id: int, member: Member) -> None:
    """Raises NotPresent."""
    if not Attendance.objects.filter(assembly_id=assembly_id, member=member, left_at__isnull=True).exists():
        raise NotPresent(member.name)


def leave(present: models.QuerySet[Attendance], at: datetime) -> None:
    """Who signed while this act waited for its turn leaves no earlier than they came."""
    present.update(left_at=Greatest("arrived_at", models.Value(at)))


def _arrive(*, assembly_id: int, member: Member, channel: Channel, at: datetime) -> Attendance:
    _meeting(assembly_id)
    day = local_day(at, cooperative().tz)
    if not _COUNTED.rows(member.pk, day):
        raise Suspended(member.name) if member.is_on_register(day) else NotOnRegister(member.name)
    attendance, _ = Attendance.objects.get_or_create(
        assembly_id=assembly_id, member=member, left_at=None, defaults={"arrived_at": at, "channel": channel}
    )
    return attendance


def _meeting(assembly_id: int) -> Assembly:
    """The assembly, held against closing for this transaction. Raises AssemblyStateChanged once over."""
    assembly = Assembly.objects.select_for_update(no_key=True).get(pk=assembly_id)
    if assembly.state == AssemblyState.CLOSED:
        raise AssemblyStateChanged
    return assembly
