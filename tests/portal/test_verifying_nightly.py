"""Every night the whole database is proved, and what was found stays; paper resolutions are proved too."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.utils import timezone

from coop.portal.tasks import verify_nightly
from coop.portal.verified import told
from coop.portal.verifying_nightly import due, verify_and_keep
from coop.record.models import Verification
from coop.statute.models import Resolution
from tests.support.book import paper_resolution
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers


def kept(begun, broken=None, holds=None):
    proofs = [{"name": "record", "label": "Actos", "rows": 1, "milliseconds": 1, "broken": broken}]
    holds = broken is None if holds is None else holds
    return Verification(begun_at=begun, ended_at=begun, holds=holds, rows=1, proofs=proofs)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, datetime(2026, 5, 4, 15, tzinfo=UTC), True),
        # Three in the morning in Buenos Aires is six in Greenwich.
        (datetime(2026, 5, 3, 6, 10, tzinfo=UTC), datetime(2026, 5, 4, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 3, 6, 10, tzinfo=UTC), datetime(2026, 5, 4, 6, 0, tzinfo=UTC), True),
        # The server slept: it is made up for at noon, once.
        (datetime(2026, 5, 3, 6, 10, tzinfo=UTC), datetime(2026, 5, 4, 15, tzinfo=UTC), True),
        (datetime(2026, 5, 4, 15, tzinfo=UTC), datetime(2026, 5, 4, 16, tzinfo=UTC), False),
        (datetime(2026, 5, 4, 15, tzinfo=UTC), datetime(2026, 5, 5, 6, tzinfo=UTC), True),
    ],
)
def test_a_night_is_proved_once_and_made_up_for_in_the_morning(cooperative, last, now, is_due):
    if last:
        kept(last).save()
    assert due(now) is is_due


@pytest.mark.django_db
def test_before_there_is_a_cooperative_there_is_nothing_to_prove(db):
    assert not due(timezone.now())


@pytest.mark.django_db
def test_a_night_that_is_missing_is_said_plainly(cooperative):
    now = datetime(2026, 5, 4, 15, tzinfo=UTC)
    fresh, old = kept(now - timedelta(hours=9)), kept(now - timedelta(days=3))
    assert told(fresh, now).is_well
    assert told(fresh, now).sentence == "Comprobado hoy a las 3:00: 1 de 1 pruebas cierran."
    assert (told(old, now).kind, "Falta la comprobación de anoche" in told(old, now).sentence) == (
        "warning",
        True,
    )
    assert told(None, now).kind == "warning"
    assert told(kept(now - timedelta(days=3), {"row": "x", "says": "y"}), now).kind == "error"


@pytest.mark.django_db
def test_database_keeps_what_a_night_found_and_takes_no_lie(cooperative):
    kept(timezone.now()).save()
    try_to_ignore_triggers("record_verification")
    refused("DELETE FROM record_verification", match="permission denied")
    refused("UPDATE record_verification SET holds = false", match="permission denied")
    broken = {"row": "acto 1", "says": "no sigue"}
    refused_rows(kept(timezone.now(), broken, holds=True), match="says what its proofs say")
    refused_rows(
        Verification(begun_at=timezone.now(), ended_at=timezone.now(), holds=True, rows=0, proofs=[]),
        match="says what its proofs say",
    )


@pytest.fixture
def paper(real_database, president, secretary):
    return [
        paper_resolution(date(2006, 4, day), f"Decisión {day}", by=secretary, confirmed_by=president)
        for day in (1, 2, 3)
    ]


def found(name="resolutions"):
    done = verify_and_keep()
    (proof,) = [proof for proof in done.proofs if proof["name"] == name]
    return proof["broken"]


def test_the_task_proves_everything_and_keeps_it_once_a_night(paper):
    verify_nightly()
    verify_nightly()
    (night,) = Verification.objects.all()
    assert (night.holds, night.broken, night.rows > 0) == (True, [], True)
    assert {"record", "resolutions", "polls", "ledger"} <= {proof["name"] for proof in night.proofs}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE statute_resolution SET title = 'Otra' WHERE number = 2", "no dice lo que dice"),
        ("UPDATE statute_resolution SET text = 'Otro' WHERE number = 2", "no dice lo que dice"),
        ("UPDATE statute_resolution SET tally = '{\"yes\": 9}' WHERE number = 2", "no dice lo que dice"),
        (
            "UPDATE statute_resolution SET adopted_at = adopted_at + interval '1 day' WHERE number = 2",
            "no dice lo que dice",
        ),
        (
            "UPDATE statute_bookline SET folio = '99' WHERE title = 'Decisión 2'",
            "no dice lo que dice",
        ),
        (
            "UPDATE statute_bookline SET decided_by_number = 3 WHERE title = 'Decisión 2'",
            "no la confirmó quien dice",
        ),
        (
            "UPDATE statute_resolution SET source = 'assembly', paper_id = NULL WHERE number = 2",
            "no dice lo que dice",
        ),
        ("DELETE FROM statute_resolution WHERE number = 3", "falta entre las resoluciones"),
    ],
)
def test_what_the_owner_changes_in_the_paper_book_is_named(
    paper, owner: psycopg.Connection, change: str, says: str
):
    for table in ("statute_resolution", "statute_bookline"):
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(change).rowcount == 1
    broken = found()
    assert says in broken["says"]
    assert "/2006" in broken["row"]


def test_a_paper_resolution_that_nobody_confirmed_is_named(paper, owner: psycopg.Connection):
    owner.execute("ALTER TABLE statute_resolution DISABLE TRIGGER USER")
    owner.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
    owner.execute("DELETE FROM record_entry WHERE position = (SELECT max(position) FROM record_entry)")
    broken = found()
    assert (broken["row"], broken["says"]) == ("resolución 3/2006", "no está en el libro de actos")
    assert Resolution.objects.count() == 3
