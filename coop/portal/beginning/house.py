"""The cooperative's own data and its statute, as drafts. Dates are text, `YYYY-MM-DD`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from coop.portal.beginning.opening import taken


@transaction.atomic
def keep_house(*, key: str, house: dict[str, Any], at: datetime) -> None:
    """Raises AlreadyBegun or NotHeld."""
    _keep(key, "house", house, at)


@transaction.atomic
def keep_statute(*, key: str, statute: dict[str, Any], at: datetime) -> None:
    """`model` (which ready-made one), `title`, `holds_from`. Raises AlreadyBegun or NotHeld."""
    _keep(key, "statute", statute, at)


def columns_of(house: dict[str, Any]) -> dict[str, Any]:
    """The draft as the cooperative's columns take it: days are days again."""
    days = {"founded_on"}
    return {
        name: date.fromisoformat(value) if name in days and value else value for name, value in house.items()
    }


def _keep(key: str, name: str, value: dict[str, Any], at: datetime) -> None:
    beginning = taken(key)
    setattr(beginning, name, value)
    beginning.touched_at = at
    beginning.save(update_fields=[name, "touched_at"])
