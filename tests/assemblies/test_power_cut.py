"""The database stopped in immediate mode while votes are cast: what was acknowledged is there afterwards."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from assemblies.domain import casting
from assemblies.domain.casting import Recorded
from assemblies.enums import Choice
from assemblies.models import Assembly, Ballot, Poll
from coop.council.models import SeatCode
from coop.members.models import Member
from coop.record.domain import first_break
from coop.record.models import Entry
from tests.support import people
from tests.support.desk import Desk
from tests.support.people import Instants
from tests.support.server import OwnServer, own_server
from tests.support.together import Crew

VOTERS = 8


@dataclass(frozen=True, slots=True)
class AtRisk:
    """An assembly in session, on a server that may lose its power."""

    server: OwnServer
    desk: Desk
    session: Assembly
    members: list[Member]

    def poll(self, title: str) -> Poll:
        return self.desk.open_poll(self.desk.seconded(self.session, self.members[2], self.members[3], title))

    def goes_dark(self) -> None:
        connections["default"].close()
        self.server.cut_the_power()
        self.server.start_again()


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, databases) -> Iterator[AtRisk]:
    template = databases.url(databases.template, databases.owner)
    with django_db_blocker.unblock(), own_server(template) as server:
        with server.in_use():
            people.make_cooperative()
            members = people.make_members(VOTERS + 2)
            people.give_seat(members[0], SeatCode.PRESIDENT)
            people.give_seat(members[1], SeatCode.SECRETARY)
            desk = Desk(members[0], members[1])
            held = AtRisk(server, desk, desk.session(members), members)
        yield held


@pytest.fixture
def at_risk(made_once, django_db_blocker) -> Iterator[AtRisk]:
    with django_db_blocker.unblock(), made_once.server.in_use():
        yield made_once


class Stubborn:
    """Votes yes, no, yes, no… until the server is gone; remembers how many were acknowledged."""

    def __init__(self, member: Member) -> None:
        self.member, self.key = member, people.signed_in(member, Instants.convening).key
        self.acknowledged = 0

    def choice(self, number: int) -> Choice:
        """What its vote `number`, from 1, says."""
        return Choice.YES if number % 2 else Choice.NO

    def casts_until_the_end(self, poll: Poll) -> None:
        while True:
            self.cast(poll, self.choice(self.acknowledged + 1))
            self.acknowledged += 1

    def cast(self, poll: Poll, choice: Choice) -> Recorded:
        return casting.cast(poll_id=poll.pk, sign_in=self.key, choice=choice, at=Instants.voting)


def cut_while_voting(at_risk: AtRisk, title: str) -> int:
    """One power cut. Gives how many votes were acknowledged before it."""
    poll = at_risk.poll(title)
    voters = [Stubborn(member) for member in at_risk.members[2:]]

    def cut_in_the_middle() -> None:
        """Once more votes were acknowledged than there are voters, however quick the machine is today."""
        deadline = time.monotonic() + 60
        while sum(voter.acknowledged for voter in voters) <= VOTERS and time.monotonic() < deadline:
            time.sleep(0.01)
        at_risk.server.cut_the_power()

    with Crew(VOTERS) as crew:
        cut = threading.Thread(target=cut_in_the_middle)
        cut.start()
        told = crew.at_once([lambda voter=voter: voter.casts_until_the_end(poll) for voter in voters])
        cut.join()
    assert {type(one) for one in told} == {OperationalError}
    connections["default"].close()
    at_risk.server.start_again()

    assert Poll.objects.get(pk=poll.pk).is_open
    for voter in voters:
        ballot = Ballot.objects.filter(entry__poll=poll, entry__member=voter.member).first()
        stands = ballot.changes + 1 if ballot else 0
        assert stands in (voter.acknowledged, voter.acknowledged + 1)
        assert ballot is None or ballot.choice == voter.choice(stands)
        again = voter.choice(voter.acknowledged + 1)
        was_committed = stands == voter.acknowledged + 1
        assert voter.cast(poll, again) == Recorded(
            again, changed=not was_committed and stands > 0, repeated=was_committed
        )
    closed = at_risk.desk.close_poll(poll)
    last = [voter.choice(voter.acknowledged + 1) for voter in voters]
    assert (closed.yes, closed.no) == (last.count(Choice.YES), last.count(Choice.NO))
    assert first_break(Entry.objects.all()) is None
    return sum(voter.acknowledged for voter in voters)


def test_no_acknowledged_vote_is_lost_in_a_power_cut(at_risk):
    assert cut_while_voting(at_risk, "Comprar un torno") > VOTERS


@pytest.mark.long
def test_no_acknowledged_vote_is_lost_in_many_power_cuts(at_risk):
    assert sum(cut_while_voting(at_risk, f"Moción {number}") for number in range(25)) > 25 * VOTERS


def cast_and_hear_nothing(poll: Poll, voter: Stubborn, choice: Choice) -> None:
    """The vote goes out, the line breaks before the answer comes back; returns once the vote is committed."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as line:
        params = [str(voter.key), Instants.voting.isoformat(), str(poll.pk), choice.value]
        statement = casting.CAST
        for number, name in enumerate(("key", "at", "poll", "choice"), start=1):
            statement = statement.replace(f"%({name})s", f"${number}::{TYPES[name]}")
        line.pgconn.send_query_params(statement.encode(), [param.encode() for param in params])
        while line.pgconn.flush():
            time.sleep(0.001)
        deadline = time.monotonic() + 10
        while not Ballot.objects.filter(entry__poll=poll, entry__member=voter.member).exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        line.pgconn.finish()


TYPES = {"key": "uuid", "at": "timestamptz", "poll": "bigint", "choice": "text"}


def test_a_vote_committed_but_not_acknowledged_shows_as_recorded_when_sent_again(
    real_database, desk, open_poll, member
):
    voter = Stubborn(member)
    cast_and_hear_nothing(open_poll, voter, Choice.NO)
    assert voter.cast(open_poll, Choice.NO) == Recorded(Choice.NO, changed=False, repeated=True)
    assert list(Ballot.objects.values_list("choice", "changes")) == [("no", 0)]
    assert desk.close_poll(open_poll).no == 1


def test_a_vote_committed_before_a_power_cut_and_never_acknowledged_is_recorded(at_risk):
    poll = at_risk.poll("Pintar el frente")
    voter = Stubborn(at_risk.members[4])
    cast_and_hear_nothing(poll, voter, Choice.YES)
    at_risk.goes_dark()
    assert voter.cast(poll, Choice.YES) == Recorded(Choice.YES, changed=False, repeated=True)
    assert at_risk.desk.close_poll(poll).adopted is True
