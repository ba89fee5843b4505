"""The first act: the cooperative, its statute and the empty seats."""

from datetime import date

from django.db import transaction

from coop.council.domain import ensure_seats
from coop.statute.models import Cooperative, StatuteVersion
from coop.statute.rules import MODEL_STATUTE

ALWAYS = date(1900, 1, 1)


@transaction.atomic
def found(*, name: str, zone: str, since: date = ALWAYS) -> bool:
    """Makes what is not there yet. False when the cooperative was there: it is left as it is."""
    _cooperative, made = Cooperative.objects.get_or_create(pk=1, defaults={"name": name, "zone": zone})
    if not StatuteVersion.objects.exists():
        StatuteVersion.objects.create(
            holds_from=since, title="Estatuto modelo", document=MODEL_STATUTE.to_json()
        )
    ensure_seats()
    return made
