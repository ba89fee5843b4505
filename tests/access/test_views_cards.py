"""Printing cards: a PDF that is given once, the people it is for, and nothing of it kept."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from coop.access.domain import cards
from coop.access.models import Card
from coop.members.models import Member
from tests.access.enrolling import enrol, give_card
from tests.support import people

pytestmark = pytest.mark.django_db
ONE = {"whom": "numbers", "numbers": "4"}


@pytest.fixture
def desk(secretary: Member) -> Client:
    return people.client_of(secretary)


def printed(answer: object) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]


def code_in(text: str) -> str:
    """The one line that is two halves of five signs."""
    lines = [line.strip() for line in text.splitlines()]
    (code,) = [
        line for line in lines if [len(half) for half in line.split(" ")] == [5, 5] and len(line) == 11
    ]
    return code


def test_everybody_without_a_device_eight_to_a_page(members: list[Member], secretary: Member) -> None:
    Member.objects.bulk_create(people.new_member(n, f"Apellido {n}", "Ana") for n in range(8, 12))
    desk = people.client_of(secretary)
    enrol(members[3], secretary, timezone.now())
    give_card(members[4], secretary, timezone.now())
    answer = desk.post("/alta/tarjetas/", {"whom": "without"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tarjetas.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    pages = printed(answer)
    assert [page.count("Asociado/a N.º") for page in pages] == [8, 1]
    assert "Omar Águila" not in "".join(pages)
    again = desk.post("/alta/tarjetas/", {"whom": "without"})
    assert (again.status_code, "No hay nadie" in again.content.decode()) == (422, True)


def test_each_card_has_its_name_number_and_a_code_that_opens(desk: Client, member: Member) -> None:
    (text,) = printed(desk.post("/alta/tarjetas/", ONE))
    assert "Omar Águila" in text
    assert "N.º 4" in text
    assert "testserver/alta" in text
    assert cards.find(text=code_in(text), at=timezone.now()).member == member


def test_nothing_of_the_file_is_kept(desk: Client, member: Member) -> None:
    code = code_in(printed(desk.post("/alta/tarjetas/", ONE))[0]).replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s', [f"%{code}%"])
            assert cursor.fetchone() is None, table


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"whom": "numbers", "numbers": ""}, "Falta decir cuáles"),
        ({"whom": "numbers", "numbers": "4, 88, x"}, "x, 88"),
        ({"whom": "section", "section": ""}, "Falta decir cuáles"),
        ({"whom": "section", "section": "Otra"}, "Otra"),
        ({"whom": "everybody"}, "everybody"),
        ({"section": "Horno"}, "Horno"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_given(
    desk: Client, sent: dict[str, str], sentence: str
) -> None:
    answer = desk.post("/alta/tarjetas/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Card.objects.exists()


def test_a_section_at_a_time(desk: Client, members: list[Member]) -> None:
    Member.objects.filter(number__in=(4, 6)).update(section="Horno")
    desk.post("/alta/tarjetas/", {"whom": "section", "section": "Horno"})
    assert sorted(Card.objects.values_list("member__number", flat=True)) == [4, 6]


def test_a_name_of_any_length_stays_on_its_card(desk: Client, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(family_name="Wxyz" * 20, given_names="Ñandubay " * 8)
    assert len(printed(desk.post("/alta/tarjetas/", ONE))) == 1


def test_one_card_is_shown_once_and_kept_nowhere(desk: Client, member: Member) -> None:
    asked = desk.get("/registro/4/tarjeta/")
    assert "Todavía no tiene con qué ingresar" in asked.content.decode()
    answer = desk.post("/registro/4/tarjeta/")
    code = answer.context["code"]
    assert answer.content.decode().count(code) == 1
    assert "no-store" in answer.headers["Cache-Control"]
    again = desk.get("/registro/4/tarjeta/").content.decode()
    assert code not in again
    assert "Tiene una del" in again
    assert cards.find(text=code, at=timezone.now()).member == member


def test_a_card_is_voided_from_the_list_and_from_the_persons_page(
    desk: Client, members: list[Member], secretary: Member
) -> None:
    for member, back in ((members[3], ""), (members[4], "card")):
        card = give_card(member, secretary, timezone.now()).card
        assert member.listed_name in desk.get("/alta/tarjetas/").content.decode()
        answer = desk.post(f"/alta/tarjetas/{card.pk}/anular/", {"back": back})
        assert answer.headers["Location"] == ("/registro/5/tarjeta/" if back else "/alta/tarjetas/")
        card.refresh_from_db()
        assert card.voided_at


def test_the_lists_cost_the_same_for_one_and_for_three(
    desk: Client, members: list[Member], secretary: Member
) -> None:
    counted = []
    for some in (members[3:4], members[4:6]):
        for member in some:
            give_card(member, secretary, timezone.now())
            enrol(members[6], secretary, timezone.now(), lost=False)
        for url in ("/alta/tarjetas/", "/registro/7/tarjeta/", "/mi-cuenta/aparatos/", "/alta/testigos/"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(url).status_code == 200
            counted.append(len(queries))
    assert counted[:4] == counted[4:]
    assert max(counted) <= 12


def test_a_desk_left_open_gives_no_cards(secretary: Member, member: Member) -> None:
    past = timezone.now() - timedelta(minutes=31)
    left = people.client_of(people.signed_in(secretary, past), confirms=False)
    for url, sent in (("/alta/tarjetas/", ONE), ("/registro/4/tarjeta/", {})):
        answer = left.post(url, sent)
        assert (answer.status_code, "Confirmá que sos vos" in answer.content.decode()) == (403, True)
    assert not Card.objects.exists()


def test_the_secretary_finds_the_cards_from_the_register_and_from_home(desk: Client, member: Member) -> None:
    for url in ("/", "/registro/"):
        assert 'href="/alta/tarjetas/"' in desk.get(url).content.decode()
        assert 'href="/alta/tarjetas/"' not in people.client_of(member).get(url).content.decode()


def test_after_the_file_the_page_says_who_has_a_card_and_what_to_do_next(desk: Client) -> None:
    """The file is a download: the page stays, and asks for its list a moment after it was sent."""
    before = desk.get("/alta/tarjetas/").content.decode()
    assert "tarjeta sin usar" not in before
    assert 'hx-trigger="submit from:#print delay:3s"' in before
    assert 'hx-select="#given"' in before
    desk.post("/alta/tarjetas/", ONE)
    after = desk.get("/alta/tarjetas/").content.decode()
    assert "1 persona tiene una tarjeta sin usar" in after
    assert "imprimilo, recortá" in after
