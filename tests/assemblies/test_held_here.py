"""What an assembly keeps about a member is told to them: presence, named votes, motions, mandates."""

from datetime import date

import pytest
from django.utils import timezone

from assemblies.domain import mandates
from assemblies.enums import Choice
from coop.members.held import held_about
from coop.members.models import Member
from tests.support.book import paper_resolution
from tests.support.desk import Desk

pytestmark = pytest.mark.django_db


def held(member: Member) -> dict[str, list[tuple[str, ...]]]:
    return {one.name: [tuple(row) for row in one.rows] for one in held_about(member.pk, timezone.now())}


def test_presence_votes_motions_and_mandates_are_told_to_whom_they_are_about(
    desk: Desk, open_poll, members: list[Member], president: Member, secretary: Member
) -> None:
    desk.vote(open_poll, members[3], Choice.NO)
    cited = paper_resolution(date(2026, 3, 2), "Cambiar el torno", by=secretary, confirmed_by=president)
    mandates.give(
        what="Traer presupuestos",
        due_on=timezone.localdate(),
        members=[members[4]],
        resolution=cited,
        by=secretary.actor,
        at=timezone.now(),
    )
    mover, seconder, other = held(members[3]), held(members[4]), held(members[5])
    assert [len(told["attendance"]) for told in (mover, seconder, other)] == [1, 1, 1]
    assert [told["votes"][0][-1] for told in (mover, other)] == ["NO", "no votaste"]
    assert [row[2] for row in mover["motions"] + seconder["motions"]] == ["mocionaste", "apoyaste"]
    assert other["motions"] == []
    assert ["Traer presupuestos" in str(told["mandates"]) for told in (mover, seconder)] == [False, True]


def test_every_row_has_its_columns(desk: Desk, open_poll, members: list[Member]) -> None:
    for one in held_about(members[3].pk, timezone.now()):
        assert all(len(row) == len(one.columns) for row in one.rows), one.name
