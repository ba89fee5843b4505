"""A majority's base acts: on the verdict, in the database, in the sentence, in the proof."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from assemblies.domain import meeting
from assemblies.enums import Choice
from assemblies.errors import TooShortNotice
from assemblies.models import Poll
from assemblies.proofs import polls as proof
from coop.statute.rules import MODEL_STATUTE
from tests.support.desk import Desk
from tests.support.people import Instants, client_of
from tests.support.raw import refused
from tests.support.reform import reform

pytestmark = pytest.mark.django_db
YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


def by(base: str, abstention: str = "absent") -> None:
    document = MODEL_STATUTE.to_json()
    rule = document["majorities"]["ordinary_decision"]
    document["majorities"]["ordinary_decision"] = rule | {
        "base": base,
        "abstention": abstention,
        "source": "reforma",
    }
    reform(Instants.day, document)


def voted(desk: Desk, members, choices) -> Poll:
    """Everybody is present; who has no choice does not vote."""
    session = desk.session(members)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    for member, choice in zip(members, choices, strict=False):
        desk.vote(poll, member, choice)
    return desk.close_poll(poll)


@pytest.mark.parametrize(
    ("base", "abstention", "choices", "adopted", "counted_of"),
    [
        ("cast", "counted", [YES, YES, YES, NO, ABSTAIN, ABSTAIN], False, 6),
        ("cast", "counted", [YES, YES, YES, YES, NO, ABSTAIN], True, 6),
        ("present", "absent", [YES, YES, YES, NO], False, 7),
        ("present", "absent", [YES, YES, YES, NO, ABSTAIN, ABSTAIN], True, 5),
        ("present", "counted", [YES, YES, YES, NO, ABSTAIN, ABSTAIN], False, 7),
        ("present", "counted", [YES, YES, YES, YES], True, 7),
        ("roll", "absent", [YES, YES, YES], False, 7),
        ("roll", "absent", [YES, YES, YES, YES, NO, NO, NO], True, 7),
    ],
)
def test_the_verdict_is_what_the_base_gives(desk, members, base, abstention, choices, adopted, counted_of):
    by(base, abstention)
    poll = voted(desk, members, choices)
    assert (poll.adopted, poll.base) == (adopted, counted_of)
    assert proof().broken is None
    assert ("alcanzan" in poll.sentence) or poll.base == poll.votes_cast


def test_database_refuses_a_verdict_by_another_base(desk, members):
    by("present", "counted")
    session = desk.session(members)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    for member in members[:3]:
        desk.vote(poll, member)
    statement = """UPDATE assemblies_poll SET state = 'closed', closed_at = now(),
                          closed_by_id = opened_by_id, yes = 3, no = 0, abstain = 0,
                          adopted = true, resolution_id = NULL WHERE id = %s"""
    refused(statement, [poll.pk], match="verdict is not what its rule says")


def test_the_poll_page_tells_base_and_source(desk, members):
    by("roll")
    session = desk.session(members)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    page = client_of(members[5]).get(reverse("assemblies:poll", args=[poll.pk])).content.decode()
    assert "Se aprueba con el SÍ de más de la mitad de todo el registro (reforma)." in page


def test_a_closed_poll_shows_what_its_majority_was_taken_of(desk, members):
    by("roll")
    poll = voted(desk, members, [YES, YES, YES])
    page = client_of(members[5]).get(reverse("assemblies:poll", args=[poll.pk])).content.decode()
    assert "3 SÍ no alcanzan: hacían falta 4 de los 7 del registro." in page


@pytest.mark.parametrize(("days", "passes"), [(2, True), (3, False)])
def test_the_notice_is_as_long_as_the_statute_asks(desk, members, days, passes):
    """Convened on 9 March for the 11th: two days."""
    document = MODEL_STATUTE.to_json()
    document["assemblies"]["weekly"]["notice_days"] = days
    reform(date(2026, 3, 1), document)
    if passes:
        assert desk.convene().pk
        return
    with pytest.raises(TooShortNotice, match="12/03/2026") as refused_by:
        meeting.convene(
            starts_at=Instants.hour, place="x", agenda=["x"], by=members[1].actor, at=Instants.convening
        )
    assert refused_by.value.first == Instants.convening.date() + timedelta(days=3)
