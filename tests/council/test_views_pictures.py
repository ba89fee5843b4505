"""The page of the seats' history: who reads it, what it costs, what it says on bad days."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client

from coop.council.models import SeatCode
from coop.members.models import Member
from tests.support import people

pytestmark = pytest.mark.django_db
PAGE, FILE = "/consejo/historia/", "/consejo/historia/planilla/"
MAY_2020, MAY_2022 = datetime(2020, 5, 1, 3, tzinfo=UTC), datetime(2022, 5, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_who_may_read_the_history(address: str, member: Member, treasurer: Member) -> None:
    assert Client().get(address).status_code == 302
    for reader in (member, treasurer):
        browser = people.client_of(reader)
        assert browser.get(address).status_code == 200
        assert browser.post(address).status_code == 405


def test_without_terms_the_page_says_so(member: Member) -> None:
    body = people.client_of(member).get(PAGE).content.decode()
    assert "Todavía no hay mandatos" in body
    assert '<svg class="timeline"' not in body


def test_the_picture_and_its_table_tell_the_same_terms(member: Member, members: list[Member]) -> None:
    people.give_seat(members[5], SeatCode.SECRETARY, MAY_2020, MAY_2022)
    people.give_seat(members[6], SeatCode.SECRETARY, MAY_2022)
    answer = people.client_of(member).get(PAGE)
    lanes = [lane for decade in answer.context["decades"] for lane in decade.lanes]
    drawn = {(lane.name, bar.person.name) for lane in lanes for bar in lane.bars}
    assert drawn == {(seat, who) for seat, who, *_days in answer.context["rows"]}
    body = answer.content.decode()
    assert "style=" not in body
    assert body.count('class="bar once"') == 2


def test_the_page_costs_the_same_statements_for_one_and_three(
    member: Member, members: list[Member], django_assert_max_num_queries
) -> None:
    browser, counts = people.client_of(member), []
    for codes in ([SeatCode.PRESIDENT], [SeatCode.SECRETARY, SeatCode.TREASURER]):
        for place, code in enumerate(codes, start=len(counts)):
            people.give_seat(members[place], code, MAY_2020, MAY_2022)
        with django_assert_max_num_queries(12) as asked:
            assert browser.get(PAGE).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_spreadsheet_runs_no_formula(member: Member, members: list[Member]) -> None:
    term = people.give_seat(members[5], SeatCode.SECRETARY, MAY_2020, MAY_2022)
    Member.objects.filter(pk=members[5].pk).update(family_name="=SUMA(A1)", given_names="")
    text = people.client_of(member).get(FILE).content.decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text), delimiter=";")
    assert header[:5] == ["Cargo", "N° Asociado", "Desde", "Hasta", "Acta"]
    assert row == ["Secretaría", "6", "01/05/2020", "30/04/2022", term.elected_by, "'=SUMA(A1)", ""]
