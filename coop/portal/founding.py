"""The first act: the cooperative, its statute and the empty seats."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from coop.council.seats import ensure_seats
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.ready_made import DEFAULT, READY_MADE
from coop.statute.rules import Rules

ALWAYS = date(1900, 1, 1)


@transaction.atomic
def found(
    *,
    name: str,
    zone: str,
    since: date = ALWAYS,
    model: str = DEFAULT,
    title: str = "",
    rules: Rules | None = None,
    house: Mapping[str, Any] | None = None,
) -> bool:
    """Makes what is not there yet. False when the cooperative was there: it is left as it is.

    `model`: the key of a ready-made statute, which holds from `since`; `title`: what the cooperative calls
    its statute; `rules`: what it says in place of the model's. `house`: further columns of the cooperative.
    """
    values = {**(house or {}), "name": name, "zone": zone}
    _cooperative, made = Cooperative.objects.get_or_create(pk=1, defaults=values)
    if not StatuteVersion.objects.exists():
        chosen = READY_MADE[model]
        StatuteVersion.objects.create(
            holds_from=since,
            title=title or chosen.title,
            document=(rules or chosen.rules).to_json(),
        )
    ensure_seats()
    return made
