"""Taking a sealed proposal of another room to the open assembly: moved as it stands by whoever is there."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assemblies.domain import motions
from assemblies.enums import AssemblyState, MotionState
from assemblies.models import Assembly, Attendance, Motion, MotionProposal
from coop.members.models import Member
from coop.powers import Actor
from coop.statute import proposals
from coop.statute.models import Matter

PENDING = (MotionState.MOVED, MotionState.SECONDED, MotionState.VOTING)


@transaction.atomic
def put(
    *,
    kind: str,
    number: int,
    item_id: int,
    mover: Member,
    by: Actor,
    at: datetime,
    seconder: Member | None = None,
) -> Motion:
    """Moves that the assembly adopts exactly this; raises what moving, seconding and its kind raise.

    LookupError for a kind that its room takes itself, or that nobody registered.
    """
    found = proposals.to_put(kind, number)
    if found is None:
        raise LookupError(kind)
    matter, proposal, title, text = found
    motion = motions.move(
        item_id=item_id,
        title=title,
        text=text,
        mover=mover,
        by=by,
        at=at,
        matter=Matter(matter),
        proposal=proposal,
    )
    if seconder is None:
        return motion
    return motions.second(motion_id=motion.pk, seconder=seconder, by=by, at=at)


def motions_of(kind: str, number: int) -> "QuerySet[Motion]":
    """Every motion that put it, newest first."""
    put_by = MotionProposal.objects.filter(kind=kind, number=number).values("motion_id")
    return Motion.objects.filter(pk__in=put_by).select_related("item").order_by("-pk")


def open_now() -> Assembly | None:
    return Assembly.objects.filter(state=AssemblyState.OPEN).first()


def is_present(assembly: Assembly, member_id: int) -> bool:
    held = Attendance.objects.filter(assembly=assembly, member_id=member_id, left_at__isnull=True)
    return held.exists()
