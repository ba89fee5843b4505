"""Whoever would have the assembly vote on one thing and post another, break a page, stop a close."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from assemblies.enums import PollState
from coop.members.models import Member
from coop.statute.models import Matter
from coop.statute.proposals import Proposal, seal
from payroll import errors_surplus as errors
from payroll.domain import surplus_adopting, units
from payroll.errors_pay import ProposalIsAnother
from payroll.models import PayUnitProposal, SurplusDistribution, SurplusProposal
from payroll.models.unit import KIND as UNIT_KIND
from payroll.waterfall import BadInput, read_text
from tests.payroll.sharing import DRAFTED, SAMPLE, Floor, presented, reform, small
from tests.support import people
from tests.support.desk import Desk
from tests.support.people import Instants

pytestmark = pytest.mark.django_db
TEXT = SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def floor(desk: Desk, treasurer: Member, members: list[Member]) -> Floor:
    reform()
    return Floor(desk, desk.session(members), members)


def by_sql(held: SurplusProposal, **changes: object) -> SurplusProposal:
    """As the application's role may add it: sealed, and of its year."""
    facts = {**held.facts, **changes}
    return SurplusProposal.objects.create(
        year=held.year,
        title=held.title,
        facts=facts,
        sha256=seal(facts),
        advances={},
        drafted_by=held.drafted_by,
        drafted_at=DRAFTED,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"shown": {"paragraphs": ["Todo para la tesorería"], "tables": []}},
        {"statute": {"title": "Otro", "holds_from": "2000-01-01", "source": "", "funds": {}}},
        {"names": [[1, "Otra, Persona"]]},
        {"extra": "x"},
    ],
)
def test_what_is_read_follows_from_the_figures_or_is_not_moved(
    floor: Floor, treasurer: Member, changes: dict[str, object]
) -> None:
    forged = by_sql(presented(small(floor.members), treasurer), **changes)
    with pytest.raises((errors.NotTheProposal, KeyError)):
        surplus_adopting.check(forged.proposal, Instants.moving)


def test_a_name_that_the_register_changed_meanwhile_stops_nothing(floor: Floor, treasurer: Member) -> None:
    held = presented(small(floor.members), treasurer)
    Member.objects.filter(number=4).update(family_name="Del Valle")
    assert floor.adopt(held).adopted


def test_of_two_proposals_of_a_year_the_second_is_not_voted(floor: Floor, treasurer: Member) -> None:
    first, second = (presented(small(floor.members), treasurer, title) for title in ("Una", "Otra"))
    motion = floor.put(second)
    floor.adopt(first)
    with pytest.raises(errors.AlreadyShared):
        floor.desk.open_poll(motion)
    assert SurplusDistribution.objects.count() == 1


def test_an_open_poll_closes_whatever_the_treasurer_does_meanwhile(floor: Floor, treasurer: Member) -> None:
    held = presented(small(floor.members), treasurer)
    poll = floor.open(held)
    presented(small(floor.members), treasurer, "Otra")
    Member.objects.filter(number=6).update(left_on=Instants.day)
    Member.objects.filter(number=5).update(family_name="Z" * 60, given_names="Y" * 60)
    closed = floor.close(poll, yes=5)
    assert (closed.state, closed.adopted) == (PollState.CLOSED, True)


def test_a_value_of_the_hour_sets_what_its_words_say(treasurer: Member) -> None:
    honest = units.draft(
        cents=820_000, holds_from=Instants.day, why="", by=treasurer.actor, at=Instants.moving
    )
    row = {
        "holds_from": honest.holds_from,
        "drafted_by": treasurer,
        "drafted_at": Instants.moving,
    }
    with pytest.raises(DatabaseError, match="sets what its facts say"), transaction.atomic():
        PayUnitProposal.objects.create(
            cents_per_hour=9_900_000, facts=honest.facts, sha256=honest.sha256, **row
        )
    lying = {**honest.facts, "cents": 9_900_000}
    forged = PayUnitProposal.objects.create(cents_per_hour=9_900_000, facts=lying, sha256=seal(lying), **row)
    with pytest.raises(ProposalIsAnother):
        units.check(forged.proposal, Instants.moving)
    with pytest.raises(ProposalIsAnother):
        units.check(Proposal(UNIT_KIND, honest.pk, honest.sha256, lying), Instants.moving)
    assert Matter.PAY_UNIT


DEEP = "[" * 200_000
FILES = [
    DEEP,
    '{"a":' * 100_000,
    '{"period": ' + "9" * 5000 + "}",
    TEXT.replace('"capital"', '"\\ud800"', 1),
    TEXT.replace('"capital": ', '"capital": 1, "capital": ', 1),
    '{"\\ud83d": 1, "\\ud83d": 2}',
    '{"\\u202e\\u0000": 1}',
    "NaN",
    '{"' + "x" * 1_000_000 + '": 1}',
    TEXT.replace("2025", "1e3", 1),
]


@pytest.mark.parametrize("text", FILES, ids=range(len(FILES)))
def test_no_file_of_figures_breaks_the_page(treasurer: Member, text: str) -> None:
    browser = people.client_of(treasurer)
    sent = {
        "way": "whole",
        "todo-title": "X",
        "todo-file": SimpleUploadedFile("x.json", text.encode()),
    }
    said = browser.post(reverse("payroll:surplus_new"), sent)
    assert said.status_code == 422
    assert len(said.content) < 100_000


def test_who_is_in_a_file_twice_is_refused() -> None:
    data = json.loads(TEXT)
    data["members"].append(data["members"][0])
    with pytest.raises(BadInput) as bad:
        read_text(json.dumps(data).encode())
    assert [problem.kind for problem in bad.value.problems] == ["repeated"]
