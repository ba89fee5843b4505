"""What a fact may rest on: a resolution of the right matter, not adopted after the day it acts on."""

from datetime import date

from coop.common.time import local_day
from coop.members.errors import DecidedLater, WrongMatter
from coop.statute.domain import cooperative
from coop.statute.models import Matter, Resolution

# The council's decisions on members are of the first; an assembly may also take one as its day's work.
DECIDES_ON_MEMBERS = frozenset({Matter.MEMBERSHIP, Matter.ORDINARY_DECISION})
DECIDES_AN_APPEAL = frozenset({Matter.EXCLUSION_APPEAL})


def rests_on(resolution: Resolution, *, matters: frozenset[Matter], day: date) -> None:
    """Raises WrongMatter or DecidedLater."""
    if resolution.matter not in matters:
        raise WrongMatter(str(resolution), str(resolution.get_matter_display()))
    adopted = local_day(resolution.adopted_at, cooperative().tz)
    if adopted > day:
        raise DecidedLater(str(resolution), adopted)
