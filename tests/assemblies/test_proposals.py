"""A motion that puts a proposal: exactly that one is voted, and exactly that one is adopted."""

import pytest
from django.db import DatabaseError, transaction

from assemblies.domain import motions
from assemblies.enums import Choice
from assemblies.models import Motion, MotionProposal
from coop.common.errors import DomainError
from coop.record.models import Act, Entry
from coop.statute import domain, proposals
from coop.statute.domain import on_adopted
from coop.statute.models import Matter, Resolution
from coop.statute.proposals import Kind, Proposal
from tests.support.people import Instants
from tests.support.raw import refused, refused_rows

pytestmark = pytest.mark.django_db

FACTS = {"cents": 560000, "shown": {"paragraphs": ["La hora vale $ 5.600."], "tables": []}}
PUT = Proposal(kind="test", id=9, sha256=proposals.seal(FACTS), facts=FACTS)


class Overtaken(DomainError):
    def message(self) -> str:
        return "Ya se decidió otra cosa."


@pytest.fixture
def votable(monkeypatch):
    """A kind of proposals that can be voted until something is put in the list."""
    overtaken = []

    def check(proposal, at):
        if overtaken:
            raise Overtaken

    monkeypatch.setattr(proposals, "_kinds", {"test": Kind(page=lambda number: f"/{number}/", check=check)})
    monkeypatch.setattr(domain, "_handlers", {})
    return overtaken


def moved(session, mover, **put) -> Motion:
    values = {"matter": Matter.PAY_UNIT, "proposal": PUT} | put
    return motions.move(
        item_id=session.items.first().pk,
        title="Valor de la hora",
        text="",
        mover=mover,
        by=mover.actor,
        at=Instants.moving,
        **values,
    )


def test_what_is_put_is_frozen_with_the_motion_and_named_on_the_record(votable, session, member):
    motion = moved(session, member)
    assert motion.put.proposal == PUT
    entry = Entry.objects.get(act=Act.MOTION_MOVED)
    assert (entry.facts["proposal"], entry.facts["sha256"]) == ("test", PUT.sha256)


def test_the_resolution_adopts_exactly_what_was_put(votable, desk, session, members):
    adopted = []
    on_adopted(Matter.PAY_UNIT, lambda resolution, by, at: adopted.append(resolution))
    poll = desk.open_poll(desk.second(moved(session, members[3]), members[4]))
    desk.vote(poll, members[3], Choice.YES)
    poll = desk.close_poll(poll)
    assert adopted == [poll.resolution]
    assert (poll.resolution.proposal_id, poll.resolution.proposal_sha256) == (9, PUT.sha256)


def test_what_was_rejected_brings_nothing_about(votable, desk, session, members):
    adopted = []
    on_adopted(Matter.PAY_UNIT, lambda resolution, by, at: adopted.append(resolution))
    poll = desk.open_poll(desk.second(moved(session, members[3]), members[4]))
    desk.vote(poll, members[3], Choice.NO)
    desk.close_poll(poll)
    assert (adopted, Resolution.objects.count()) == ([], 0)


def test_what_can_no_longer_be_voted_is_neither_moved_nor_put_to_the_vote(votable, desk, session, members):
    motion = desk.second(moved(session, members[3]), members[4])
    votable.append("another was adopted")
    with pytest.raises(Overtaken):
        desk.open_poll(motion)
    with pytest.raises(Overtaken):
        moved(session, members[3])
    assert Motion.objects.get().state == "seconded"


@pytest.mark.parametrize(
    "put",
    [{"matter": Matter.ORDINARY_DECISION}, {"proposal": None}],
    ids=["a proposal without its matter", "a matter without its proposal"],
)
def test_proposal_and_matter_go_together(votable, session, member, put):
    with pytest.raises(ValueError, match="proposal goes with"):
        moved(session, member, **put)


# --- round Python ---


def test_database_refuses_to_change_what_a_motion_puts(votable, session, member):
    moved(session, member)
    refused("UPDATE assemblies_motionproposal SET number = 1", match="permission denied")
    refused("DELETE FROM assemblies_motionproposal", match="permission denied")


def row(motion: Motion, sha256: str = PUT.sha256) -> MotionProposal:
    return MotionProposal(motion=motion, kind="test", number=9, sha256=sha256, facts=FACTS)


def test_database_refuses_a_second_proposal_and_one_for_a_plain_motion(votable, desk, session, member):
    refused_rows(row(desk.move(session, member)), match="put when it is moved")
    refused_rows(row(moved(session, member)), match="duplicate key")


def test_database_refuses_a_proposal_slipped_under_a_motion_already_seconded(votable, desk, session, members):
    bare = Motion.objects.create(
        item=session.items.first(),
        matter=Matter.PAY_UNIT,
        title="x",
        mover=members[3],
        moved_at=Instants.moving,
    )
    desk.second(bare, members[4])
    refused_rows(row(bare), match="put when it is moved")


def test_database_refuses_a_proposal_without_its_seal(votable, session, member):
    bare = Motion.objects.create(
        item=session.items.first(), matter=Matter.PAY_UNIT, title="x", mover=member, moved_at=Instants.moving
    )
    refused_rows(row(bare, sha256="x"), match="motion_proposal_is_sealed")


def test_database_refuses_a_vote_on_nothing_put(votable, desk, session, members):
    bare = Motion.objects.create(
        item=session.items.first(),
        matter=Matter.PAY_UNIT,
        title="x",
        mover=members[3],
        moved_at=Instants.moving,
    )
    with pytest.raises(DatabaseError, match="its matter is voted on a proposal"), transaction.atomic():
        desk.open_poll(desk.second(bare, members[4]))
