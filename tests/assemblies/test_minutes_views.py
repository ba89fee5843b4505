"""The pages of minutes: who may, what they say, and that no text is lost on the way."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from assemblies.models import Assembly, Minutes, Remark, Signer
from coop.common.home import cards_for
from coop.documents.models import Document
from coop.members.models import Member
from tests.support import people
from tests.support.database import cloned
from tests.support.desk import Desk
from tests.support.minutes import Book, held

pytestmark = pytest.mark.django_db
MARK = """"'><script src=//x></script>"""
# name, then the status for a stranger, a member, the treasurer and the secretary: as a draft and once closed.
DRAFT = [
    ("minutes", 302, 200, 200, 200),
    ("minutes_write", 302, 403, 403, 200),
    ("minutes_signers", 302, 403, 403, 200),
    ("minutes_close", 302, 403, 200, 200),
]
CLOSED = [
    ("minutes", 302, 200, 200, 200),
    ("minutes_write", 302, 403, 403, 302),
    ("minutes_signers", 302, 403, 403, 200),
    ("minutes_close", 302, 403, 302, 302),
]


@pytest.fixture(scope="module", autouse=True)
def written_once(django_db_setup, django_db_blocker, databases) -> Iterator[str]:
    """An assembly that is over; every test begins with it and is rolled back."""
    with django_db_blocker.unblock(), cloned(databases) as kept:
        members = people.make_house()
        held(Desk(members[0], members[1]), members)
        connections["default"].close()
        yield kept.name


@pytest.fixture
def book(desk: Desk, treasurer: Member) -> Book:
    return Book(desk, treasurer)


@pytest.fixture
def over(db: None) -> Assembly:
    return Assembly.objects.earliest("pk")


@pytest.fixture
def signers(members: list[Member]) -> list[Member]:
    return [members[3], members[5]]


@pytest.fixture
def readers(members: list[Member], treasurer: Member, secretary: Member) -> list[Client]:
    return [Client(), *map(people.client_of, (members[6], treasurer, secretary))]


def url(name: str, assembly: Assembly) -> str:
    return reverse(f"assemblies:{name}", args=[assembly.pk])


def body(client: Client, name: str, assembly: Assembly, **query: str) -> str:
    answer = client.get(url(name, assembly), query)
    assert answer.status_code == 200
    return answer.content.decode()


def box(key: str, text: str, seen: int = 0) -> dict[str, str]:
    return {f"text-{key}": text, f"seen-{key}": str(seen)}


# --- who may ---


@pytest.mark.parametrize(("name", "stranger", "plain", "council", "writer"), DRAFT)
def test_a_draft_answers_each_reader(over, readers, name, stranger, plain, council, writer):
    asked = [reader.get(url(name, over)).status_code for reader in readers]
    assert asked == [stranger, plain, council, writer]


@pytest.mark.parametrize(("name", "stranger", "plain", "council", "writer"), CLOSED)
def test_closed_minutes_answer_each_reader(
    book, over, signers, readers, name, stranger, plain, council, writer
):
    book.closed(over, signers)
    asked = [reader.get(url(name, over)).status_code for reader in readers]
    assert asked == [stranger, plain, council, writer]


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("minutes", [302, 405, 405, 405]),
        ("minutes_write", [302, 403, 403, 302]),
        ("minutes_signers", [302, 403, 403, 422]),
        ("minutes_close", [302, 403, 422, 422]),
    ],
)
def test_what_is_sent_is_asked_for_its_power(over, readers, name, statuses):
    assert [reader.post(url(name, over)).status_code for reader in readers] == statuses
    assert not Minutes.objects.exists()


def test_nothing_is_sent_without_a_csrf_token(over, secretary, treasurer):
    for who, name in (
        (secretary, "minutes_write"),
        (secretary, "minutes_signers"),
        (treasurer, "minutes_close"),
    ):
        browser = people.client_of(who, enforce_csrf_checks=True)
        assert browser.post(url(name, over)).status_code == 403


# --- reading ---


def test_every_member_reads_the_draft_and_is_told_that_it_may_change(over, member):
    said = body(people.client_of(member), "minutes", over)
    assert "Borrador, todavía puede cambiar" in said
    assert "3 votos afirmativos, 1 negativo y 1 abstención" in said
    assert "Redactar la síntesis" not in said
    assert "Ñancucheo, Ramón" in said


def test_of_peoples_documents_only_the_last_figures_are_printed(book, over, signers, members, treasurer):
    whole = members[4].document
    book.write(over)
    book.name(over, signers)
    assert f"…{whole[-3:]}" in body(people.client_of(treasurer), "minutes_close", over)
    minutes = book.close(over)
    assert f"| …{whole[-3:]} |" in minutes.text
    kept = minutes.text + str(minutes.facts) + str(Document.objects.get().facts)
    assert whole not in kept
    assert f"{int(whole):,}".replace(",", ".") not in kept


def test_closed_minutes_show_number_code_and_state_of_the_paper(book, over, signers, member):
    closed = book.closed(over, signers, after=11)
    said = body(people.client_of(member), "minutes", over)
    assert "Acta N.º 12" in said
    assert closed.sha256 in said
    assert "En la fila" in said
    assert "no lo reemplaza" in said
    assert "Quién escribió la síntesis" in said


def test_assemblies_and_books_lead_to_the_minutes(book, desk, over, members, signers, member):
    book.closed(over, signers, after=11)
    browser = people.client_of(member)
    link = url("minutes", over)
    for page in (reverse("assemblies:list"), url("detail", over), reverse("assemblies:minutes_book")):
        said = browser.get(page).content.decode()
        assert link in said, page
        assert "Acta N.º 12" in re.sub(r"\s+", " ", said), page
    assert reverse("assemblies:minutes_book") in browser.get(reverse("portal:books")).content.decode()


def test_an_assembly_without_minutes_says_draft(over, member):
    browser = people.client_of(member)
    for page in (reverse("assemblies:list"), url("detail", over)):
        assert "Acta en borrador" in browser.get(page).content.decode()
    assert "Todavía no hay actas cerradas" in browser.get(reverse("assemblies:minutes_book")).content.decode()


def test_while_the_session_lasts_there_are_no_minutes(session, member):
    assert "Todavía no hay acta" in body(people.client_of(member), "minutes", session)


def test_markup_stays_text_on_every_page(book, desk, members, secretary, treasurer):
    assembly = desk.session(members)
    desk.move(assembly, members[3], MARK)
    over = desk.close(assembly)
    Member.objects.update(family_name=MARK, given_names=MARK)
    book.write(over, "2", MARK)
    for who, name in (
        (secretary, "minutes"),
        (secretary, "minutes_write"),
        (treasurer, "minutes_close"),
        (secretary, "minutes_signers"),
    ):
        said = body(people.client_of(who), name, over)
        assert "<script src=//x" not in said
        assert "&lt;script src=//x" in said


# --- writing ---


def test_the_desk_shows_facts_beside_boxes_and_saves_them(over, secretary):
    browser = people.client_of(secretary)
    said = body(browser, "minutes_write", over)
    for name in ("text-opening", "text-1", "text-2", "text-3", "text-closing", "seen-2"):
        assert f'name="{name}"' in said
    assert 'href="#punto-2"' in said
    assert said.index("Comprar un torno") < said.index('name="text-2"')
    answer = browser.post(url("minutes_write", over), box("2", "Uno.\r\n\r\nDos.") | box("closing", "Adiós."))
    assert answer.headers["Location"] == url("minutes_write", over)
    assert {remark.place: remark.text for remark in Remark.objects.all()} == {
        "item": "Uno.\n\nDos.",
        "closing": "Adiós.",
    }
    assert "Lo último lo guardó Ramón Ñancucheo" in body(browser, "minutes_write", over)


def test_a_stale_form_shows_both_texts_and_saves_the_second_time(book, over, secretary, president):
    browser = people.client_of(secretary)
    book.write(over, "2", "Lo de la presidencia.", by=president)
    answer = browser.post(
        url("minutes_write", over), box("2", "Lo de la secretaría.") | box("3", "Esto también.")
    )
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Lo de la presidencia." in said
    assert "Lo de la secretaría." in said
    assert "Esto también." in said
    assert "otra persona guardó otro texto" in said
    assert Remark.objects.count() == 1
    assert re.search(r'name="seen-2"\s+value="1"', said)
    assert re.search(r'name="seen-3"\s+value="0"', said)
    browser.post(url("minutes_write", over), box("2", "Los dos.", 1) | box("3", "Esto también."))
    assert [remark.text for remark in Remark.objects.all()] == [
        "Lo de la presidencia.",
        "Los dos.",
        "Esto también.",
    ]


def test_a_text_that_is_too_long_is_given_back_whole(over, secretary):
    long = "x" * 20_001
    answer = people.client_of(secretary).post(url("minutes_write", over), box("2", long))
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_text_sent_after_the_close_is_given_back(book, over, signers, secretary):
    book.closed(over, signers)
    answer = people.client_of(secretary).post(url("minutes_write", over), box("3", "Llegué tarde."))
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "El acta ya está cerrada, con el N.º 1" in said
    assert "Llegué tarde." in said


@pytest.mark.parametrize("seen", ["x", "-1", "99999999999", "1.5"])
def test_a_forged_version_is_refused(over, secretary, seen):
    data = {"text-2": "Hola.", "seen-2": seen}
    assert people.client_of(secretary).post(url("minutes_write", over), data).status_code == 422
    assert not Remark.objects.exists()


# --- signers ---


def test_signers_are_chosen_out_of_those_who_were_there(over, secretary, members, signers):
    browser = people.client_of(secretary)
    said = body(browser, "minutes_signers", over)
    assert "Águila, Omar (4)" in said
    assert "Quiroga, Élida (1)" not in said
    chosen = {"signer-1": signers[0].pk, "signer-2": signers[1].pk}
    assert browser.post(url("minutes_signers", over), chosen).headers["Location"] == url("minutes", over)
    assert [signer.member for signer in Signer.objects.all()] == signers
    assert "Omar Águila (N.º 4) y Hugo D&#x27;Amico (N.º 6)" in body(browser, "minutes", over)


@pytest.mark.parametrize(
    "chosen", [{}, {"signer-1": 4}, {"signer-1": 4, "signer-2": 4}, {"signer-1": 1, "signer-2": 4}]
)
def test_a_wrong_choice_of_signers_is_told(over, secretary, members, chosen):
    data = {name: members[number - 1].pk for name, number in chosen.items()}
    answer = people.client_of(secretary).post(url("minutes_signers", over), data)
    assert answer.status_code == 422
    assert not Signer.objects.exists()


# --- closing ---


def hidden(said: str) -> dict[str, str]:
    names = ("seen", "anterior", "folio")
    found = {
        name: re.search(rf'<input type="hidden"\s+name="{name}"\s+value="([^"]*)"', said) for name in names
    }
    return {name: match[1] for name, match in found.items() if match}


def test_who_reads_the_whole_text_closes_exactly_that(book, over, signers, treasurer):
    book.write(over)
    book.name(over, signers)
    browser = people.client_of(treasurer)
    said = body(browser, "minutes_close", over, anterior="210", folio="45 vuelta")
    assert "ACTA N.º 211 – ASAMBLEA DE TRABAJO" in said
    assert "Folio 45 vuelta" in said
    answer = browser.post(url("minutes_close", over), hidden(said))
    assert answer.headers["Location"] == url("minutes", over)
    closed = Minutes.objects.get()
    assert (closed.number, closed.folio, closed.closed_by) == (211, "45 vuelta", treasurer)
    again = browser.post(url("minutes_close", over), hidden(said))
    assert again.headers["Location"] == url("minutes", over)
    assert Minutes.objects.count() == 1


def test_a_text_that_changed_is_shown_again_and_not_closed(book, over, signers, treasurer):
    book.write(over)
    book.name(over, signers)
    browser = people.client_of(treasurer)
    read = hidden(body(browser, "minutes_close", over))
    book.write(over, "3", "Algo que faltaba.")
    answer = browser.post(url("minutes_close", over), read)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "El texto cambió desde que lo leíste" in said
    assert "Algo que faltaba." in said
    assert not Minutes.objects.exists()
    assert browser.post(url("minutes_close", over), hidden(said)).status_code == 302


def test_the_page_says_why_it_cannot_be_closed_and_offers_no_button(
    book, over, signers, treasurer, secretary
):
    said = body(people.client_of(treasurer), "minutes_close", over)
    assert "falta anotar a las 2 personas" in said
    assert hidden(said) == {}
    book.name(over, signers)
    assert "Nadie escribió todavía la síntesis" in body(people.client_of(treasurer), "minutes_close", over)
    book.write(over)
    said = body(people.client_of(secretary), "minutes_close", over)
    assert "la cierra otra persona del consejo" in said
    assert hidden(said) == {}


@pytest.mark.parametrize("after", ["-1", "x", "99999999"])
def test_a_number_that_is_none_is_told_beside_its_box(book, over, signers, treasurer, after):
    book.write(over)
    book.name(over, signers)
    answer = people.client_of(treasurer).get(url("minutes_close", over), {"anterior": after})
    assert answer.status_code == 422
    assert hidden(answer.content.decode()) == {}


def test_only_the_first_minutes_ask_for_a_number(book, desk, members, over, signers, treasurer):
    book.closed(over, signers, after=11)
    from datetime import timedelta

    later = held(desk, members, later=timedelta(days=7))
    said = body(people.client_of(treasurer), "minutes_close", later, anterior="500")
    assert "Última acta en papel" not in said
    assert "ACTA N.º 13" in said


# --- how much a page costs ---


@pytest.mark.parametrize("name", ["minutes", "minutes_write", "minutes_signers", "minutes_close"])
@pytest.mark.parametrize("more", [1, 3])
def test_a_page_costs_the_same_however_many_were_there(
    desk, members, secretary, name, more, django_assert_max_num_queries
):
    Member.objects.bulk_create(people.new_member(n, f"Pérez {n}", "Juana") for n in range(20, 20 + 10 * more))
    assembly = desk.session(Member.objects.all())
    for number in range(more):
        poll = desk.open_poll(desk.seconded(assembly, members[3], members[4], f"Moción {number}"))
        desk.close_poll(poll)
    over = desk.close(assembly)
    browser = people.client_of(secretary)
    with django_assert_max_num_queries(12):
        assert browser.get(url(name, over)).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_the_book_costs_the_same_however_many(
    book, desk, members, over, signers, many, django_assert_max_num_queries
):
    book.closed(over, signers)
    for number in range(1, many):
        book.closed(held(desk, members, later=timedelta(days=7 * number)), signers)
    browser = people.client_of(members[6])
    with django_assert_max_num_queries(7):
        said = browser.get(reverse("assemblies:minutes_book")).content.decode()
    assert said.count("1/2026") == 1
    assert said.count('scope="row"') == many


# --- the home page ---


def titles(member: Member, book: Book) -> list[str]:
    return [card.title for card in cards_for(member.pk, book.later) if "acta" in card.title.lower()]


def test_the_home_page_asks_whoever_is_next(book, over, signers, secretary, president, treasurer, member):
    assert titles(secretary, book) == titles(president, book) == ["Acta para redactar"]
    assert titles(treasurer, book) == titles(member, book) == []
    book.name(over, signers)
    assert titles(secretary, book) == ["Acta para redactar"]
    assert titles(treasurer, book) == []
    book.write(over)
    assert titles(secretary, book) == []
    assert titles(president, book) == titles(treasurer, book) == ["Hay un acta para cerrar"]
    assert titles(member, book) == []
    book.close(over, after=11)
    for who in (secretary, president, treasurer, member):
        assert titles(who, book) == ["Se cerró el acta N.º 12"]


def test_the_news_of_closed_minutes_ages(book, over, signers, member, at, client_of: Callable[..., Client]):
    from datetime import timedelta

    book.closed(over, signers)
    later = book.later + timedelta(days=4)
    assert [card for card in cards_for(member.pk, later) if "acta" in card.title] == []


def test_the_paper_of_minutes_leads_back_to_them_under_their_tab(book, over, signers, member):
    book.closed(over, signers)
    document = Document.objects.get()
    said = people.client_of(member).get(reverse("documents:document", args=[document.pk])).content.decode()
    assert f'<a href="{url("minutes", over)}">' in said
    assert re.search(r'href="/asambleas/"\s+aria-current="page"', said)


def test_reading_the_whole_minutes_keeps_what_was_written(over, secretary):
    sent = people.client_of(secretary).post(url("minutes_write", over), box("1", "Se habló.") | {"read": "1"})
    assert sent.headers["Location"] == url("minutes", over)
    assert Remark.objects.get().text == "Se habló."
