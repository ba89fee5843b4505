"""The demonstration shows a cooperative mid-life, whatever day it is started."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from assemblies.models import Assembly, Mandate, Minutes
from coop.access.models import Card
from coop.common.proof import proofs
from coop.council.filings.state import FilingState, read
from coop.council.models import Declaration, Draw, DrawResult, Handover, SeatCode, Term
from coop.documents.models import Document
from coop.jobs.models import Skill, Turn
from coop.ledger.models import Entry
from coop.members.models import Application, SanctionFile
from coop.portal import demo
from coop.portal.demo import life
from coop.record.models import Entry as Act
from coop.shares.enums import ChangeState
from coop.shares.models import BankChange, RefundRequest
from coop.statute.models import BookLine, LineState, Resolution, Source, StatuteReform
from payroll.models import PayRun, SurplusDistribution, SurplusProposal

SIGN_IN = (SeatCode.TREASURER, SeatCode.PRESIDENT)
pytestmark = pytest.mark.django_db

ANY_DAYS = [
    datetime(2026, 11, 21, 15, tzinfo=UTC),
    datetime(2027, 1, 1, 4, tzinfo=UTC),
    pytest.param(datetime(2028, 2, 29, 23, tzinfo=UTC), marks=pytest.mark.long),
    pytest.param(datetime(2031, 3, 2, 12, tzinfo=UTC), marks=pytest.mark.long),
]


@pytest.fixture(params=ANY_DAYS, ids=lambda day: f"{day:%Y-%m-%d}")
def today(request) -> datetime:
    demo.load(request.param)
    life.load(request.param)
    return request.param


def test_the_demonstration_is_a_life_on_any_day_and_all_of_it_can_be_proven(today: datetime):
    _months_none_of_tomorrow(today)
    _twenty_years_and_what_waits()
    _a_council_that_rotates(today)
    assert {proof.name: proof.run().broken for proof in proofs()} == {proof.name: None for proof in proofs()}


def _months_none_of_tomorrow(today: datetime) -> None:
    assert sorted(PayRun.objects.values_list("state", flat=True)) == ["approved", "approved", "prepared"]
    assert PayRun.objects.order_by("-period").first().state == "prepared"
    assert list(Assembly.objects.order_by("starts_at").values_list("state", flat=True)) == [
        *["closed"] * 4,
        "open",
    ]
    assert list(Minutes.objects.order_by("number").values_list("number", flat=True)) == [212, 213, 214]
    assert Assembly.objects.filter(state="closed", minutes__isnull=True).count() == 1
    assert (SurplusProposal.objects.count(), SurplusDistribution.objects.count()) == (2, 1)
    posted = Counter(key.partition(":")[0] for key in Entry.objects.values_list("key", flat=True))
    assert (Document.objects.filter(kind="minutes").count(), posted["pay"], posted["surplus"]) == (3, 2, 1)
    assert posted["shares"] >= 2
    assert Act.objects.latest("at").at <= today


def _twenty_years_and_what_waits() -> None:
    of_paper = Resolution.objects.filter(source=Source.PAPER)
    years = set(of_paper.values_list("year", flat=True))
    assert set(range(2002, 2022)) <= years
    assert BookLine.objects.filter(state=LineState.WAITING).exists()
    assert Application.objects.waiting().count() == 1
    assert StatuteReform.objects.count() == 1
    assert BankChange.objects.filter(state=ChangeState.WAITING).count() == 1
    assert Mandate.objects.count() == 2
    assert SanctionFile.objects.count() == 1
    assert RefundRequest.objects.count() >= 3
    assert Card.objects.count() == 8


def _a_council_that_rotates(today: datetime) -> None:
    """Who signs in finds a turn and a handover of their own; one draw is over, one is to come."""
    assert Declaration.objects.filter(willing=True).count() == 5
    assert DrawResult.objects.count() == 1
    assert Draw.objects.get(result__isnull=True).not_before > today
    handover = Handover.objects.get(outgoing__how_ended="resigned")
    treasurer, president = (Term.objects.at(today).get(seat__code=code).member for code in SIGN_IN)
    assert (handover.outgoing.member, handover.incoming.member) == (treasurer, president)
    assert not handover.signatures.exists()
    states = [FilingState(one, timezone.localdate(today)) for one in read().filter(changed_on=None)]
    assert sorted((one.done, one.overdue > 0) for one in states) == [(False, True), (True, False)]
    turns = Turn.objects.filter(first_day__lte=timezone.localdate(today), until__gt=timezone.localdate(today))
    assert {1, treasurer.number} <= set(turns.values_list("member__number", flat=True))
    assert Skill.objects.filter(level="learning").count() == 2
