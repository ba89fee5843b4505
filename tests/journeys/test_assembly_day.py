"""Assembly day: three phones, the secretary's desk and a projector, all at once."""

import re
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.enums import Choice
from assemblies.models import Assembly, Motion, Poll
from coop.common.time import local_day
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

TITLE = "¿Compramos la prensa usada?"


def test_an_assembly_from_its_call_to_its_numbered_resolution(
    phone: Sit,
    laptop: Sit,
    projector: Sit,
    members: list[Member],
    secretary: Member,
    owner: psycopg.Connection,
) -> None:
    her_desk = laptop(secretary)
    omar, irma, hugo = phones = [phone(member) for member in members[3:6]]
    assembly = convened_by(her_desk)
    board = projector(members[6])
    board.open("assemblies:board", assembly.pk)
    board.look("01-tablero-espera")

    they_check_in(phones, assembly)
    expect(board.page.locator(".strip")).to_contain_text("Presentes 3 de 7")
    her_desk.open("assemblies:attendance", assembly.pk)
    her_desk.press("Está Ester Muñoz Paredes")
    her_desk.sees("Hay quórum: se piden 4")
    her_desk.look("02-asistencia")
    expect(board.page.locator(".strip")).to_contain_text("Presentes 4 de 7")

    her_desk.open("assemblies:detail", assembly.pk)
    her_desk.look("03-mesa")
    the_hour_comes(owner, assembly)
    her_desk.press("Abrir la asamblea")
    her_desk.press("Pasar al punto 2")
    expect(board.page.locator("h1")).to_have_text("Compra de la prensa")

    omar.page.get_by_role("link", name="Presentar una moción").wait_for()
    omar.look("04-asamblea-abierta")
    motion = moved_by(omar)
    irma.press("Apoyo esta moción")
    irma.sees("Apoya Irma Zapata.")
    irma.look("05-apoyada")

    her_desk.press("Abrir la votación")
    for one in phones:
        one.page.get_by_role("link", name="Votá ahora").wait_for()
    poll = Poll.objects.get(motion=motion)
    board.title_is(TITLE)
    board.look("06-tablero-votacion")
    hugo.look("07-vota-ahora")

    votes(omar, Choice.YES)
    votes(irma, Choice.NO)
    votes(hugo, Choice.ABSTAIN)
    hugo.press("Cambiar mi voto")
    hugo.look("10-cambiar")
    votes(hugo, Choice.YES, at_page=True)
    hugo.sees("Reemplaza al que habías dado antes.")
    expect(board.page.locator(".turnout")).to_contain_text("3")
    assert no_partial_result(board)
    assert no_partial_result(her_desk)
    board.look("11-tablero-votaron")
    her_desk.look("12-mesa-votacion")

    her_desk.press("Cerrar la votación")
    arithmetic = "2 es más que la mitad de 3 (2 SÍ + 1 NO)."
    for one in phones:
        one.sees(arithmetic)
        expect(one.page.locator(".stamp")).to_contain_text("Aprobada")
        expect(one.page.locator(".stamp")).to_contain_text("2 a 1")
    omar.sees(re.compile("Se aprueba con más SÍ que NO"))
    omar.sees(re.compile("Había 4 presentes de 7; el quórum pedía 4"))
    board.sees(arithmetic)
    expect(board.page.locator(".stamp")).to_contain_text("Aprobada")
    expect(hugo.page.locator(".stamp")).to_be_in_viewport(ratio=1)
    omar.look("13-resultado")
    board.look("14-tablero-resultado")
    her_desk.sees("2 a 1, resolución")
    her_desk.look("15-mesa-resultado")

    poll.refresh_from_db()
    code = str(poll.resolution)
    omar.press("Libros")
    omar.look("16-libros")
    omar.press(re.compile("Resoluciones"))
    omar.press(TITLE)
    omar.sees(f"resolución {code}")
    omar.look("17-resolucion")

    her_desk.page.get_by_text("Levantar la asamblea").first.click()
    her_desk.press("Sí, levantar la asamblea")
    board.title_is("La asamblea se levantó")
    omar.open("portal:record")
    omar.look("18-actos")
    told = omar.page.locator("table.record tbody tr td strong").all_inner_texts()
    assert [line.split()[0:2] for line in reversed(told)] == [
        ["Convocó", "a"],
        ["Anotó", "presente"],
        ["Abrió", "la"],
        ["Omar", "Águila"],
        ["Irma", "Zapata"],
        ["Abrió", "la"],
        ["Quedó", "aprobada"],
        ["Cerró", "la"],
        ["Levantó", "la"],
    ]


def test_a_member_signs_in_with_number_and_password(phone: Sit, site: object, member: Member) -> None:
    people.give_account(member)
    omar = phone()
    omar.open("assemblies:list")
    omar.look("00-ingresar")
    omar.fill("Número de asociado/a o correo", str(member.number))
    omar.fill("Clave", PASSWORD)
    omar.press("Ingresar")
    omar.title_is("Asambleas")
    omar.press("Mi cuenta")
    omar.look("00-cuenta")
    omar.press("Salir")
    omar.sees("Cerraste la sesión en este aparato.")
    omar.open("portal:home")
    omar.title_is("Ingresá")


# --- what people do ---


def the_hour_comes(owner: psycopg.Connection, assembly: Assembly) -> None:
    """Nobody waits half an hour in a test: the call is moved to a minute ago."""
    earlier = "UPDATE assemblies_assembly SET starts_at = now() - interval '1 minute' WHERE id = %s"
    owner.execute(earlier, [assembly.pk])


def convened_by(her_desk: Person) -> Assembly:
    """By the form, for half an hour from now."""
    starts = timezone.localtime(timezone.now() + timedelta(minutes=30))
    her_desk.open("portal:home")
    her_desk.press("Convocar una asamblea")
    her_desk.fill("Día", f"{starts:%Y-%m-%d}")
    her_desk.fill("Hora", f"{starts:%H:%M}")
    her_desk.fill("Lugar", "Galpón 2")
    her_desk.fill("Orden del día", "Informe de la semana\nCompra de la prensa\nVarios")
    her_desk.look("01-convocar")
    her_desk.press("Convocar")
    her_desk.sees("La asamblea quedó convocada.")
    assembly = Assembly.objects.get()
    assert local_day(assembly.starts_at, starts.tzinfo) == starts.date()
    return assembly


def they_check_in(phones: list[Person], assembly: Assembly) -> None:
    for one in phones:
        one.open("portal:home")
        one.sees(re.compile("Galpón 2"))
        one.look("01-hoy")
        one.press("Anotate como presente")
        one.look("01-presente")
        one.press("Estoy presente")
        one.sees("Estás en el registro de asistencia")


def moved_by(person: Person) -> Motion:
    person.press("Presentar una moción")
    person.fill("¿Qué proponés?", TITLE)
    person.fill("Detalle", "Hasta $ 18.500.000 de la reserva de maquinaria.")
    person.look("04-mocion")
    person.press("Presentar la moción")
    person.sees("La moción quedó presentada.")
    return Motion.objects.get()


def votes(person: Person, choice: Choice, *, at_page: bool = False) -> None:
    """One large choice, one confirmation."""
    if not at_page:
        person.press("Votá ahora")
    person.choose(choice)
    person.look("08-eleccion")
    person.press(re.compile("^Confirmar: "))
    person.sees(f"Tu voto quedó registrado: {choice.label}")
    person.look("09-registrado")


def no_partial_result(person: Person) -> bool:
    words = person.page.locator("main").inner_text()
    return not re.search(r"\d+ (SÍ|NO)\b|\d+ a \d+|abstuv", words)
