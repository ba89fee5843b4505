"""Adopting a decision: numbered, recorded, and carried out in the same transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from coop.common.time import local_day
from coop.powers import Actor
from coop.record.domain import write
from coop.record.models import Act
from coop.statute.models import Cooperative, Matter, Resolution, StatuteVersion
from coop.statute.proposals import Proposal
from coop.statute.rules import Rules

Handler = Callable[[Resolution, Actor, datetime], None]
_handlers: dict[str, list[Handler]] = {}


def on_adopted(matter: Matter, handler: Handler) -> None:
    """Registers what an adopted motion of that matter brings about; called from AppConfig.ready."""
    _handlers.setdefault(matter.value, []).append(handler)


def cooperative() -> Cooperative:
    """The cooperative of this database; DoesNotExist before the first start has made it."""
    return Cooperative.objects.get(pk=1)


def rules_at(at: datetime) -> Rules:
    """The rules in force on the cooperative's day of `at`."""
    return StatuteVersion.objects.in_force_at(at).rules


def locked(what: str) -> None:
    """Until the transaction ends, nobody else of this cooperative holds `what`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.' || %s::text))", [what])


@transaction.atomic
def adopt(
    *,
    matter: Matter,
    title: str,
    text: str,
    adopted_by: str,
    tally: dict[str, Any],
    by: Actor,
    at: datetime,
    proposal: Proposal | None = None,
) -> Resolution:
    """Numbers the resolution within its year, writes it to the record and runs the matter's handlers.

    What a handler raises undoes the adoption: `proposals.check` has asked before whether it would.
    """
    resolution = numbered(
        adopted_at=at,
        matter=matter,
        title=title,
        text=text,
        adopted_by=adopted_by,
        tally=tally,
        **named(proposal),
    )
    facts = {"resolution": str(resolution), "matter": matter.value, "title": title, "adopted_by": adopted_by}
    sealed = {"proposal": proposal.kind, "sha256": proposal.sha256} if proposal else {}
    write(Act.RESOLUTION_ADOPTED, by=by, at=at, facts=facts | {"tally": tally} | sealed)
    carry_out(resolution, by, at)
    return resolution


def numbered(*, adopted_at: datetime, **values: Any) -> Resolution:
    """The resolution with the next number of the year of its adoption; in the caller's transaction."""
    locked("resolution")
    year = local_day(adopted_at, cooperative().tz).year
    last = Resolution.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    return Resolution.objects.create(year=year, number=last + 1, adopted_at=adopted_at, **values)


def named(proposal: Proposal | None) -> dict[str, Any]:
    """The columns by which a resolution, or a line of the paper book, names the proposal it adopted."""
    return {
        "proposal_kind": proposal.kind if proposal else "",
        "proposal_id": proposal.id if proposal else None,
        "proposal_sha256": proposal.sha256 if proposal else "",
    }


def carry_out(resolution: Resolution, by: Actor, at: datetime) -> None:
    """Runs what the resolution's matter brings about."""
    for handler in _handlers.get(resolution.matter, []):
        handler(resolution, by, at)
