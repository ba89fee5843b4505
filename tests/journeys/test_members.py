"""A life in the register, in the browser: admitted, suspended, excluded after being heard, back again."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from coop.members.lifecycle import status_of
from coop.members.models import Application, Member, SanctionFile
from coop.statute.domain import adopt
from coop.statute.models import Matter, Resolution
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person

pytestmark = pytest.mark.browser


def decided(by: Member, title: str, matter: Matter = Matter.MEMBERSHIP) -> Resolution:
    return adopt(
        matter=matter,
        title=title,
        text="",
        adopted_by="Consejo de administración",
        tally={},
        by=by.actor,
        at=timezone.now(),
    )


def fill_day(person: Person, label: str, day: date) -> None:
    person.page.get_by_label(label, exact=True).fill(day.isoformat())


def test_an_applicant_is_admitted_by_a_resolution_and_told_the_number(
    laptop: Sit, phone: Sit, members: list[Member], secretary: Member
) -> None:
    desk, fresh = laptop(secretary), people.new_member(0, "x", "y")
    desk.open("members:applications")
    desk.press("Recibir una solicitud")
    for label, value in (
        ("Apellido", "Roldán"),
        ("Nombres", "Lidia"),
        ("DNI", fresh.document),
        ("CUIL", fresh.tax_number),
        ("Celular", "0299 15-637-5345"),
        ("Sección donde trabajaría", "Hornos"),
    ):
        desk.page.get_by_label(label).fill(value)
    fill_day(desk, "Fecha de nacimiento", date(1995, 5, 5))
    desk.press("Recibir la solicitud")
    desk.sees("La solicitud quedó recibida. Falta lo que diga el consejo.")
    desk.press("Roldán, Lidia")
    admitting = desk.page.locator("#admitir")
    admitting.get_by_label("Resolución").fill("77/2031")
    desk.expects("^status 422")
    desk.press("Admitir", within=admitting.locator("form"))
    desk.sees(re.compile("No hay ninguna resolución «77/2031»"))
    admitting.get_by_label("Resolución").fill(str(decided(secretary, "Ingreso de Lidia Roldán")))
    desk.press("Admitir", within=admitting.locator("form"))
    desk.sees("Lidia Roldán ya es asociado/a: N.º 8.")
    desk.sees(re.compile("A prueba hasta el"))
    desk.look("80-admitida")
    assert Application.objects.get().answer.member.number == 8
    lidia = phone(Member.objects.get(number=8))
    lidia.open("members:member", 8)
    lidia.sees("+54 9 299 637-5345")
    lidia.look("81-mi-renglon")


def _opened(desk: Person, member: Member, charge: str) -> SanctionFile:
    desk.open("members:member", member.number)
    desk.press("Abrir un sumario")
    desk.fill("Qué pasó", charge)
    desk.press("Abrir el sumario")
    desk.sees(re.compile("Apertura"))
    desk.press("Notificación")
    desk.press("Dejarlo en el sumario")
    desk.sees("Quedó en el sumario.")
    return SanctionFile.objects.latest("number")


def _defended(who: Person, words: str) -> None:
    who.open("portal:home")
    who.sees("Presentá tu descargo")
    who.press(re.compile("Presentá tu descargo|Leer y contestar"))
    who.press("Descargo")
    who.fill("Tus palabras", words)
    who.press("Dejarlo en el sumario")
    who.sees(words)


def test_a_member_is_heard_and_suspended_and_the_others_see_only_that(
    laptop: Sit, phone: Sit, members: list[Member], secretary: Member, member: Member
) -> None:
    desk, omar, other = laptop(secretary), phone(member), phone(members[4])
    file = _opened(desk, member, "Dejó el horno prendido el 3 de marzo.")
    _defended(omar, "No fui yo: era el turno de la noche.")
    omar.look("82-descargo")
    desk.open("members:sanction", file.number)
    desk.sees("No fui yo: era el turno de la noche.")
    desk.press("Decisión")
    desk.page.get_by_label("Qué se decidió").select_option("suspension")
    desk.fill("Resolución", str(decided(secretary, "Suspensión")))
    desk.fill("Días de suspensión", "45")
    desk.expects("^status 422")
    desk.press("Dejarlo en el sumario")
    desk.sees(re.compile("el estatuto permite una suspensión de hasta 30"))
    desk.fill("Días de suspensión", "10")
    desk.press("Dejarlo en el sumario")
    desk.sees(re.compile("10 días desde el"))
    desk.look("83-sumario")
    other.open("members:member", member.number)
    other.sees(re.compile("Suspensión: vuelve el"))
    other.expects("^status 404")
    answer = other.open("members:sanction", file.number)
    assert answer is not None
    assert answer.status == 404
    other.open("portal:record")
    other.sees(re.compile("Omar Águila.*Suspendido/a"))
    omar.open("members:sanction", file.number)
    omar.sees(re.compile("Podés apelar ante la asamblea hasta el"))
    omar.look("84-puedo-apelar")


def test_a_member_is_excluded_appeals_loses_and_is_back_by_a_resolution(
    laptop: Sit, phone: Sit, members: list[Member], secretary: Member, member: Member
) -> None:
    desk, omar = laptop(secretary), phone(member)
    file = _opened(desk, member, "Vendió material de la cooperativa.")
    _defended(omar, "Tenía permiso del encargado.")
    desk.open("members:sanction_step", file.number, "decision")
    desk.page.get_by_label("Qué se decidió").select_option("exclusion")
    desk.fill("Resolución", str(decided(secretary, "Exclusión")))
    desk.press("Dejarlo en el sumario")
    # Nothing happens while the appeal can still come.
    assert Member.objects.get(pk=member.pk).is_on_register(timezone.localdate() + timedelta(days=30))
    omar.open("members:sanction", file.number)
    omar.press("Apelación")
    omar.fill("Tus palabras", "Pido que me escuche la asamblea.")
    omar.press("Dejarlo en el sumario")
    omar.sees("apelada: espera a la asamblea")
    assert Member.objects.get(pk=member.pk).left_on is None
    said = decided(secretary, "Apelación de Omar Águila", Matter.EXCLUSION_APPEAL)
    desk.open("members:sanction_step", file.number, "asamblea")
    desk.page.get_by_label("Qué decidió la asamblea").select_option("upheld")
    desk.fill("Resolución de la asamblea", str(said))
    desk.press("Dejarlo en el sumario")
    desk.open("members:member", member.number)
    desk.sees(re.compile("hoy no figura en el registro: excluido/a"))
    omar.open("portal:home")
    omar.title_is("Ingresá")
    desk.press("Asentar su reingreso")
    desk.fill("Resolución", str(decided(secretary, "Reingreso")))
    desk.press("Asentar")
    desk.sees("Quedó asentado.")
    desk.look("85-reingreso")
    status = status_of(Member.objects.get(pk=member.pk), timezone.localdate())
    assert status is not None
    assert (status.state, status.on_register) == ("active", True)
