"""Casting a ballot in a named poll: one statement guards and writes.

The statement takes a share lock on the poll's row. Under READ COMMITTED a caster that had to wait for the
closer re-checks the row and finds it closed; a closer waits for every caster that holds the lock and counts
afterwards.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import InterfaceError, OperationalError, connection

from assemblies.enums import Choice
from assemblies.errors import EnrolledTooLate, NotOnRoll, PollClosed, SignInEnded

CAST = """
WITH signed_in AS (
    SELECT key, member_id, enrolled_at FROM members_signin
     WHERE key = %(key)s AND ended_at IS NULL AND expires_at > %(at)s
), open_poll AS MATERIALIZED (
    SELECT id, opened_at FROM assemblies_poll WHERE id = %(poll)s AND state = 'open' FOR SHARE
), entry AS (
    SELECT r.id, s.key, s.enrolled_at, p.opened_at, s.enrolled_at > p.opened_at AS too_late
      FROM assemblies_rollentry r, signed_in s, open_poll p
     WHERE r.poll_id = p.id AND r.member_id = s.member_id
), written AS (
    INSERT INTO assemblies_ballot AS b (entry_id, choice, cast_at, changes, sign_in)
    SELECT id, %(choice)s, %(at)s, 0, key FROM entry WHERE too_late IS NOT TRUE
    ON CONFLICT (entry_id) DO UPDATE
       SET choice = EXCLUDED.choice, cast_at = EXCLUDED.cast_at, changes = b.changes + 1,
           sign_in = EXCLUDED.sign_in
     WHERE b.choice <> EXCLUDED.choice
    RETURNING changes
)
SELECT (SELECT count(*) FROM signed_in), (SELECT count(*) FROM open_poll), (SELECT count(*) FROM entry),
       (SELECT enrolled_at FROM entry WHERE too_late), (SELECT opened_at FROM entry WHERE too_late),
       (SELECT changes FROM written)
"""

Params = dict[str, uuid.UUID | int | str | datetime]
# Sign-ins, open polls, lines of the roll; since when it is too late for which poll; changes of the ballot.
Counts = tuple[int, int, int, datetime | None, datetime | None, int | None]


def _execute(params: Params) -> Counts:
    """Sends the statement without asking first whether the connection is alive: it may be sent again."""
    connection.health_check_done = True  # type: ignore[attr-defined]  # unknown to django-stubs
    with connection.cursor() as cursor:
        cursor.execute(CAST, params)
        counts: Counts = cursor.fetchone()
    return counts


@dataclass(frozen=True, slots=True)
class Recorded:
    """What now stands in the box. `changed`: it replaced another choice; `repeated`: it was there already."""

    choice: Choice
    changed: bool
    repeated: bool


def cast(*, poll_id: int, sign_in: uuid.UUID, choice: Choice, at: datetime) -> Recorded:
    """Records the choice of the member signed in by `sign_in`; committed when this returns.

    Sending the same choice again is acknowledged and changes nothing. Raises SignInEnded, PollClosed,
    NotOnRoll or EnrolledTooLate (nobody votes as someone absent); then nothing was written. A connection that
    died is replaced and the statement sent once more; OperationalError when the database is not there at all.
    """
    params: Params = {"key": sign_in, "poll": poll_id, "choice": choice.value, "at": at}
    try:
        signed_in, is_open, on_roll, enrolled_at, opened_at, changes = _execute(params)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        signed_in, is_open, on_roll, enrolled_at, opened_at, changes = _execute(params)
    if not signed_in:
        raise SignInEnded
    if not is_open:
        raise PollClosed
    if not on_roll:
        raise NotOnRoll
    if enrolled_at and opened_at:
        raise EnrolledTooLate(enrolled_at, opened_at)
    return Recorded(choice=choice, changed=bool(changes), repeated=changes is None)
