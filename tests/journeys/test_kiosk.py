"""A tablet in the hall: opened by the secretary, used by two without a phone, closed with the assembly."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.enums import Choice
from assemblies.models import Attendance, Ballot, Poll
from coop.members.models import Member, SignIn
from tests.journeys.conftest import Sit
from tests.support.browser import Person
from tests.support.desk import Desk
from tests.support.hall import PIN, give_hall_pin
from tests.support.people import Instants, give_account

pytestmark = pytest.mark.browser
TITLE = "¿Compramos la prensa usada?"


def step_up(tablet: Person, member: Member, pin: str = PIN) -> None:
    tablet.fill("Tu número de asociado/a", str(member.number))
    tablet.fill("Tu PIN de sala", pin)
    tablet.press("Seguir")


def vote(tablet: Person, choice: Choice) -> None:
    tablet.choose(choice)
    tablet.press(re.compile("^Confirmar: "))
    tablet.sees(f"Tu voto quedó registrado: {choice.label}")


def test_two_members_without_a_phone_vote_at_a_tablet_of_the_hall(
    phone: Sit,
    laptop: Sit,
    desk: Desk,
    members: list[Member],
    secretary: Member,
    at: type[Instants],
) -> None:
    omar, irma = members[3], members[4]
    for one in (omar, irma):
        give_hall_pin(one, at.convening)
    assembly = desk.convene()
    desk.arrive(assembly, [one for one in members if one != irma])
    desk.open(assembly)
    tablet = laptop(secretary)
    tablet.open("assemblies:detail", assembly.pk)
    tablet.press("Kioscos de la sala")
    tablet.fill("Nombre del kiosco", "Entrada")
    tablet.look("70-kioscos")
    tablet.press("Abrir el kiosco en este aparato")
    tablet.title_is("Anotate o votá desde acá")
    tablet.look("71-kiosco")

    # Irma comes without her phone, and is present.
    step_up(tablet, irma)
    tablet.sees("Hola, Irma Zapata")
    tablet.look("72-turno")
    tablet.press("Estoy presente")
    tablet.sees("Estás en el registro de asistencia")
    tablet.press("Volver al principio")
    assert Attendance.objects.get(member=irma).channel == "kiosk"

    # A poll opens: the tablet says so by itself, and both vote, one after the other.
    poll: Poll = desk.open_poll(desk.seconded(assembly, members[5], members[2], TITLE))
    tablet.title_is(TITLE)
    for one, choice in ((irma, Choice.YES), (omar, Choice.NO)):
        step_up(tablet, one)
        tablet.look(f"73-votar-{choice}")
        vote(tablet, choice)
        tablet.look(f"74-votado-{choice}")
        tablet.press("Volver al principio")
    assert dict(Ballot.objects.values_list("entry__member", "choice")) == {irma.pk: "yes", omar.pk: "no"}

    # The back button shows nothing of anybody.
    for _step in range(6):
        tablet.page.go_back()
        tablet.page.wait_for_load_state()
        tablet.sees_no(re.compile("Omar|Irma"))
        tablet.sees_no(re.compile("registrado"))

    # Somebody guesses Omar's PIN five times; his own phone is not touched by it.
    tablet.expects("^status 4(22|29): POST ")
    for _try in range(6):
        tablet.open("assemblies:kiosk")
        step_up(tablet, omar, "7777")
    tablet.sees(re.compile("Hubo demasiados intentos en este kiosco"))
    tablet.look("75-trabado")
    own = phone(omar)
    own.open("assemblies:poll", poll.pk)
    own.sees("Tu voto quedó registrado: NO")

    # With the assembly the kiosk is over, and the tablet is a device like any other.
    desk.close_poll(poll)
    desk.close(assembly)
    tablet.open("assemblies:kiosk")
    tablet.title_is("Este kiosco se cerró")
    tablet.look("76-cerrado")
    tablet.press("Ir a Hoy")
    tablet.title_is(re.compile("Ingresá"))


def test_without_script_the_kiosk_works_and_goes_back_by_itself(
    laptop: Sit, desk: Desk, members: list[Member], secretary: Member, at: type[Instants]
) -> None:
    give_hall_pin(members[3], at.convening)
    assembly = desk.session(members)
    poll = desk.open_poll(desk.seconded(assembly, members[4], members[5], TITLE))
    tablet = laptop(secretary, java_script_enabled=False)
    tablet.open("assemblies:hall", assembly.pk)
    tablet.press("Abrir el kiosco en este aparato")
    step_up(tablet, members[3])
    tablet.choose(Choice.ABSTAIN)
    tablet.press("Confirmar mi voto")
    tablet.sees(f"Tu voto quedó registrado: {Choice.ABSTAIN.label}")
    expect(tablet.page.get_by_label("Tu PIN de sala")).to_be_visible(timeout=20_000)
    assert poll.roll.get(member=members[3]).ballot.choice == "abstain"


def test_a_desk_that_was_left_alone_is_locked_and_opens_where_it_was(
    laptop: Sit, desk: Desk, members: list[Member], president: Member
) -> None:
    give_account(president)
    assembly = desk.session(members)
    table = laptop(president)
    SignIn.objects.filter(member=president).update(confirmed_at=timezone.now() - timedelta(minutes=31))
    table.open("assemblies:detail", assembly.pk)
    table.press("Pasar al punto 2")
    table.look("77-mesa-trabada")
    table.proves()
    table.sees("Se está tratando")
    assembly.refresh_from_db()
    assert assembly.current_item.position == 2
    table.press("Pasar al punto 3")
    expect(table.page.locator("li.now h3")).to_have_text("Turnos de fin de semana")
