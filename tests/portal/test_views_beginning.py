"""The pages of the beginning: the door, each step forth and back, the end, and who may see them."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from coop.access.domain.codes import typed
from coop.access.models import Card
from coop.members.models import Member
from coop.portal import demo
from coop.portal.beginning import council
from coop.portal.beginning.opening import invite
from coop.portal.beginning.views_done import CARD_IS_GIVEN
from coop.portal.models import Beginning
from coop.statute.models import Cooperative
from tests.portal.test_beginning import filled, register_of
from tests.support import people as town

pytestmark = pytest.mark.django_db

STEPS = (
    *("begin_house", "begin_statute", "begin_people", "begin_person", "begin_council"),
    *("begin_resolutions", "begin_review"),
)
ACTS = ("begin_drop_person", "begin_terms", "begin_drop_terms", "begin_drop_resolutions")


def url(name: str) -> str:
    return reverse(f"portal:{name}", args=["uruguay"] if name == "begin_statute_model" else [])


def through_the_door(browser: Client | None = None) -> Client:
    browser = browser or Client()
    answer = browser.post(url("begin"), {"code": invite(at=timezone.now())})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/empezar/")
    return browser


def file(content: bytes, name: str = "planilla.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content, "text/csv")}


def words(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def inside() -> Client:
    return through_the_door()


@pytest.fixture
def ready() -> Client:
    """Everything is typed; one button is left."""
    browser = through_the_door()
    filled(browser.session["beginning"])
    return browser


@pytest.fixture
def begun(ready: Client) -> Client:
    ready.post(url("begin_review"))
    return ready


# --- who ---


def test_no_address_of_the_beginning_is_missing_here() -> None:
    (room,) = [one for one in get_resolver().url_patterns if one.namespace == "portal"]
    names = {pattern.name for pattern in room.url_patterns if str(pattern.pattern).startswith("empezar/")}
    assert names == {"begin", "begin_done", "begin_statute_model", *STEPS, *ACTS}


@pytest.mark.parametrize("name", [*STEPS, "begin_statute_model", "begin_done"])
def test_a_stranger_is_sent_to_the_door_before_and_after(name: str) -> None:
    assert Client().get(url(name)).headers["Location"] == "/empezar/"
    town.make_cooperative()
    assert Client().get(url(name)).headers["Location"] == "/empezar/"


@pytest.mark.parametrize("name", [*STEPS, *ACTS])
def test_a_strangers_act_does_nothing(name: str) -> None:
    before = through_the_door()
    filled(before.session["beginning"])
    kept = Beginning.objects.values().get()
    answer = Client().post(url(name), {"name": "Otra", "number": "1", **file(register_of())})
    assert answer.status_code == 302
    assert Beginning.objects.values().get() == kept


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_never_a_get(inside: Client, name: str) -> None:
    assert inside.get(url(name)).status_code == 405


@pytest.mark.parametrize("name", [*STEPS, *ACTS, "begin"])
def test_an_act_without_the_forms_token_is_refused(name: str) -> None:
    browser = through_the_door(Client())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies
    assert strict.post(url(name)).status_code == 403


@pytest.mark.parametrize("seat", ["member", "secretary"])
def test_where_there_is_a_cooperative_the_door_is_shut_for_everybody(
    member: Member, secretary: Member, client_of: Callable[..., Client], seat: str
) -> None:
    who = {"member": member, "secretary": secretary}[seat]
    for browser in (Client(), client_of(who)):
        answer = browser.get(url("begin"))
        assert answer.status_code == 410
        assert "La Chimenea ya está en marcha" in words(answer)
        assert browser.post(url("begin"), {"code": "abc"}).status_code == 410


def test_a_strange_browser_with_a_wrong_code_stays_outside() -> None:
    invite(at=timezone.now())
    answer = Client().post(url("begin"), {"code": "aaaa-bbbb-cccc"})
    assert answer.status_code == 422
    assert "Ese código no es" in words(answer)
    assert 'value="aaaa-bbbb-cccc"' in answer.content.decode()


def test_the_printed_address_brings_its_code_and_does_not_use_it_up() -> None:
    code = invite(at=timezone.now())
    browser = Client()
    for _ in range(2):
        assert f'value="{code}"' in browser.get(f"{url('begin')}?codigo={code}").content.decode()
    assert browser.post(url("begin"), {"code": code}).status_code == 302


def test_an_empty_database_says_where_to_begin() -> None:
    answer = Client().get("/", follow=True)
    assert f'href="{url("begin")}"' in answer.content.decode()


# --- beside the demonstration ---


@pytest.fixture
def offered(cooperative: Cooperative, settings: Any, tmp_path: Path) -> Path:
    """As `make run` serves the demonstration."""
    settings.OWN_CHOICE = tmp_path / "own"
    return tmp_path / "own"


def test_the_demonstrations_first_page_offers_ones_own_until_it_was_chosen(offered: Path) -> None:
    assert "Esto es la demostración" in words(Client().get("/ingresar/"))
    assert "Sí, empezar la mía" in words(Client().get(url("begin")))
    assert not offered.exists()
    answer = Client().post(url("begin"))
    assert offered.read_text() == "1\n"
    assert offered.stat().st_mode & 0o777 == 0o600
    assert answer.headers["X-Beginning"] == "waiting"
    assert "Preparamos el lugar de tu cooperativa" in words(Client().get(url("begin")))
    assert "Esto es la demostración" not in words(Client().get("/ingresar/"))


def test_a_phone_of_the_network_is_not_offered_it(offered: Path) -> None:
    phone = Client(REMOTE_ADDR="192.168.0.17")
    assert "Esto es la demostración" not in words(phone.get("/ingresar/"))
    assert phone.post(url("begin")).status_code == 410
    assert not offered.exists()


def test_without_the_launcher_nothing_is_offered(cooperative: Cooperative) -> None:
    assert "Empezar con mi cooperativa" not in words(Client().get("/ingresar/"))


# --- step by step ---


def test_each_step_leads_to_the_next_and_back_with_what_was_typed(inside: Client) -> None:
    house = {
        "name": "La  Chimenea",
        "legal_name": "Cooperativa de Trabajo La Chimenea Ltda.",
        "tax_number": "30-71032145-7",
        "fiscal_day": "30",
        "fiscal_month": "6",
        "currency": "UYU",
        "zone": "America/Montevideo",
        "language": "es-ar",
        "founded_on": "2003-03-01",
    }
    assert inside.post(url("begin_house"), house).headers["Location"] == url("begin_statute")
    assert 'value="La Chimenea"' in inside.get(url("begin_house")).content.decode()
    # The day it was founded is offered as the day its statute holds from.
    assert 'value="2003-03-01"' in inside.get(url("begin_statute")).content.decode()
    statute = {"model": "brazil", "title": "Estatuto", "holds_from": "2003-03-01"}
    assert inside.post(url("begin_statute"), statute).headers["Location"] == url("begin_people")
    sent = inside.post(url("begin_people"), file(register_of()), follow=True)
    assert "3 personas cargadas" in words(sent)
    seats = {"elected_by": "Asamblea 41", "first_day": "2026-05-01", "last_day": "2099-04-30"}
    told = inside.post(url("begin_council"), seats | {"secretary_number": "02"})
    assert told.headers["Location"] == url("begin_resolutions")
    assert 'value="2"' in inside.get(url("begin_council")).content.decode()
    # A seat that the chosen statute lacks says so.
    lacking = sum(not one.of_statute for one in council.places(Beginning.objects.get()))
    assert words(inside.get(url("begin_council"))).count("El estatuto que elegiste no lo tiene.") == lacking
    page = inside.get(url("begin"))
    assert 'href="/empezar/revisar/"' in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Este campo es obligatorio"),
        ({"tax_number": "30-71032145-8"}, "Ese CUIT no cierra"),
        ({"tax_number": "20-20100001-9"}, "CUIT"),
        ({"fiscal_day": "31", "fiscal_month": "6"}, "llega al 30"),
        ({"zone": "Marte/Olympus"}, "Escoja una opción válida"),
        ({"founded_on": "ayer"}, "fecha"),
    ],
)
def test_what_is_wrong_with_the_house_is_said_and_kept_on_the_screen(
    inside: Client, wrong: dict[str, str], says: str
) -> None:
    house = {
        "name": "La Chimenea",
        "address": "Los Aromos 12",
        "fiscal_day": "31",
        "fiscal_month": "12",
        "zone": "America/Montevideo",
        "language": "es-ar",
        "currency": "ARS",
    }
    answer = inside.post(url("begin_house"), house | wrong)
    assert answer.status_code == 422
    assert 'value="Los Aromos 12"' in answer.content.decode()
    assert Beginning.objects.get().house == {}


def test_an_unknown_statute_is_refused(inside: Client) -> None:
    answer = inside.post(url("begin_statute"), {"model": "marte", "title": "x", "holds_from": "2003-03-01"})
    assert answer.status_code == 422
    assert inside.get("/empezar/estatuto/marte/").status_code == 404


@pytest.mark.parametrize("key", ["argentina", "uruguay", "brazil", "assembly_only"])
def test_every_ready_made_statute_can_be_read_with_its_sources(inside: Client, key: str) -> None:
    answer = inside.get(reverse("portal:begin_statute_model", args=[key]))
    assert answer.status_code == 200
    assert answer.content.decode().count("<details") > 10


def test_a_file_with_errors_shows_all_nine_and_keeps_what_was_there(inside: Client) -> None:
    inside.post(url("begin_people"), file(register_of()))
    wrong = (demo.HERE.parents[2] / "tests" / "data" / "padron-con-errores.csv").read_bytes()
    answer = inside.post(url("begin_people"), file(wrong))
    assert answer.status_code == 422
    assert "Hay 9 errores: no se cargó nada" in words(answer)
    assert len(Beginning.objects.get().people) == 3


def test_somebody_typed_goes_in_or_comes_back_with_what_is_wrong(inside: Client) -> None:
    ester = town.new_member(1, "Muñoz Paredes", "Ester")
    line = {
        "number": "1",
        "family_name": "Muñoz Paredes",
        "given_names": "Ester",
        "document": ester.document,
        "tax_number": ester.tax_number,
        "joined": "2003-03-01",
    }
    wrong = inside.post(url("begin_person"), line | {"tax_number": "20-1"})
    assert wrong.status_code == 422
    assert "lleva 11" in words(wrong)
    assert 'value="Ester"' in wrong.content.decode()
    assert inside.post(url("begin_person"), line).status_code == 302
    assert 'value="2"' in inside.get(url("begin_person")).content.decode()
    page = inside.get(f"{url('begin_person')}?numero=1").content.decode()
    assert 'value="Muñoz Paredes"' in page
    assert 'value="2003-03-01"' in page
    corrected = line | {"family_name": "Muñoz", "instead_of": "1"}
    assert inside.post(url("begin_person"), corrected).headers["Location"] == url("begin_people")
    assert "Muñoz, Ester" in words(inside.get(url("begin_people")))
    inside.post(url("begin_drop_person"), {"number": "1"})
    assert Beginning.objects.get().people == []
    assert inside.get(f"{url('begin_person')}?numero=1").status_code == 404


def test_what_is_wrong_with_a_seat_stands_beside_it(ready: Client) -> None:
    seats = {"elected_by": "Asamblea 41", "first_day": "2026-05-01", "last_day": "2099-04-30"}
    answer = ready.post(url("begin_council"), seats | {"secretary_number": "77"})
    assert answer.status_code == 422
    assert "No hay asociado/a con el número «77»" in words(answer)
    backwards = seats | {"secretary_number": "2", "secretary_last_day": "2026-04-01"}
    assert "termina antes de empezar" in words(ready.post(url("begin_council"), backwards))


def test_terms_of_many_years_come_from_their_file(inside: Client) -> None:
    inside.post(url("begin_people"), file((demo.HERE / "padron.csv").read_bytes()))
    terms = demo.terms_due(timezone.localdate())
    answer = inside.post(url("begin_terms"), file(terms), follow=True)
    assert "Mandatos cargados" in words(answer)
    assert "mandatos anteriores" in words(answer)
    inside.post(url("begin_drop_terms"))
    assert Beginning.objects.get().terms == []
    wrong = inside.post(url("begin_terms"), file(b"Cargo;Desde\r\nPapa;ayer"))
    assert wrong.status_code == 422
    assert "no se cargó nada" in words(wrong)


def test_resolutions_come_from_their_file_or_wait(inside: Client) -> None:
    rows = "Fecha;Título;Acta\r\n03/05/2010;Comprar el horno;Acta 12".encode()
    page = words(inside.post(url("begin_resolutions"), file(rows), follow=True))
    assert "Comprar el horno" in page
    inside.post(url("begin_drop_resolutions"))
    assert Beginning.objects.get().resolutions == []
    assert inside.post(url("begin_resolutions"), file(b"%PDF-1.7")).status_code == 422
    assert inside.post(url("begin_resolutions"), {}).status_code == 422


def test_the_last_look_says_what_is_missing_and_has_no_button_until_then(inside: Client) -> None:
    page = words(inside.get(url("begin_review")))
    assert "Faltan los datos de la cooperativa." in page
    assert "Poner en marcha" not in page.replace("Revisar y poner en marcha", "")
    answer = inside.post(url("begin_review"))
    assert answer.status_code == 422
    assert "Faltan 4 pasos" in words(answer)
    assert Cooperative.objects.count() == 0


# --- the end ---


def test_one_button_begins_and_the_secretarys_card_opens_their_account(ready: Client) -> None:
    answer = ready.post(url("begin_review"), follow=True)
    assert answer.redirect_chain[-1][0] == url("begin_done")
    assert "Ramón Ñancucheo" in words(answer)
    page = ready.post(url("begin_done"))
    assert "no-store" in page.headers["Cache-Control"]
    # Large enough to be read aloud across a table: where the camera does not read it, somebody types it.
    (code,) = re.findall(r'spoken" translate="no">([^<]+)<', page.content.decode())
    assert typed(code) is not None
    card = Client().get(reverse("access:enrol", args=[typed(code)]), follow=True)
    assert "Ñancucheo" in words(card)


def test_another_card_voids_the_one_before(begun: Client) -> None:
    for _ in range(2):
        assert begun.post(url("begin_done")).status_code == 200
    assert Card.objects.filter(voided_at__isnull=True).count() == 1
    assert Card.objects.count() == 2


def test_looking_gives_no_card(begun: Client) -> None:
    begun.get(url("begin_done"))
    assert Card.objects.count() == 0


def test_no_other_browser_gets_a_card(begun: Client) -> None:
    assert Client().post(url("begin_done")).headers["Location"] == url("begin")
    assert Card.objects.count() == 0


def test_a_double_click_begins_once(begun: Client) -> None:
    assert begun.post(url("begin_review")).headers["Location"] == url("begin")
    assert begun.get(url("begin"), follow=True).redirect_chain == [(url("begin_done"), 302)]
    assert Cooperative.objects.count() == 1


def test_once_the_secretary_can_enter_it_is_shut(begun: Client) -> None:
    town.give_account(Member.objects.get(number=2))
    assert begun.post(url("begin_done")).status_code == 410
    assert Card.objects.count() == 0


def test_after_a_day_it_is_shut(begun: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + CARD_IS_GIVEN + timedelta(minutes=1)
    monkeypatch.setattr("coop.portal.beginning.views_done.timezone.now", lambda: later)
    answer = begun.post(url("begin_done"))
    assert answer.status_code == 410
    assert "set_password 2" in words(answer)


def test_whoever_signs_in_lets_go_of_the_beginning(begun: Client) -> None:
    member = Member.objects.get(number=2)
    town.give_account(member)
    begun.post(reverse("members:sign_in"), {"identifier": "2", "password": town.PASSWORD})
    assert begun.get(url("begin_done")).headers["Location"] == url("begin")


@pytest.mark.parametrize("name", ["begin_people", "begin_council", "begin_review"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many_people(
    inside: Client, django_assert_max_num_queries: Callable[[int], object], name: str, count: int
) -> None:
    inside.post(url("begin_people"), file(register_of(count)))
    with django_assert_max_num_queries(6):
        assert inside.get(url(name)).status_code == 200
