"""What the database refuses about the surplus, going round Python with the application's rights."""

import json

import psycopg
import pytest

from coop.ledger import chart
from coop.ledger.domain import Posting, post
from coop.statute.models import Matter, Resolution
from payroll.models import SurplusDistribution, SurplusProposal
from tests.payroll import sharing
from tests.payroll.sharing import DRAFTED, Floor, presented, sample
from tests.support.people import Instants
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers

MODELS = ("surplusproposal", "surplusdistribution")


@pytest.fixture
def members(cooperative):
    sharing.reform()
    return sharing.more_members()


@pytest.fixture
def held(treasurer) -> SurplusProposal:
    return presented(sample(), treasurer)


@pytest.fixture
def adopted(desk, session, members, held) -> SurplusDistribution:
    Floor(desk, session, members).adopt(held)
    return SurplusDistribution.objects.get()


def resolution(number: int = 1, **changes) -> Resolution:
    """As whoever holds the application's password could write one."""
    values = {"matter": Matter.SURPLUS_DISTRIBUTION, "title": "R", "adopted_by": "nadie", "tally": {}}
    return Resolution.objects.create(
        year=2026, number=number, adopted_at=Instants.closing, **{**values, **changes}
    )


def entry(key: str, treasurer, cited: Resolution | None):
    return post(
        key=key,
        day=Instants.day,
        memo="a mano",
        postings=[Posting(chart.cash(), 1), Posting(chart.past_losses(), -1)],
        by=treasurer.actor,
        at=Instants.closing,
        resolution=cited,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("table", MODELS)
def test_the_application_changes_and_deletes_nothing_of_a_surplus(adopted, table):
    refused(f"UPDATE payroll_{table} SET year = 2024", match="denied")
    refused(f"DELETE FROM payroll_{table}", match="denied")
    refused(f"TRUNCATE payroll_{table} CASCADE", match="denied")


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["title", "facts", "sha256", "advances", "drafted_by_id"])
def test_no_column_of_a_proposal_changes(held, column):
    refused(f"UPDATE payroll_surplusproposal SET {column} = {column}", match="denied")


def test_not_even_the_owner_changes_a_proposal_or_a_sharing(real_database, adopted, owner):
    for table in MODELS:
        for statement in (f"UPDATE payroll_{table} SET year = 2024", f"DELETE FROM payroll_{table}"):
            with pytest.raises(psycopg.Error, match="Cannot update or delete"):
                owner.execute(statement)


@pytest.mark.django_db
def test_database_refuses_a_second_sharing_of_a_year(adopted, treasurer):
    other = presented_past_the_guard(treasurer)
    cited = resolution(2, proposal_kind="surplus", proposal_id=other.pk, proposal_sha256=other.sha256)
    again = SurplusDistribution(
        proposal=other, year=2025, resolution=cited, entry=adopted.entry, at=Instants.closing
    )
    refused_rows(again, match="posted by the resolution|duplicate key")
    mine = entry("surplus:2025-bis", treasurer, cited)
    again.entry = mine
    refused_rows(again, match="posted by the resolution")


@pytest.mark.django_db
def test_database_refuses_to_share_one_proposal_as_two_years(adopted, treasurer, held):
    cited = resolution(2, proposal_kind="surplus", proposal_id=held.pk, proposal_sha256=held.sha256)
    again = SurplusDistribution(
        proposal=held,
        year=2024,
        resolution=cited,
        entry=entry("surplus:2024", treasurer, cited),
        at=Instants.closing,
    )
    refused_rows(again, match="adopts that proposal")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"proposal_sha256": "f" * 64},
        {"proposal_kind": "pay_unit"},
        {"matter": Matter.PAY_UNIT},
        {"proposal_id": 10**9},
    ],
)
def test_database_refuses_a_sharing_that_no_resolution_adopted(held, treasurer, change):
    said = {"proposal_kind": "surplus", "proposal_id": held.pk, "proposal_sha256": held.sha256} | change
    cited = resolution(**said)
    wrong = SurplusDistribution(
        proposal=held,
        year=2025,
        resolution=cited,
        entry=entry("surplus:2025", treasurer, cited),
        at=Instants.closing,
    )
    refused_rows(wrong, match="adopts that proposal")


@pytest.mark.django_db
def test_database_refuses_a_sharing_whose_entry_cites_no_resolution(held, treasurer):
    cited = resolution(proposal_kind="surplus", proposal_id=held.pk, proposal_sha256=held.sha256)
    wrong = SurplusDistribution(
        proposal=held,
        year=2025,
        resolution=cited,
        entry=entry("surplus:2025", treasurer, None),
        at=Instants.closing,
    )
    refused_rows(wrong, match="posted by the resolution")


@pytest.mark.django_db
def test_a_setting_does_not_let_a_sharing_in(held, treasurer):
    cited = resolution(proposal_kind="surplus", proposal_id=held.pk, proposal_sha256="e" * 64)
    posted = entry("surplus:2025", treasurer, cited)
    try_to_ignore_triggers("payroll_surplusdistribution")
    wrong = SurplusDistribution(proposal=held, year=2025, resolution=cited, entry=posted, at=Instants.closing)
    refused_rows(wrong, match="adopts that proposal")


@pytest.mark.django_db
def test_database_refuses_a_proposal_of_another_year_than_it_seals(held, treasurer):
    values = {"drafted_by": treasurer, "drafted_at": DRAFTED, "advances": {}, "facts": held.facts}
    refused_rows(
        SurplusProposal(year=2024, title=held.title, sha256="a" * 64, **values), match="the year and has"
    )
    refused_rows(
        SurplusProposal(year=2025, title="Otra", sha256="a" * 64, **values), match="the year and has"
    )
    refused_rows(SurplusProposal(year=2025, title=held.title, sha256="abc", **values), match="is_sealed")
    refused_rows(
        SurplusProposal(year=2025, title=held.title, sha256=held.sha256, **values), match="presented_once"
    )


def presented_past_the_guard(treasurer) -> SurplusProposal:
    """Written by hand: the verb refuses it once the year is shared."""
    from coop.statute.proposals import seal
    from payroll.domain import surplus

    facts = json.loads(json.dumps(surplus.frozen(sample(), "Otra")))
    return SurplusProposal.objects.create(
        year=2025,
        title="Otra",
        facts=facts,
        sha256=seal(facts),
        advances={},
        drafted_by=treasurer,
        drafted_at=DRAFTED,
    )
