"""What the owner of the database falsifies with the triggers off: `verify` names it."""

from datetime import UTC, datetime
from typing import Any

import psycopg

from coop.council.models import HowEnded
from coop.council.proofs_terms import prove_terms
from tests.support.seats import ended, seated

NOW = datetime(2026, 9, 1, 15, tzinfo=UTC)
FALSE = {
    "a note": "ended_note = 'otra' WHERE how_ended <> ''",
    "who put the end down": "ended_by_id = %(other)s WHERE how_ended <> ''",
    "when the end was put down": "ended_recorded_at = now() WHERE how_ended <> ''",
    "how it ended": "how_ended = 'moved' WHERE how_ended <> ''",
    "who put it down": "recorded_by_id = %(other)s WHERE how_ended = ''",
    "when it was put down": "recorded_at = now() WHERE how_ended = ''",
    "whom it seats": "member_id = %(other)s WHERE how_ended = ''",
    "by which assembly": "elected_by = 'Otra asamblea' WHERE how_ended = ''",
    "until when": "during = tstzrange(lower(during), upper(during) + interval '1 day') WHERE how_ended = ''",
    "from when": "during = tstzrange(lower(during) - interval '1 day', upper(during)) WHERE how_ended = ''",
    "on what it rests": "basis = 'file', resolution_id = NULL WHERE how_ended = ''",
}


def test_verify_notices_every_falsified_term(
    real_database: None, owner: psycopg.Connection, members: Any, secretary: Any
) -> None:
    gone = seated("treasurer", members[3], by=secretary.actor)
    ended(gone, HowEnded.RESIGNED, NOW, note="Nota", by=members[3].actor)
    seated("president", members[4], by=secretary.actor)
    assert prove_terms().broken is None
    owner.execute("ALTER TABLE council_term DISABLE TRIGGER USER")
    owner.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM council_term")
    for what, change in FALSE.items():
        done = owner.execute(
            f"UPDATE council_term SET {change} AND basis = 'elected'", {"other": members[6].pk}
        )
        assert done.rowcount == 1, what
        assert prove_terms().broken is not None, what
        owner.execute("DELETE FROM council_term")
        owner.execute("INSERT INTO council_term SELECT * FROM kept")
        assert prove_terms().broken is None, what
