"""The paper book, the record and the nightly proof in the browser."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coop.record.models import Entry, Verification
from coop.statute import book
from coop.statute.models import BookLine, BookPage, LineState, Matter, Resolution
from tests.support import people
from tests.support.book import copied, paper_resolution, seen

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 12)
POSTED = {
    "day": "2006-04-12",
    "title": "Comprar un torno",
    "matter": Matter.ORDINARY_DECISION.value,
    "adopted_by": "Asamblea Ordinaria, acta N.º 45",
    "folio": "12",
    "text": "",
    "yes": "30",
    "no": "4",
    "abstain": "",
}


@pytest.fixture
def line(secretary):
    return book.enter(line=copied(DAY, "Comprar un torno"), by=secretary.actor, at=timezone.now())


def test_it_is_copied_by_one_and_confirmed_by_another_in_the_browser(secretary, president):
    desk = people.client_of(secretary)
    response = desk.post("/libros/papel/copiar/", POSTED)
    page = BookPage.objects.get()
    assert response.headers["Location"] == f"/libros/papel/{page.pk}/"
    assert "Confirmar" not in desk.get(f"/libros/papel/{page.pk}/").content.decode()
    second = people.client_of(president)
    shown = second.get(f"/libros/papel/{page.pk}/")
    assert "Confirmar 1 línea" in shown.content.decode()
    second.post(f"/libros/papel/{page.pk}/confirmar/", {"seen": shown.context["seen"]})
    made = Resolution.objects.get()
    body = second.get(f"/libros/resoluciones/2006/{made.number}/").content.decode()
    for words in ("Libro de papel, folio 12", secretary.name, president.name, "30 a 4"):
        assert words in body


def test_a_page_that_changed_is_not_confirmed_and_the_reader_is_told(line, president, secretary):
    second = people.client_of(president)
    old = seen(line.page)
    book.enter(line=copied(DAY, "Otra"), by=secretary.actor, at=timezone.now())
    response = second.post(f"/libros/papel/{line.page_id}/confirmar/", {"seen": old})
    assert response.status_code == 422
    assert "cambió desde que la leíste" in response.content.decode()
    assert not Resolution.objects.exists()


def test_what_was_typed_is_not_lost(secretary):
    posted = POSTED | {"day": "2199-01-01"}
    response = people.client_of(secretary).post("/libros/papel/copiar/", posted)
    body = response.content.decode()
    assert response.status_code == 422
    assert "todavía no llegó" in body
    assert "Asamblea Ordinaria, acta N.º 45" in body


def test_a_count_without_its_yes_is_asked_for(secretary):
    response = people.client_of(secretary).post("/libros/papel/copiar/", POSTED | {"yes": "", "no": "3"})
    assert "completá el recuento" in response.content.decode()


def test_a_line_is_given_back_corrected_and_dropped(line, president, secretary):
    desk, second = people.client_of(secretary), people.client_of(president)
    second.post(f"/libros/papel/linea/{line.pk}/devolver/", {"remark": "Es del 13"})
    assert "Es del 13" in desk.get(f"/libros/papel/linea/{line.pk}/").content.decode()
    desk.post(f"/libros/papel/linea/{line.pk}/", POSTED | {"day": "2006-04-13"})
    line.refresh_from_db()
    assert (line.state, line.day) == (LineState.WAITING, date(2006, 4, 13))
    desk.post(f"/libros/papel/linea/{line.pk}/descartar/")
    line.refresh_from_db()
    assert line.state == LineState.DROPPED
    assert desk.get(f"/libros/papel/linea/{line.pk}/").status_code == 302


def test_a_file_with_errors_says_them_all_and_a_good_one_goes_in(secretary):
    desk = people.client_of(secretary)

    def sent(*rows):
        text = "\n".join(("Fecha;Título;Acta", *rows))
        upload = SimpleUploadedFile("libro.csv", text.encode())
        return desk.post("/libros/papel/planilla/", {"file": upload})

    wrong = sent("31/02/2006;Una;Acta 1", "12/04/2006;;Acta 1")
    assert (wrong.status_code, len(wrong.context["seen"].problems)) == (422, 2)
    assert sent("12/04/2006;Una;Acta 1").status_code == 302
    assert BookLine.objects.get().page.file_name == "libro.csv"
    assert desk.post("/libros/papel/planilla/", {}).status_code == 422


def test_the_sample_is_a_file_that_goes_in(secretary):
    desk = people.client_of(secretary)
    sample = desk.get("/libros/papel/planilla/modelo.csv")
    found, new = book.preview(content=sample.content, at=timezone.now())
    assert (found.problems, found.warnings, len(new)) == ((), (), 1)


def test_resolutions_are_filtered_by_year_matter_and_source(secretary, president, member):
    for year, matter in ((2005, Matter.RECALL), (2006, Matter.MERGER), (2006, Matter.RECALL)):
        paper_resolution(date(year, 3, 1), f"{matter} {year}", matter, by=secretary, confirmed_by=president)
    reader = people.client_of(member)

    def found(**query):
        return [one.title for one in reader.get("/libros/resoluciones/", query).context["page"]]

    assert found(anio=2005) == ["recall 2005"]
    assert found(anio=2006, materia="recall") == ["recall 2006"]
    assert found(origen="assembly") == []
    assert len(found(origen="paper", anio="x", materia="'; DROP")) == 3


@pytest.mark.parametrize("url", ["/libros/resoluciones/", "/libros/papel/", "/libros/actos/", "/libros/"])
def test_a_page_asks_as_often_for_three_as_for_one(
    url, secretary, president, django_assert_max_num_queries, django_assert_num_queries
):
    def one(number):
        paper_resolution(date(2006, 3, number), f"Una {number}", by=secretary, confirmed_by=president)
        book.enter(line=copied(date(2006, 5, number), "Espera"), by=secretary.actor, at=timezone.now())

    reader = people.client_of(president)
    one(1)
    with django_assert_max_num_queries(12) as first:
        reader.get(url)
    one(2)
    one(3)
    with django_assert_num_queries(len(first)):
        reader.get(url)


def test_a_page_of_the_book_asks_as_often_for_twenty_five_lines(
    line, secretary, president, django_assert_max_num_queries, django_assert_num_queries
):
    reader = people.client_of(president)
    with django_assert_max_num_queries(12) as first:
        reader.get(f"/libros/papel/{line.page_id}/")
    for day in range(1, 25):
        book.enter(line=copied(date(2007, 1, day), "Otra"), by=secretary.actor, at=timezone.now())
    with django_assert_num_queries(len(first)):
        reader.get(f"/libros/papel/{line.page_id}/")


# --- who may ---

PAGES = [
    ("portal:paper_pages", [], 302, 200, 200, 200),
    ("portal:paper_page", ["page"], 302, 200, 200, 200),
    ("portal:paper_page", [99999], 302, 404, 404, 404),
    ("portal:paper_enter", [], 302, 403, 200, 403),
    ("portal:paper_upload", [], 302, 403, 200, 403),
    ("portal:paper_sample", [], 302, 200, 200, 200),
    ("portal:paper_line", ["line"], 302, 403, 200, 403),
    ("portal:paper_line", [99999], 302, 403, 404, 403),
    ("portal:record_entry", [1], 302, 200, 200, 200),
    ("portal:record_entry", [99999], 302, 404, 404, 404),
    ("portal:verifications", [], 302, 200, 200, 200),
    ("portal:verification", [99999], 302, 404, 404, 404),
]
ACTS = [
    ("portal:paper_drop", ["line"], 302, 403, 302, 403),
    ("portal:paper_give_back", ["line"], 302, 403, 302, 302),
    ("portal:paper_confirm", ["page"], 302, 403, 422, 302),
]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: f"{row[0]} {row[1]}")
def test_pages_answer_stranger_member_secretary_and_president(row, line, member, secretary, president):
    name, args, *wanted = row
    keys = {"page": line.page_id, "line": line.pk}
    url = reverse(name, args=[keys.get(arg, arg) for arg in args])
    readers = (Client(), *map(people.client_of, (member, secretary, president)))
    assert [reader.get(url).status_code for reader in readers] == wanted


@pytest.mark.parametrize("row", ACTS, ids=lambda row: row[0])
@pytest.mark.parametrize("who", range(4))
def test_acts_answer_stranger_member_secretary_and_president(row, who, line, member, secretary, president):
    name, args, *wanted = row
    keys = {"page": line.page_id, "line": line.pk}
    url = reverse(name, args=[keys[arg] for arg in args])
    reader = Client() if who == 0 else people.client_of((member, secretary, president)[who - 1])
    posted = {"seen": seen(line.page), "remark": "Corregir"}
    assert reader.post(url, posted).status_code == wanted[who]
    assert reader.get(url).status_code == (302 if who == 0 else 405)


# --- the record ---


def test_the_record_is_asked_for_by_word_person_and_day(line, president, secretary, member):
    reader = people.client_of(member)
    confirm_url = f"/libros/papel/{line.page_id}/confirmar/"
    people.client_of(president).post(confirm_url, {"seen": seen(line.page)})

    def acts(**query):
        return [shown.entry.act for shown in reader.get("/libros/actos/", query).context["lines"]]

    both = ["resolutions_confirmed", "resolutions_entered"]
    assert acts() == acts(q="torno") == acts(q="TORNÓ") == both
    assert acts(quien=str(secretary.number)) == ["resolutions_entered"]
    assert acts(quien=president.family_name) == ["resolutions_confirmed"]
    assert acts(q="confirmadas libro") == ["resolutions_confirmed"]
    assert acts(q="bicicleta") == acts(quien="nadie así") == []
    today = timezone.localdate()
    assert acts(desde=today.isoformat(), hasta=today.isoformat()) == both
    assert acts(hasta=(today - timedelta(days=1)).isoformat()) == []
    assert acts(desde="ayer", quien="\0", q="&|!") == both


def test_an_act_is_opened_with_its_facts_and_its_code_worked_out_again(line, member):
    entry = Entry.objects.get(act="resolutions_entered")
    body = people.client_of(member).get(f"/libros/actos/{entry.position}/").content.decode()
    for words in (entry.sha256, entry.previous, "Comprar un torno", "da lo mismo al calcularlo"):
        assert words in body


# --- the nightly proof ---


def test_a_night_without_a_proof_is_said_and_a_good_one_is_said(line, real_night, member):
    reader = people.client_of(member)
    body = reader.get("/libros/comprobacion/").content.decode()
    assert "cierran" in body
    for url in ("/libros/", "/libros/actos/"):
        page = reader.get(url).content.decode()
        assert "Comprobado hoy" in page
        assert 'href="/libros/comprobacion/"' in page


@pytest.fixture
def real_night(cooperative):
    now = timezone.now()
    return Verification.objects.create(
        begun_at=now, ended_at=now, holds=True, rows=3, proofs=[proof("record"), proof("polls")]
    )


def proof(name, broken=None):
    return {"name": name, "label": name, "rows": 1, "milliseconds": 1, "broken": broken}


def test_without_any_proof_the_books_say_so(member):
    assert "todavía no se comprobaron" in people.client_of(member).get("/libros/").content.decode()


def test_what_breaks_is_said_to_everybody_on_every_page_of_the_books(member):
    now = timezone.now()
    broken = {"row": "acto 7", "says": "no sigue del anterior"}
    Verification.objects.create(
        begun_at=now, ended_at=now, holds=False, rows=2, proofs=[proof("record", broken), proof("polls")]
    )
    reader = people.client_of(member)
    for url in ("/libros/", "/libros/actos/", "/libros/comprobacion/"):
        assert "falló 1 de 2 pruebas" in reader.get(url).content.decode()
    assert "acto 7: no sigue del anterior" in reader.get("/libros/comprobacion/").content.decode()
