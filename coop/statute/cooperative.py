"""Correcting what is written of the cooperative: its names, numbers and days, and its logo."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from coop.common.words import one_line
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act
from coop.statute import errors
from coop.statute.logo_file import LOGO_MOST_BYTES, LOGO_MOST_PIXELS, picture
from coop.statute.models import Cooperative, Logo

FIELDS = (
    "name",
    "legal_name",
    "tax_number",
    "registry_number",
    "address",
    "founded_on",
    "fiscal_day",
    "fiscal_month",
    "currency",
    "zone",
    "language",
)


@transaction.atomic
def change_cooperative(*, values: Mapping[str, Any], by: Actor, at: datetime) -> list[str]:
    """Gives the names of what changed; the record keeps them with what they were and what they are.

    KeyError for what is no field of the cooperative.
    """
    require(by, Power.KEEP_HOUSE, at)
    house = Cooperative.objects.select_for_update().get(pk=1)
    if unknown := set(values) - set(FIELDS):
        raise KeyError(*unknown)
    wanted = {name: one_line(value) if isinstance(value, str) else value for name, value in values.items()}
    changed = [name for name in FIELDS if name in wanted and wanted[name] != getattr(house, name)]
    if not changed:
        return []
    facts = {name: [_plain(getattr(house, name)), _plain(wanted[name])] for name in changed}
    for name in changed:
        setattr(house, name, wanted[name])
    house.save(update_fields=changed)
    write(Act.COOPERATIVE_CHANGED, by=by, at=at, facts={"fields": changed, "values": facts})
    return changed


@transaction.atomic
def set_logo(*, content: bytes, by: Actor, at: datetime) -> Logo:
    """Raises BadLogo: what it is and how large is told from its bytes."""
    require(by, Power.KEEP_HOUSE, at)
    if len(content) > LOGO_MOST_BYTES:
        raise errors.BadLogo("bytes", LOGO_MOST_BYTES // 1024)
    found = picture(content)
    if found is None:
        raise errors.BadLogo("kind", 0)
    if max(found.width, found.height) > LOGO_MOST_PIXELS:
        raise errors.BadLogo("pixels", LOGO_MOST_PIXELS)
    house = Cooperative.objects.select_for_update().get(pk=1)
    mark = hashlib.sha256(content).hexdigest()
    logo, _made = Logo.objects.update_or_create(
        pk=1, defaults={"content": content, "kind": found.kind, "sha256": mark}
    )
    _mark(house, mark, by, at)
    return logo


@transaction.atomic
def drop_logo(*, by: Actor, at: datetime) -> None:
    require(by, Power.KEEP_HOUSE, at)
    house = Cooperative.objects.select_for_update().get(pk=1)
    Logo.objects.all().delete()
    _mark(house, "", by, at)


def _mark(house: Cooperative, mark: str, by: Actor, at: datetime) -> None:
    if house.logo_sha256 == mark:
        return
    house.logo_sha256 = mark
    house.save(update_fields=["logo_sha256"])
    write(Act.COOPERATIVE_CHANGED, by=by, at=at, facts={"fields": ["logo"], "sha256": mark})


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
