"""The steps of a beginning, what each still wants, and the day where the cooperative is."""

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings

from coop.common.time import local_day
from coop.portal.models import Beginning


class Step(StrEnum):
    """In their order; the values are in the pages' addresses."""

    HOUSE = "cooperativa"
    STATUTE = "estatuto"
    PEOPLE = "registro"
    COUNCIL = "consejo"
    RESOLUTIONS = "resoluciones"

    @property
    def place(self) -> int:
        return list(Step).index(self) + 1

    @property
    def needed(self) -> bool:
        return self is not Step.RESOLUTIONS


def zone_of(beginning: Beginning) -> ZoneInfo:
    return ZoneInfo(beginning.house.get("zone") or settings.TIME_ZONE)


def today_of(beginning: Beginning, at: datetime) -> date:
    """The day of `at` where the cooperative is, as far as that is known yet."""
    return local_day(at, zone_of(beginning))


def is_typed(beginning: Beginning, step: Step) -> bool:
    """Whether something was kept there; whether it is right is said by `finishing.findings`."""
    return bool(
        {
            Step.HOUSE: beginning.house,
            Step.STATUTE: beginning.statute,
            Step.PEOPLE: beginning.people,
            Step.COUNCIL: beginning.council,
            Step.RESOLUTIONS: beginning.resolutions,
        }[step]
    )


def first_open(beginning: Beginning) -> Step | None:
    """The first step that is needed and where nothing was kept yet."""
    return next((step for step in Step if step.needed and not is_typed(beginning, step)), None)
