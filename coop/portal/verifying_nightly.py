"""Every night all proofs are run and what they found is kept, for everybody to read."""

from datetime import datetime, time, timedelta
from time import monotonic
from typing import Any

from django.utils import timezone, translation

from coop.common.time import local_day
from coop.portal.verifying import Check, verify
from coop.record.models import Verification
from coop.statute.models import Cooperative

# After the shed is empty; a server that is off then does it as soon as it is on.
BEGINS = time(3, 0)


def due(at: datetime) -> bool:
    """It is past three where the cooperative is, and nobody has verified since. No cooperative, no proof."""
    house = Cooperative.objects.first()
    if house is None:
        return False
    local = at.astimezone(house.tz)
    day = local_day(at, house.tz) if local.time() >= BEGINS else local_day(at, house.tz) - timedelta(days=1)
    since = datetime.combine(day, BEGINS, tzinfo=house.tz)
    return not Verification.objects.filter(begun_at__gte=since, begun_at__lte=at).exists()


def next_begins(at: datetime) -> datetime | None:
    """When the books are verified by themselves next; None before there is a cooperative."""
    house = Cooperative.objects.first()
    if house is None:
        return None
    local = at.astimezone(house.tz)
    day = local_day(at, house.tz) + timedelta(days=1 if local.time() >= BEGINS else 0)
    return datetime.combine(day, BEGINS, tzinfo=house.tz)


def verify_and_keep() -> Verification:
    """Runs every proof on one state of the database and keeps what was found. Minutes, on a large one."""
    begun, found, before = timezone.now(), [], monotonic()
    with translation.override(Cooperative.objects.values_list("language", flat=True).first() or "es-ar"):
        for check in verify():
            now = monotonic()
            found.append(_told(check, milliseconds=round((now - before) * 1000)))
            before = now
    return Verification.objects.create(
        begun_at=begun,
        ended_at=timezone.now(),
        holds=not any(proof["broken"] for proof in found),
        rows=sum(proof["rows"] for proof in found),
        proofs=found,
    )


def _told(check: Check, *, milliseconds: int) -> dict[str, Any]:
    broken = check.checked.broken
    return {
        "name": check.proof.name,
        "label": str(check.proof.label),
        "rows": check.checked.rows,
        "milliseconds": milliseconds,
        "broken": None if broken is None else {"row": broken.row, "says": broken.says},
    }
