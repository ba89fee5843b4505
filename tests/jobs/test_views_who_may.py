"""The shop floor's pages: who reads and does what, what they cost, what a refusal says."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coop.common.home import cards_for
from coop.jobs.domain import swaps, turns
from coop.jobs.enums import Level
from coop.jobs.models import Away, Task, Turn
from coop.members.held import held_about
from coop.members.models import Member
from tests.jobs.conftest import Floor
from tests.support.people import client_of

pytestmark = pytest.mark.django_db


def this_week() -> date:
    return timezone.localdate() - timedelta(days=timezone.localdate().weekday())


def give(floor: Floor, day: date) -> Turn:
    by, at = floor.coordinator.actor, timezone.now()
    return turns.arrange(task_id=floor.task.pk, day=day, by=by, at=at)[0]


def page(floor: Floor) -> str:
    return f"/trabajo/{floor.task.pk}/"


def test_every_member_reads_and_no_stranger(floor: Floor) -> None:
    for address in ("/trabajo/", "/trabajo/planilla/", "/trabajo/ausencias/", page(floor)):
        assert Client().get(address).status_code == 302
        for reader in (floor.members[3], floor.coordinator):
            assert client_of(reader).get(address).status_code == 200


def test_only_who_coordinates_begins_and_arranges(floor: Floor) -> None:
    floor.can(floor.members[3])
    new = {"name": "Barrer", "section": floor.hornos.pk, "people": 1, "every": "week"}
    day = {"day": (this_week() + timedelta(days=7)).isoformat()}
    for address, data in (
        ("/trabajo/nueva/", new),
        (page(floor) + "turno/", day),
        (page(floor) + "cambiar/", {"people": 2, "every": "month"}),
        (page(floor) + "cerrar/", {}),
    ):
        assert Client().post(address, data).status_code == 302
        assert client_of(floor.members[3]).post(address, data).status_code == 403
        assert client_of(floor.coordinator).post(address, data).status_code == 302
    assert Task.objects.filter(closed_on__isnull=True).get().name == "Barrer"
    assert Turn.objects.get().member == floor.members[3]


def test_a_coordinator_is_offered_their_section_and_nothing_else(floor: Floor) -> None:
    own = client_of(floor.coordinator).get("/trabajo/nueva/").content.decode()
    assert ("Hornos" in own, "Prensa" in own) == (True, False)
    answer = client_of(floor.coordinator).post(
        "/trabajo/nueva/", {"name": "Barrer", "section": floor.prensa.pk, "people": 1, "every": "week"}
    )
    assert answer.status_code == 422
    assert "Barrer" in answer.content.decode()


def test_a_refusal_says_why_and_keeps_what_was_typed(floor: Floor) -> None:
    for member in floor.members[3:5]:
        floor.can(member)
    day = (this_week() + timedelta(days=7)).isoformat()
    answer = client_of(floor.coordinator).post(page(floor) + "turno/", {"day": day, "numbers": ["5"]})
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "No es a quien le toca" in body
    assert body.count("checked") >= 1


def test_a_member_says_and_a_teacher_confirms_in_the_browser(floor: Floor) -> None:
    floor.can(floor.members[3], Level.TEACHES)
    said = client_of(floor.members[4]).post(page(floor) + "se-hacerla/", {"level": "can"})
    assert said.status_code == 302
    skill = floor.members[4].skills.get()
    address = f"/trabajo/saber/{skill.pk}/confirmar/"
    assert client_of(floor.members[4]).post(address).status_code == 403
    assert client_of(floor.members[5]).post(address).status_code == 403
    assert client_of(floor.members[3]).post(address).status_code == 302
    assert client_of(floor.members[3]).post(address).status_code == 422


def test_a_swap_from_offer_to_home_card_to_answer(floor: Floor) -> None:
    for member in floor.members[3:5]:
        floor.can(member)
    mine, other = give(floor, this_week()), give(floor, this_week() + timedelta(days=7))
    offered = client_of(mine.member).post(f"/trabajo/turnos/{mine.pk}/ofrecer/", {"other": other.pk})
    assert offered.status_code == 302
    cards = [card.title for card in cards_for(other.member_id, timezone.now())]
    assert f"{mine.member.name} te ofrece cambiar el turno" in cards
    swap = mine.offers.get()
    address = f"/trabajo/cambios/{swap.pk}/"
    assert client_of(floor.members[5]).post(address, {"answer": "yes"}).status_code == 403
    page = client_of(mine.member).get(f"/trabajo/{floor.task.pk}/").content.decode()
    assert f"su turno del {other.first_day:%d/%m/%Y} por el tuyo del {mine.first_day:%d/%m/%Y}" in page
    answer = client_of(other.member).post(address, {"answer": "yes"}, follow=True).content.decode()
    assert f"ahora tu turno empieza el {mine.first_day:%d/%m/%Y}" in answer
    now = Turn.objects.filter(called_off_at__isnull=True).order_by("first_day")
    assert [turn.member for turn in now] == [other.member, mine.member]


def test_who_has_the_week_reads_it_on_the_home_page_and_nobody_else(floor: Floor) -> None:
    floor.can(floor.members[3])
    give(floor, this_week())

    def titles(member: Member) -> list[str]:
        return [card.title for card in cards_for(member.pk, timezone.now())]

    assert "Ahora te toca Cargar el horno" in titles(floor.members[3])
    assert "Ahora te toca Cargar el horno" not in titles(floor.members[4])


def test_days_away_are_told_and_taken_back_by_oneself(floor: Floor) -> None:
    today = timezone.localdate()
    browser = client_of(floor.members[3])
    wrong = browser.post("/trabajo/ausencias/", {"first_day": today, "last_day": today - timedelta(days=1)})
    assert wrong.status_code == 422
    assert browser.post("/trabajo/ausencias/", {"first_day": today, "last_day": today}).status_code == 302
    away = Away.objects.get()
    address = f"/trabajo/ausencias/{away.pk}/"
    assert client_of(floor.members[4]).post(address).status_code == 403
    assert browser.post(address).status_code == 302
    away.refresh_from_db()
    assert away.called_off_at is not None


def test_pages_cost_the_same_statements_with_one_and_three(
    floor: Floor, django_assert_max_num_queries
) -> None:
    floor.can(floor.members[3])
    give(floor, this_week())
    browser = client_of(floor.coordinator)

    def asked() -> list[int]:
        counts = []
        for address in ("/trabajo/", page(floor)):
            with django_assert_max_num_queries(12) as many:
                assert browser.get(address).status_code == 200
            counts.append(len(many))
        return counts

    before = asked()
    for member in floor.members[4:6]:
        floor.can(member)
    give(floor, this_week() + timedelta(days=7))
    mine, other = Turn.objects.order_by("first_day")
    swaps.offer_swap(turn_id=mine.pk, other_id=other.pk, by=mine.member.actor, at=timezone.now())
    assert asked() == before


def test_the_spreadsheet_runs_no_formula(floor: Floor) -> None:
    floor.can(floor.members[3])
    turn = give(floor, this_week())
    Member.objects.filter(pk=turn.member_id).update(family_name="=SUMA(A1)", given_names="")
    text = client_of(floor.members[4]).get("/trabajo/planilla/").content.decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(text), delimiter=";")
    assert row[:4] == ["Cargar el horno", "Hornos", "4", "'=SUMA(A1)"]


def test_a_member_reads_all_that_is_kept_about_them(floor: Floor) -> None:
    floor.can(floor.members[3])
    give(floor, this_week())
    held = {one.name: one.rows for one in held_about(floor.members[3].pk, timezone.now())}
    assert len(held["skills"]) == len(held["turns"]) == 1
    assert held["away"] == []
