"""Where a proposal stands in the assemblies: what the room that drafted it shows beside it."""

from datetime import datetime

from django.urls import reverse

from assemblies.domain.putting import PENDING, is_present, motions_of, open_now
from coop.members.models import Member
from coop.powers import Power, may
from coop.statute.proposals import Moved, Standing


def standing_of(kind: str, number: int, member_id: int | None, at: datetime) -> Standing:
    """`put_url` while an assembly is open, nothing of it is pending, and the reader may move something."""
    held = list(motions_of(kind, number).select_related("poll"))
    moved = tuple(
        Moved(
            title=motion.title,
            state=str(motion.get_state_display()),
            url=reverse("assemblies:poll", args=[motion.poll.pk])
            if hasattr(motion, "poll")
            else reverse("assemblies:detail", args=[motion.item.assembly_id]),
        )
        for motion in held
    )
    pending = any(motion.state in PENDING for motion in held)
    may_put = not pending and member_id is not None and _may_put(member_id, at)
    return Standing(moved, reverse("assemblies:put", args=[kind, number]) if may_put else "")


def _may_put(member_id: int, at: datetime) -> bool:
    assembly = open_now()
    if assembly is None:
        return False
    if is_present(assembly, member_id):
        return True
    return may(Member.objects.get(pk=member_id).actor, Power.RECORD_MOTIONS, at)
