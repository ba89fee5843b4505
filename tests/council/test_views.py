from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from coop.council.models import SeatCode
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
MAY_2020, MAY_2022 = datetime(2020, 5, 1, 3, tzinfo=UTC), datetime(2022, 5, 1, 3, tzinfo=UTC)


def test_each_seat_says_who_until_when_and_by_which_election(member: Member, secretary: Member) -> None:
    answer = people.client_of(member).get("/consejo/")
    held = {line.seat.code: line.held for line in answer.context["seats"]}
    assert [code for code, line in held.items() if line] == ["secretary"]
    line = held["secretary"]
    assert (line.name, line.last_day.isoformat(), line.elected_by) == (
        secretary.name,
        "2124-04-30",
        "Asamblea Ordinaria 2024",
    )
    assert answer.content.decode().count("vacante") >= 6


def test_past_terms_are_kept_behind_with_both_days(member: Member, members: list[Member]) -> None:
    people.give_seat(members[5], SeatCode.SECRETARY, MAY_2020, MAY_2022)
    answer = people.client_of(member).get("/consejo/")
    past = {line.seat.code: line.past for line in answer.context["seats"]}["secretary"]
    assert [(term.name, term.first_day.isoformat(), term.last_day.isoformat()) for term in past] == [
        (members[5].name, "2020-05-01", "2022-04-30")
    ]


def test_a_term_to_come_holds_nothing_yet(member: Member, members: list[Member]) -> None:
    later = timezone.now().replace(year=timezone.now().year + 2)
    people.give_seat(members[5], SeatCode.AUDITOR, later)
    lines = people.client_of(member).get("/consejo/").context["seats"]
    line = next(line for line in lines if line.seat.code == "auditor")
    assert (line.held, [term.name for term in line.coming]) == (None, [members[5].name])


def test_before_any_seat_it_says_what_comes_next(member: Member) -> None:
    lines = people.client_of(member).get("/consejo/").context["seats"]
    assert [line.held for line in lines] == [None] * 7
    assert {line.who_fills for line in lines} == {"Lo cubre la asamblea con una elección."}


def test_what_ends_soon_says_in_how_many_days(member: Member, members: list[Member]) -> None:
    now = timezone.now()
    people.give_seat(
        members[5], SeatCode.AUDITOR, now - timedelta(days=300), now + timedelta(days=30, hours=1)
    )
    body = people.client_of(member).get("/consejo/").content.decode()
    assert "quedan 30 días" in body


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_no_more_statements_with_more_terms(
    member: Member, members: list[Member], many: int, django_assert_max_num_queries: Any
) -> None:
    for who, code in zip(members[4:], list(SeatCode)[:many], strict=False):
        people.give_seat(who, code)
    client = people.client_of(member)
    client.get("/consejo/")
    with django_assert_max_num_queries(12):
        assert client.get("/consejo/").status_code == 200
