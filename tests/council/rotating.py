"""What tests of rotation share: declarations, draws and slates by the very verbs."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from coop.council.models import Declaration, Draw
from coop.council.rotation import draws
from coop.council.rotation.standing import declare
from coop.members.models import Member
from tests.support.people import Instants

NOW = Instants.hour
LATER = NOW + timedelta(days=2)


def says(
    member: Member, *offices: str, willing: bool = True, at: datetime = NOW, **values: Any
) -> Declaration:
    return declare(willing=willing, offices=offices, by=member.actor, at=at, **values)


def announced(by: Member, numbers: Collection[int] = (4, 5, 6, 7), **values: Any) -> Draw:
    held = {
        "title": "Dos firmantes del acta",
        "places": 2,
        "public_value": "Las cinco cifras de la quiniela de esa noche",
        "not_before": NOW + timedelta(days=1),
        "at": NOW,
        **values,
    }
    return draws.announce(numbers=numbers, by=by.actor, **held)
