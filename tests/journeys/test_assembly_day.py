"""Assembly day: three phones, the secretary's desk and a projector, all at once."""

import re
from dataclasses import dataclass
from datetime import timedelta

import psycopg
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from assemblies.enums import Choice
from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

TITLE = "¿Compramos la prensa usada?"
ARITHMETIC = "2 es más que la mitad de 3 (2 SÍ + 1 NO)."


@dataclass(slots=True)
class Hall:
    """Nobody loads a page again to see what another did."""

    omar: Person
    irma: Person
    hugo: Person
    desk: Person
    board: Person

    @property
    def phones(self) -> tuple[Person, Person, Person]:
        return self.omar, self.irma, self.hugo

    def convene(self) -> Assembly:
        """By the form, for half an hour from now."""
        starts = timezone.localtime(timezone.now() + timedelta(minutes=30))
        self.desk.open("portal:home")
        self.desk.press("Convocar una asamblea")
        self.desk.fill("Día", f"{starts:%Y-%m-%d}")
        self.desk.fill("Hora", f"{starts:%H:%M}")
        self.desk.fill("Lugar", "Galpón 2")
        self.desk.fill("Orden del día", "Informe de la semana\nCompra de la prensa\nVarios")
        self.desk.look("01-convocar")
        self.desk.press("Convocar")
        self.desk.sees("La asamblea quedó convocada.")
        return Assembly.objects.get()

    def arrive(self, assembly: Assembly) -> None:
        """Three by their phones; the secretary ticks the fourth."""
        self.board.open("assemblies:board", assembly.pk)
        for one in self.phones:
            one.open("portal:home")
            one.sees(re.compile("Galpón 2"))
            one.look("02-hoy")
            one.press("Anotate como presente")
            one.press("Estoy presente")
            one.sees("Estás en el registro de asistencia")
        expect(self.board.page.locator(".strip")).to_contain_text("Presentes 3 de 7")
        self.desk.open("assemblies:attendance", assembly.pk)
        self.desk.press("Está Ester Muñoz Paredes")
        self.desk.sees("Hay quórum: se piden 4")
        self.desk.look("03-asistencia")
        expect(self.board.page.locator(".strip")).to_contain_text("Presentes 4 de 7")
        self.board.look("03-tablero")

    def move(self, assembly: Assembly) -> Motion:
        self.desk.open("assemblies:detail", assembly.pk)
        self.desk.look("04-mesa")
        self.desk.press("Abrir la asamblea")
        self.desk.press("Pasar al punto 2")
        self.board.title_is("Compra de la prensa")
        self.omar.press("Presentar una moción")
        self.omar.fill("¿Qué proponés?", TITLE)
        self.omar.fill("Detalle", "Hasta $ 18.500.000 de la reserva de maquinaria.")
        self.omar.look("04-mocion")
        self.omar.press("Presentar la moción")
        self.omar.sees("La moción quedó presentada.")
        self.irma.press("Apoyo esta moción")
        self.irma.sees("Apoya Irma Zapata.")
        self.irma.look("05-apoyada")
        return Motion.objects.get()

    def vote(self, motion: Motion) -> Poll:
        self.desk.press("Abrir la votación")
        for one in self.phones:
            one.control("Votá ahora").wait_for()
        self.board.title_is(TITLE)
        self.hugo.look("06-vota-ahora")
        for one, choice in zip(self.phones, (Choice.YES, Choice.NO, Choice.ABSTAIN), strict=True):
            one.press("Votá ahora")
            confirm(one, choice)
        self.hugo.press("Cambiar mi voto")
        confirm(self.hugo, Choice.YES)
        self.hugo.sees("Reemplaza al que habías dado antes. Lo podés cambiar hasta el cierre.")
        expect(self.board.page.locator(".turnout")).to_contain_text("3")
        expect(self.desk.page.locator(".turnout")).to_contain_text("3")
        self.board.look("09-tablero-votacion")
        self.desk.look("09-mesa-votacion")
        assert no_partial_result(self.board)
        assert no_partial_result(self.desk)
        return Poll.objects.get(motion=motion)

    def close(self) -> None:
        self.desk.page.locator("#cerrar summary").click()
        self.desk.press("Sí, cerrar la votación")
        for one in (*self.phones, self.board):
            one.sees(ARITHMETIC)
            expect(one.page.locator(".stamp")).to_contain_text("Aprobada")
            expect(one.page.locator(".stamp")).to_contain_text("2 a 1")
            expect(one.page.locator(".stamp")).to_be_in_viewport(ratio=1)
        self.omar.sees(re.compile("Se aprueba con más SÍ que NO"))
        self.omar.sees(re.compile("Había 4 presentes de 7; el quórum pedía 4"))
        self.omar.look("10-resultado")
        self.board.look("10-tablero-resultado")
        self.desk.sees(re.compile("2 a 1, resolución"))

    def read(self, poll: Poll) -> None:
        """The resolution has its number and is in the books."""
        poll.refresh_from_db()
        self.omar.press("Libros")
        self.omar.look("11-libros")
        self.omar.press(re.compile("^Resoluciones"))
        self.omar.press(TITLE)
        self.omar.sees(re.compile(f"resolución {poll.resolution}"))
        self.omar.look("12-resolucion")

    def rise(self) -> None:
        self.desk.page.locator("#levantar summary").click()
        self.desk.press("Sí, levantar la asamblea")
        self.board.title_is("La asamblea se levantó")

    def told(self) -> list[str]:
        """The first two words of every act, the oldest first."""
        self.omar.open("portal:record")
        self.omar.look("13-actos")
        said = self.omar.page.locator("table.record tbody tr strong").all_inner_texts()
        return [" ".join(line.split()[:2]) for line in reversed(said)]


def test_an_assembly_from_its_call_to_its_numbered_resolution(
    phone: Sit,
    laptop: Sit,
    projector: Sit,
    members: list[Member],
    secretary: Member,
    owner: psycopg.Connection,
) -> None:
    hall = Hall(*map(phone, members[3:6]), desk=laptop(secretary), board=projector(members[6]))
    assembly = hall.convene()
    hall.arrive(assembly)
    # The hour of the call comes: no assembly is opened before it.
    owner.execute("UPDATE assemblies_assembly SET starts_at = now() - interval '1 second'")
    poll = hall.vote(hall.move(assembly))
    hall.close()
    hall.read(poll)
    hall.rise()
    assert hall.told() == [
        "Convocó a",
        "Anotó presente",
        "Abrió la",
        "Omar Águila",
        "Irma Zapata",
        "Abrió la",
        "Quedó aprobada",
        "Cerró la",
        "Levantó la",
    ]


def test_a_member_signs_in_with_number_and_password(phone: Sit, member: Member) -> None:
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


def confirm(person: Person, choice: Choice) -> None:
    """One large choice, one confirmation."""
    person.choose(choice)
    person.look("07-eleccion")
    person.press(re.compile("^Confirmar: "))
    person.sees(f"Tu voto quedó registrado: {choice.label}")
    person.look("08-registrado")


def no_partial_result(person: Person) -> bool:
    words = person.page.locator("main").inner_text()
    return not re.search(r"\d+ (SÍ|NO)\b|\d+ a \d+|abstuv", words)
