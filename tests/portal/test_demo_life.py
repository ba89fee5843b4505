"""The demonstration shows a cooperative mid-life, whatever day it is started."""

from datetime import UTC, datetime

import pytest

from assemblies.models import Assembly, Minutes
from coop.common.proof import proofs
from coop.documents.models import Document
from coop.ledger.models import Entry
from coop.portal import demo
from coop.portal.demo import life
from coop.record.models import Entry as Act
from payroll.models import PayRun, SurplusDistribution, SurplusProposal

pytestmark = pytest.mark.django_db

ANY_DAYS = [
    datetime(2026, 11, 21, 15, tzinfo=UTC),
    datetime(2027, 1, 1, 4, tzinfo=UTC),
    datetime(2028, 2, 29, 23, tzinfo=UTC),
    datetime(2031, 3, 2, 12, tzinfo=UTC),
]


@pytest.fixture(params=ANY_DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
def today(request) -> datetime:
    demo.load(request.param)
    life.load(request.param)
    return request.param


def test_months_of_a_cooperative_are_there_none_of_tomorrow_and_all_can_be_proven(today: datetime):
    assert sorted(PayRun.objects.values_list("state", flat=True)) == ["approved", "approved", "prepared"]
    assert PayRun.objects.order_by("-period").first().state == "prepared"
    assert list(Assembly.objects.order_by("starts_at").values_list("state", flat=True)) == [
        *["closed"] * 4,
        "open",
    ]
    assert list(Minutes.objects.order_by("number").values_list("number", flat=True)) == [212, 213, 214]
    assert Assembly.objects.filter(state="closed", minutes__isnull=True).count() == 1
    assert (SurplusProposal.objects.count(), SurplusDistribution.objects.count()) == (2, 1)
    assert (Document.objects.filter(kind="minutes").count(), Entry.objects.count()) == (3, 3)
    assert Act.objects.latest("at").at <= today
    assert {proof.name: proof.run().broken for proof in proofs()} == {proof.name: None for proof in proofs()}
