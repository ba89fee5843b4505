"""The question that every act which seats somebody asks."""

from datetime import datetime

from coop.council.models import Seat
from coop.council.rotation.errors import MayNotStand
from coop.council.rotation.words import sentences
from coop.council.rotation.world import office_of, world_on
from coop.members.models import Member
from coop.statute.domain import cooperative


def check(*, seat: Seat, member: Member, first: datetime, at: datetime) -> None:
    """Whether `member` may begin a term in `seat` at `first`, by what is known at `at`.

    Raises MayNotStand with a sentence for each reason: the register, one seat at a time, the statute's limit
    of terms and its rest, everyone once before anyone twice, kin of the audit.
    """
    world = world_on(first, at, cooperative().tz)
    standing = world.standing(office_of(seat), member.number)
    if not standing.may:
        raise MayNotStand(member.name, str(seat), sentences(standing, world.names, kin=True))
