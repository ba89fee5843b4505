"""Somebody new begins with their cooperative: from the printed code to the secretary's own phone."""

import re
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coop.members.models import Member
from coop.portal.beginning.opening import invite
from coop.portal.models import Beginning
from coop.statute.models import Cooperative
from tests.journeys.conftest import Sit
from tests.support import people as town
from tests.support.browser import Person
from tests.support.files import register_file, register_line
from tests.support.looks import found_by_axe

pytestmark = pytest.mark.browser


def register() -> bytes:
    return register_file(
        register_line(town.new_member(number, family, given))
        for number, (family, given) in enumerate(town.NAMES[:6], start=1)
    )


def uploads(person: Person, label: str, content: bytes, button: str) -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        person.page.get_by_label(label).set_input_files(Path(file.name))
        person.press(button)
        person.page.wait_for_load_state()


def goes_in(person: Person, code: str) -> None:
    person.open("portal:home")
    person.sees("Acá todavía no hay ninguna cooperativa")
    person.press("Empezar")
    person.fill("Código de puesta en marcha", code.upper())
    person.press("Empezar")
    person.title_is(re.compile("paso a paso|La Chimenea"))


def writes_the_house(person: Person) -> None:
    person.press("Seguir")
    person.fill("Cómo le dicen", "La Chimenea")
    person.fill("Fundada el", "2003-03-01")
    person.press("Guardar y seguir")


def chooses_the_statute(person: Person) -> None:
    person.page.get_by_role("link", name=re.compile("Leer sus reglas.*Uruguay")).click()
    person.sees("Asambleas")
    person.look("91-estatuto")
    person.press("Volver a elegir")
    person.page.get_by_label("Uruguay").check()
    person.look("92-elegir-estatuto")
    person.press("Guardar y seguir")
    person.title_is("El registro")


def names_the_council(person: Person) -> None:
    person.fill("Quién los eligió", "Asamblea Ordinaria 2026, acta 41")
    today = timezone.localdate()
    person.page.get_by_label("Desde").first.fill(f"{today.year - 1}-05-01")
    person.page.get_by_label("Hasta").first.fill(f"{today.year + 1}-04-30")
    for seat, number in (("Presidencia", "1"), ("Secretaría", "2"), ("Tesorería", "3")):
        person.page.get_by_label(seat).first.fill(number)
    person.look("94-consejo")
    person.press("Guardar y seguir")
    person.title_is("Las resoluciones")


@pytest.mark.usefixtures("real_database")
def test_from_the_code_to_the_secretarys_own_phone(laptop: Sit, phone: Sit) -> None:
    code = invite(at=timezone.now())
    somebody = laptop()
    goes_in(somebody, code)
    somebody.look("90-pasos")
    writes_the_house(somebody)
    chooses_the_statute(somebody)
    uploads(somebody, "Planilla", register(), "Cargar la planilla")
    somebody.sees("6 personas cargadas. Revisá que estén todas.")
    somebody.look("93-registro")
    somebody.press("Están todas: seguir")
    names_the_council(somebody)
    somebody.press("Seguir sin resoluciones")
    somebody.look("95-revisar")
    somebody.press("Poner en marcha")
    somebody.sees("Tu cooperativa está en marcha.")
    somebody.press("Mostrar la tarjeta")
    card = somebody.page.locator("[translate=no]").inner_text()
    somebody.look("96-tarjeta")
    assert Cooperative.objects.get().name == "La Chimenea"

    ramon = phone()
    ramon.open("access:type_code")
    ramon.page.locator("main input[type=text], main input:not([type=hidden])").first.fill(card)
    ramon.page.locator("main button[type=submit]").first.tap()
    ramon.sees(re.compile("Ñancucheo"))
    ramon.look("97-alta")
    assert Member.objects.count() == 6


@pytest.mark.usefixtures("real_database")
def test_whoever_stops_in_the_middle_goes_on_elsewhere_and_corrects_what_was_before(phone: Sit) -> None:
    """On a phone, without a file: two people typed, another browser with a new code, one step back."""
    somebody = phone()
    somebody.expects("^status 422")
    goes_in(somebody, invite(at=timezone.now()))
    writes_the_house(somebody)
    somebody.page.get_by_label("Argentina").check()
    somebody.press("Guardar y seguir")
    somebody.press("Cargar de a una persona")
    for number, (family, given) in enumerate(town.NAMES[:2], start=1):
        types_a_person(somebody, number, family, given)
    again = phone()
    goes_in(again, invite(at=timezone.now()))
    again.sees("La Chimenea")
    again.press("El registro")
    again.sees("Ñancucheo, Ramón")
    again.look("98-registro-telefono")
    again.press("Paso anterior")
    expect(again.page.get_by_label("Argentina")).to_be_checked()
    somebody.open("portal:begin_review")
    somebody.title_is("Empezar con mi cooperativa")
    assert [line["N° Socio"] for line in Beginning.objects.get().people] == ["1", "2"]


def types_a_person(person: Person, number: int, family: str, given: str) -> None:
    made = town.new_member(number, family, given)
    expect(person.page.get_by_label("Número")).to_have_value(str(number))
    person.fill("Apellido", family)
    person.fill("Nombre", given)
    person.fill("DNI", made.document)
    person.fill("CUIL", "20-1")
    person.fill("Fecha de ingreso", "2003-03-01")
    person.press("Guardar")
    person.sees("lleva 11")
    person.fill("CUIL", made.tax_number)
    person.press("Guardar")
    person.sees(f"{family}, {given} está en el registro.")


@pytest.mark.parametrize("screen", ["phone", "laptop"])
@pytest.mark.usefixtures("real_database")
def test_every_page_of_it_is_whole_and_accessible(phone: Sit, laptop: Sit, screen: str) -> None:
    somebody = {"phone": phone, "laptop": laptop}[screen](reduced_motion="reduce")
    somebody.expects("^status 422")
    goes_in(somebody, invite(at=timezone.now()))
    for name in ("begin", "begin_house", "begin_statute", "begin_people", "begin_person", "begin_council"):
        looks_right(somebody, name)
    looks_right(somebody, "begin_resolutions")
    looks_right(somebody, "begin_review")
    somebody.open("portal:begin_statute_model", "brazil")
    assert found_by_axe(somebody) == []
    somebody.open("portal:begin_council")
    somebody.page.locator("main form").first.evaluate(
        "(form) => { form.noValidate = true; form.requestSubmit(); }"
    )
    somebody.sees("Falta corregir lo marcado.")
    assert found_by_axe(somebody) == []


def looks_right(person: Person, name: str) -> None:
    person.open(f"portal:{name}")
    assert (name, found_by_axe(person)) == (name, [])
    wide = person.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (name, wide) == (name, 0)


@pytest.mark.usefixtures("real_database")
def test_english_says_it_too(laptop: Sit) -> None:
    somebody = laptop()
    somebody.open("portal:begin")
    somebody.press("English")
    expect(somebody.page.locator("html")).to_have_attribute("lang", "en")
