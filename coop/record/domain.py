"""Writing the record and checking its chain."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from coop.powers import Actor
from coop.record.models import GENESIS, Act, Entry

Facts = dict[str, Any]


def seal(previous: str, sealed: str) -> str:
    """SHA-256, in hex, of the seal before and this entry's text."""
    return hashlib.sha256((previous + sealed).encode()).hexdigest()


def canonical(*, position: int, at: datetime, act: str, number: int | None, name: str, facts: Facts) -> str:
    body = {
        "position": position,
        "at": at.astimezone(UTC).isoformat(),
        "act": act,
        "by": {"number": number, "name": name},
        "facts": facts,
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def wait_turn() -> None:
    """Until the transaction ends, nobody else writes to the record.

    Foreign keys are checked at the end of a transaction: whoever has written then reads the rows of members.
    A verb that locks members before it writes would wait for them, and they for it: it takes its turn first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.record'))")


@transaction.atomic
def write(act: Act, *, by: Actor, at: datetime, facts: Facts) -> Entry:
    """Appends one entry, in the caller's transaction. Writers queue for it, so positions have no gaps."""
    wait_turn()
    last = Entry.objects.order_by("-position").values_list("position", "sha256").first() or (0, GENESIS)
    position = last[0] + 1
    sealed = canonical(position=position, at=at, act=act.value, number=by.number, name=by.name, facts=facts)
    return Entry.objects.create(
        position=position,
        at=at,
        act=act,
        actor_number=by.number,
        actor_name=by.name,
        facts=facts,
        sealed=sealed,
        previous=last[1],
        sha256=seal(last[1], sealed),
    )


def first_break(entries: Iterable[Entry]) -> int | None:
    """The first position whose seal, order or shown columns do not follow from the data; None if all do."""
    previous = GENESIS
    for position, entry in enumerate(entries, start=1):
        text = canonical(
            position=position,
            at=entry.at,
            act=entry.act,
            number=entry.actor_number,
            name=entry.actor_name,
            facts=entry.facts,
        )
        if (entry.position, entry.sealed, entry.previous) != (position, text, previous):
            return position
        if entry.sha256 != seal(previous, entry.sealed):
            return position
        previous = entry.sha256
    return None
