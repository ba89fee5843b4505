"""The month's spreadsheet to fill in: who is on it, and that what it becomes is read without a word."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from coop.members.models import Member
from payroll.hours_file import read_hours
from payroll.hours_file.blank import TITLES, blank_hours
from tests.payroll.paying import OCTOBER
from tests.support import people

URL = "payroll:hours_form"


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))


def filled(content: bytes, *cells: str) -> bytes:
    """As a spreadsheet program saves it back."""
    titles, *lines = rows(content)
    text = [titles, *([number, name, *cells] for number, name, *_empty in lines)]
    return "\r\n".join(";".join(line) for line in text).encode("cp1252")


def test_filled_in_it_is_read_without_problem_or_warning() -> None:
    blank = blank_hours([(1, "Agüero, Ñusta"), (2, "Mc Kay, Silvia")])
    read = read_hours(filled(blank, "176,50", "8,00", "", "1.200,00"), period=OCTOBER, members={1, 2})
    assert (read.problems, read.warnings) == ((), ())
    assert [(row.number, row.worked, row.sick, row.advance) for row in read.rows] == [
        (1, 17650, 800, 120000),
        (2, 17650, 800, 120000),
    ]


def test_left_empty_it_is_read_as_no_hours() -> None:
    read = read_hours(blank_hours([(1, "Agüero, Omar")]), period=OCTOBER, members={1})
    assert (read.problems, read.warnings) == ((), ())
    assert [row.hours for row in read.rows] == [0]


@pytest.mark.parametrize("name", ["=HYPERLINK(1), A", "+1, B", "-1, C", "@SUM, D", " =1, E", "\t=1, F"])
def test_no_name_runs_as_a_formula(name: str) -> None:
    (_titles, line) = rows(blank_hours([(1, name)]))
    assert line[1] == f"'{name}"


def test_a_separator_or_a_quote_in_a_name_moves_no_cell() -> None:
    blank = blank_hours([(1, 'Paz; "Pocho", Omar'), (2, "Wałęsa, Lech")])
    assert [line[:2] for line in rows(blank)[1:]] == [["1", 'Paz; "Pocho", Omar'], ["2", "Wa??sa, Lech"]]
    assert read_hours(blank, period=OCTOBER, members={1, 2}).problems == ()


@pytest.mark.django_db
class TestTheBrowser:
    def test_whoever_was_a_member_on_any_day_of_the_month_has_a_line(
        self, treasurer: Member, members: list[Member]
    ) -> None:
        first, last, before, after = [one for one in members if one != treasurer][:4]
        for member, joined, left in (
            (first, date(2020, 1, 1), date(2026, 10, 2)),
            (last, date(2026, 10, 31), None),
            (before, date(2020, 1, 1), date(2026, 10, 1)),
            (after, date(2026, 11, 1), None),
        ):
            member.joined_on, member.left_on = joined, left
            member.leaving_reason = "retiro" if left else ""
            member.save(update_fields=["joined_on", "left_on", "leaving_reason"])
        answer = people.client_of(treasurer).get(reverse(URL), {"mes": "2026-10"})
        titles, *lines = rows(answer.content)
        numbers = [int(line[0]) for line in lines]
        assert titles == list(TITLES)
        assert numbers == sorted(numbers)
        assert {first.number, last.number} <= set(numbers)
        assert not {before.number, after.number} & set(numbers)
        assert answer["Content-Disposition"] == 'attachment; filename="horas-2026-10.csv"'
        assert [first.listed_name, "", "", "", ""] in [line[1:] for line in lines]

    @pytest.mark.parametrize("month", ["2026-13", "octubre", "2026-1"])
    def test_what_is_no_month_is_said(self, treasurer: Member, month: str) -> None:
        answer = people.client_of(treasurer).get(reverse(URL), {"mes": month})
        assert answer.status_code == 422
        assert month in answer.content.decode()

    def test_the_page_offers_the_month_it_stands_on(self, treasurer: Member) -> None:
        client = people.client_of(treasurer)
        page = reverse("payroll:import_hours")
        assert f"{reverse(URL)}?mes=" in client.get(page).content.decode()
        told = client.post(page, {"period": "2026-09"}).content.decode()
        assert f"{reverse(URL)}?mes=2026-09" in told
        assert reverse(URL) not in client.post(page, {"period": "nunca"}).content.decode()


@pytest.mark.django_db
def test_its_queries_do_not_grow_with_the_register(
    treasurer: Member, members: list[Member], django_assert_max_num_queries: object
) -> None:
    client: Client = people.client_of(treasurer)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert client.get(reverse(URL)).status_code == 200
