"""Without e-mail: a card enrols a phone, by PIN or as one unlocks it; the phone is lost; a witness looks."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.domain import meeting
from coop.access.domain.hall import has_hall_pin
from coop.access.models import Device
from coop.members.models import Member, SignIn
from tests.access.enrolling import OTHER_PIN, PIN, give_card
from tests.journeys.conftest import Sit
from tests.support.browser import Person
from tests.support.hall import PIN as HALL_PIN
from tests.support.looks import found_by_axe

pytestmark = pytest.mark.browser


def code_on(desk: Person) -> str:
    return desk.page.locator("[translate=no]").inner_text()


def hands_a_card(desk: Person, member: Member) -> str:
    desk.open("access:card", member.number)
    desk.press("Darle una tarjeta y mostrarla acá")
    return code_on(desk)


def scans(person: Person, code: str) -> None:
    person.open("access:enrol", code.replace(" ", ""))
    person.press("Sí, soy yo")
    person.title_is("Elegí cómo vas a ingresar")


def chooses(person: Person, pin: str) -> None:
    person.fill("PIN nuevo", pin)
    person.fill("El mismo PIN, otra vez", pin)
    person.press("Usar este PIN")


def enters(person: Person, pin: str) -> None:
    person.fill("Tu PIN", pin)
    person.page.get_by_role("button", name="Ingresar", exact=True).first.click()


def skips_the_hall_pin(person: Person) -> None:
    person.title_is("¿Querés elegir tu PIN de sala?")
    person.press("Ahora no")


def signs_out(person: Person) -> None:
    person.open("members:account")
    person.press("Salir")
    person.title_is("Ingresá")


def test_a_card_and_a_pin(phone: Sit, secretary: Member, member: Member) -> None:
    her_phone, omar = phone(secretary, reduced_motion="reduce"), phone(reduced_motion="reduce")
    omar.expects("422")
    code = hands_a_card(her_phone, member)
    her_phone.look("80-tarjeta")
    assert found_by_axe(her_phone) == []
    omar.open("access:type_code")
    omar.look("80-escribir-codigo")
    omar.fill("Código de la tarjeta", code.upper())
    omar.press("Seguir")
    omar.title_is("Omar Águila")
    omar.look("80-de-quien-es")
    assert found_by_axe(omar) == []
    omar.press("Sí, soy yo")
    chooses(omar, "123456")
    omar.sees("de los primeros que alguien probaría")
    omar.look("80-pin-facil")
    assert found_by_axe(omar) == []
    chooses(omar, PIN)
    omar.title_is("¿Querés elegir tu PIN de sala?")
    omar.look("80-pin-de-sala")
    assert found_by_axe(omar) == []
    omar.fill("PIN de sala nuevo", HALL_PIN)
    omar.fill("El mismo, otra vez", HALL_PIN)
    omar.press("Guardar mi PIN de sala")
    omar.title_is("Hola, Omar")
    omar.sees("Tu PIN de sala quedó guardado.")
    omar.look("80-adentro")
    assert has_hall_pin(member)
    signs_out(omar)
    omar.look("80-ingresar-con-pin")
    assert found_by_axe(omar) == []
    enters(omar, OTHER_PIN)
    omar.sees("Ese no es tu PIN en este aparato.")
    omar.look("80-pin-mal")
    assert found_by_axe(omar) == []
    enters(omar, PIN)
    omar.title_is("Hola, Omar")
    assert [one.way for one in SignIn.objects.filter(member=member)] == ["pin", "pin"]


def authenticator(person: Person) -> object:
    """A phone whose holder unlocks it, as Chromium plays it."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_as_one_unlocks_the_phone(phone: Sit, secretary: Member, member: Member, site) -> None:
    """On `localhost`, which browsers take for secure; at a bare number there is no passkey."""
    code = give_card(member, secretary, timezone.now()).code
    by_number = phone()
    scans(by_number, code)
    by_number.sees("hace falta que empiece con https")
    expect(by_number.page.locator("form[data-passkey]")).to_have_count(0)
    omar = phone(reduced_motion="reduce")
    omar.address = site.address.replace("127.0.0.1", "localhost")
    authenticator(omar)
    scans(omar, code)
    omar.look("81-elegir")
    assert found_by_axe(omar) == []
    omar.press("Usar el desbloqueo del teléfono")
    skips_the_hall_pin(omar)
    omar.title_is("Hola, Omar")
    signs_out(omar)
    omar.look("81-ingresar-con-llave")
    assert found_by_axe(omar) == []
    omar.press("Ingresar sin escribir nada")
    omar.title_is("Hola, Omar")
    assert [one.way for one in SignIn.objects.filter(member=member)] == ["passkey", "passkey"]
    omar.open("access:devices")
    omar.look("81-mis-aparatos")
    assert found_by_axe(omar) == []


def test_a_phone_that_does_not_unlock_says_so_and_the_pin_is_there(
    phone: Sit, secretary: Member, member: Member, site
) -> None:
    omar = phone()
    omar.address = site.address.replace("127.0.0.1", "localhost")
    session = authenticator(omar)
    scans(omar, give_card(member, secretary, timezone.now()).code)
    session.send("WebAuthn.disable")
    turned_down = "navigator.credentials.create = () => Promise.reject(new DOMException('no'))"
    omar.page.evaluate(f"() => {{ {turned_down} }}")
    omar.press("Usar el desbloqueo del teléfono")
    omar.sees("El teléfono no respondió.")
    chooses(omar, PIN)
    skips_the_hall_pin(omar)
    omar.title_is("Hola, Omar")


def test_losing_the_phone(phone: Sit, secretary: Member, member: Member) -> None:
    lost, new, her_phone = phone(), phone(), phone(secretary)
    lost.expects("401")
    scans(lost, give_card(member, secretary, timezone.now()).code)
    chooses(lost, PIN)
    skips_the_hall_pin(lost)
    lost.title_is("Hola, Omar")
    scans(new, hands_a_card(her_phone, member))
    new.sees("Ya tenías con qué ingresar")
    new.look("82-perdi-el-anterior")
    chooses(new, OTHER_PIN)
    skips_the_hall_pin(new)
    new.title_is("Hola, Omar")
    lost.open("members:account")
    lost.title_is("Ingresá")
    expect(lost.page.get_by_label("Tu PIN")).to_have_count(0)
    new.open("access:devices")
    expect(new.page.get_by_text("De alta desde el")).to_have_count(1)
    new.page.locator("summary").get_by_text("Dar de baja").click()
    new.press("Sí, dar de baja")
    new.title_is("Ingresá")
    assert not Device.objects.living().exists()


def test_on_an_assembly_day_somebody_else_looks(
    phone: Sit, secretary: Member, president: Member, member: Member
) -> None:
    now = timezone.now()
    meeting.convene(
        starts_at=now + timedelta(minutes=5), place="Nave", agenda=["Informe"], by=secretary.actor, at=now
    )
    omar, chair = phone(reduced_motion="reduce"), phone(president, reduced_motion="reduce")
    scans(omar, give_card(member, secretary, timezone.now()).code)
    omar.look("83-elegir-con-asamblea")
    chooses(omar, PIN)
    number = omar.page.locator("h1[translate=no]")
    expect(number).to_have_text(re.compile(r"^\d{4}$"))
    omar.look("83-espera")
    assert found_by_axe(omar) == []
    chair.open("portal:home")
    chair.sees("Falta un testigo")
    chair.page.get_by_role("link", name="Ver quién espera").click()
    chair.fill("Número que muestra su teléfono", number.inner_text())
    chair.look("83-testigos")
    assert found_by_axe(chair) == []
    chair.press("Doy fe: es su teléfono")
    chair.sees("el teléfono de Omar Águila ya sirve")
    # Its own page notices by itself.
    omar.title_is("Ingresá")
    enters(omar, PIN)
    omar.title_is("Asamblea de trabajo")
