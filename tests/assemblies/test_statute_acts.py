"""What the statute asks of a vote is shown with its source where it acts; a conflict of interest acts too."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assemblies.domain.conflicts import in_conflict
from assemblies.errors import NotOnRoll
from assemblies.models import RollEntry
from assemblies.proofs import polls as proof
from assemblies.situation import Turnout, situation, turnout
from coop.council.models import SeatCode, Term
from coop.members.enums import State
from coop.members.models import Period
from coop.members.voice import without_vote
from coop.statute.rules import MODEL_STATUTE, Rules
from tests.support.desk import Desk
from tests.support.people import Instants, client_of, give_seat
from tests.support.reform import reform

pytestmark = pytest.mark.django_db
SAID = "En este asunto tienen voz y no votan: consejo de administración y sindicatura (reforma)."
WHY = "En este asunto quien ocupa tu cargo tiene voz y no vota (reforma)."
ORDINARY = "ordinary_decision"


def ruled(**chapters) -> Rules:
    """In force for the assembly's day; each chapter is what changes of the model's."""
    document = MODEL_STATUTE.to_json()
    for chapter, changed in chapters.items():
        document[chapter] = document[chapter] | changed
    reform(Instants.day, document)
    return Rules.from_json(document)


def barring(*barred: str) -> Rules:
    return ruled(conflicts={"matters": [ORDINARY], "barred": list(barred), "source": "reforma"})


def voting(**changed) -> Rules:
    rule = MODEL_STATUTE.to_json()["majorities"][ORDINARY] | {"source": "reforma"} | changed
    return ruled(majorities={ORDINARY: rule})


def page(reader, name: str, key: int) -> str:
    told = client_of(reader).get(reverse(f"assemblies:{name}", args=[key])).content.decode()
    return told.replace('<span class="nowrap">', "")


# --- conflict of interest ---


def test_whom_the_statute_bars_has_voice_and_is_not_on_the_roll(desk, members, president, secretary):
    barring("council", "auditor")
    give_seat(members[6], SeatCode.AUDITOR)
    session = desk.session(members)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    barred = {president.pk, secretary.pk, members[6].pk} | set(
        Term.objects.at(Instants.voting).filter(seat__kind="council").values_list("member_id", flat=True)
    )
    on_roll = set(RollEntry.objects.filter(poll=poll).values_list("member_id", flat=True))
    assert on_roll == {one.pk for one in members} - barred
    assert (poll.present, poll.voice_only) == (len(members), len(barred))
    with pytest.raises(NotOnRoll):
        desk.vote(poll, president)
    # The board and the poll's page say of the same number how many have voted.
    there = situation(assembly_id=session.pk, member=members[3], at=Instants.voting)
    assert there.turnout == turnout(poll) == Turnout(voted=0, of=len(on_roll))
    assert proof().broken is None


def test_on_another_matter_they_vote_as_everybody(desk, members, president):
    ruled(conflicts={"matters": ["annual_report"], "barred": ["council"], "source": "reforma"})
    poll = desk.open_poll(desk.seconded(desk.session(members), members[3], members[4]))
    assert poll.voice_only == 0
    desk.vote(poll, president)


def test_who_is_barred_is_read_at_the_instant_of_the_opening(members, president):
    rules = barring("council")
    end = Term.objects.get(member=president).during.upper
    asked = {"matter": ORDINARY, "rules": rules}
    assert president.pk in in_conflict([president.pk], at=end - timedelta(microseconds=1), **asked)
    assert in_conflict([president.pk], at=end, **asked) == {}
    assert in_conflict([president.pk], matter="pay_unit", rules=rules, at=Instants.voting) == {}


def test_an_alternate_who_was_not_called_is_not_barred(members):
    rules = barring("council", "auditor")
    give_seat(members[5], SeatCode.ALTERNATE_1)
    assert in_conflict([members[5].pk], matter=ORDINARY, rules=rules, at=Instants.voting) == {}


def test_a_manager_is_nobody_that_holds_a_seat_here(members, president):
    rules = barring("manager")
    keys = [one.pk for one in members]
    assert in_conflict(keys, matter=ORDINARY, rules=rules, at=Instants.voting) == {}


def test_the_poll_says_who_does_not_vote_and_where_it_is_written(desk, members, president):
    barring("council", "auditor")
    session = desk.session(members)
    motion = desk.seconded(session, members[3], members[4])
    assert SAID in page(members[5], "detail", session.pk)
    poll = desk.open_poll(motion)
    assert SAID in page(members[5], "poll", poll.pk)
    mine = page(president, "poll", poll.pk)
    assert WHY in mine
    assert 'type="radio"' not in mine
    there = page(president, "detail", session.pk)
    assert WHY in there
    assert "todavía no figurabas" not in there
    desk.close_poll(poll)
    assert SAID in page(members[5], "poll", poll.pk)


# --- secret, in person ---


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"secret": True}, "Para este asunto el estatuto pide voto secreto (reforma)."),
        ({"in_person": True}, "Para este asunto el estatuto pide que se vote en persona (reforma)."),
    ],
)
def test_secret_and_in_person_are_said_on_the_motion_the_poll_and_the_result(desk, members, changed, said):
    voting(**changed)
    session = desk.session(members)
    motion = desk.seconded(session, members[3], members[4])
    assert said in page(members[5], "detail", session.pk)
    poll = desk.open_poll(motion)
    assert said in page(members[5], "poll", poll.pk)
    desk.close_poll(poll)
    assert said in page(members[5], "poll", poll.pk)


def test_a_motion_that_waits_says_what_would_carry_it_and_a_decided_one_does_not(desk, members):
    session = desk.session(members)
    motion = desk.seconded(session, members[3], members[4])
    says = "Se aprueba con más SÍ que NO; quien se abstiene no cuenta (ET 41)."
    assert says in page(members[5], "detail", session.pk)
    desk.close_poll(desk.open_poll(motion))
    assert says not in page(members[5], "detail", session.pk)


def test_one_motion_and_three_cost_the_same(desk, members):
    session, counts = desk.session(members), []
    reader = client_of(members[5])
    for titles in (("uno",), ("dos", "tres")):
        for title in titles:
            desk.seconded(session, members[3], members[4], title)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            reader.get(reverse("assemblies:detail", args=[session.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- proxies ---


def test_the_notice_says_that_nobody_votes_for_somebody_else(desk: Desk, members):
    told = page(members[5], "detail", desk.convene().pk)
    assert "Nadie vota por otra persona. (ET 42)" in told
    assert "En este sistema cada cual vota por sí" not in told


def test_the_notice_says_the_cap_and_who_may_not_and_that_here_each_votes_alone(desk: Desk, members):
    ruled(
        proxies={"allowed": True, "most_principals": 2, "barred": ["council", "auditor"], "source": "reforma"}
    )
    told = page(members[5], "detail", desk.convene().pk)
    assert "por 2 como máximo. (reforma)" in told
    assert "No representa: consejo de administración y sindicatura. (reforma)" in told
    assert "En este sistema cada cual vota por sí" in told


# --- on trial ---


def test_who_is_on_trial_and_does_not_vote_yet_reads_where_that_is_written(members):
    ruled(membership={"trial_votes": False, "source": "reforma"})
    Period.objects.filter(member=members[5]).delete()
    Period.objects.create(member=members[5], state=State.TRIAL, since=Instants.day - timedelta(days=30))
    told = without_vote([one.pk for one in members], Instants.voting)
    assert list(told) == [members[5].pk]
    assert "recién con la confirmación (reforma)" in told[members[5].pk]
