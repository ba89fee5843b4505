"""Mandates against the record: what the owner changes by hand, with triggers off, is named."""

from datetime import date, timedelta

import psycopg
import pytest
from django.utils import timezone

from assemblies.domain import mandates
from assemblies.enums import ReportKind
from assemblies.models import Mandate
from assemblies.proofs_mandates import mandates as prove
from coop.council.models import Seat, SeatCode
from coop.members.models import Member
from tests.support.book import paper_resolution
from tests.support.database import RealDatabase

pytestmark = pytest.mark.usefixtures("real_database", "history")
TABLES = ("assemblies_mandate", "assemblies_mandateholder", "assemblies_mandatereport")


@pytest.fixture
def history(real_database: RealDatabase, president: Member, secretary: Member, members: list[Member]) -> None:
    """One that was done, by two people; one that a seat holds."""
    cited = paper_resolution(date(2026, 3, 2), "Cambiar el torno", by=secretary, confirmed_by=president)
    now = timezone.now()
    common = {"due_on": timezone.localdate() + timedelta(days=7), "resolution": cited, "at": now}
    two = {"members": [members[3], members[4]], "by": secretary.actor}
    first = mandates.give(what="Traer tres presupuestos", **two, **common)
    seat = Seat.objects.get(code=SeatCode.TREASURER)
    mandates.give(what="Pagar el torno", seat=seat, by=secretary.actor, **common)
    for kind in (ReportKind.PROGRESS, ReportKind.DONE):
        mandates.report(mandate_id=first.pk, kind=kind, text="Va", by=members[3].actor, at=now)


def test_what_nobody_touched_holds() -> None:
    assert (prove().rows, prove().broken) == (2, None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE assemblies_mandate SET due_on = due_on + 30 WHERE people = 0", "no dice lo que dice"),
        ("UPDATE assemblies_mandate SET what = 'Pagar otro' WHERE people = 0", "no dice lo que dice"),
        (
            "UPDATE assemblies_mandateholder SET member_id = (SELECT id FROM members_member WHERE number = 7)"
            " WHERE member_id = (SELECT id FROM members_member WHERE number = 5)",
            "no dice lo que dice",
        ),
        ("DELETE FROM assemblies_mandate WHERE people = 0", "falta entre los encargos"),
        ("DELETE FROM assemblies_mandatereport WHERE kind = 'done'", "cómo terminó"),
        ("UPDATE assemblies_mandatereport SET kind = 'given_back' WHERE kind = 'done'", "cómo terminó"),
    ],
)
def test_a_mandate_that_was_changed_is_named(owner: psycopg.Connection, change: str, says: str) -> None:
    for table in TABLES:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    assert owner.execute(change).rowcount == 1
    found = prove().broken
    assert found is not None
    assert says in found.says
    assert Mandate.objects.count() <= 2
