"""The switch in the footer: English stays, and no Spanish is left on the pages."""

import re

import pytest
from playwright.sync_api import expect

from assemblies.domain import meeting
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.journeys.path import Path
from tests.support import people
from tests.support.browser import Person
from tests.support.desk import Desk
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

# Words that no English page has and that the names of this test's people and things do not have either.
SPANISH = set(
    re.findall(
        r"\w+",
        """
        el los las del que para con una por se te tu tus su sus hoy ya más está están hay desde
        hasta cuando votá voto votos votar votación votaron moción mociones mociona apoya
        presentes presente quórum sí abstengo resolución resoluciones aprobada rechazada asambleas
        libros consejo cuenta registro asociado asociados ingresar ingresá clave salir cerrar
        volver ver día lugar hora punto leer entrar cargo cargos vacante enero febrero marzo abril
        mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles
        jueves viernes sábado domingo claro oscuro aparato acto actos código
        """,
    )
)
READABLE = """
() => [document.title, document.body.innerText,
       ...[...document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')]
         .flatMap((e) => ['aria-label', 'title', 'placeholder', 'alt'].map((a) => e.getAttribute(a) || '')),
       ...[...document.querySelectorAll('[data-says]')].map((e) => e.dataset.says)
      ].join(' ')
"""


def spanish_on(person: Person) -> set[str]:
    """The words that give a page away; the name of the other language in the switch is meant to be there."""
    return set(re.findall(r"\w+", person.page.evaluate(READABLE).lower())) & SPANISH


def switched(person: Person) -> Person:
    person.open("portal:home")
    person.press("English")
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    return person


def test_english_stays_after_reload_and_after_signing_out_and_in(phone: Sit, member: Member) -> None:
    people.give_account(member)
    omar = switched(phone(member))
    omar.page.reload()
    expect(omar.page.locator("html")).to_have_attribute("lang", "en")
    omar.open("members:account")
    omar.page.locator("form[action$='/salir/'] button").tap()
    expect(omar.page.locator("html")).to_have_attribute("lang", "en")
    assert spanish_on(omar) == set()
    omar.page.locator("[name=identifier]").fill(str(member.number))
    omar.page.locator("[name=password]").fill(PASSWORD)
    omar.page.locator("main form button").tap()
    omar.page.locator("nav.tabs").wait_for()
    assert spanish_on(omar) == set()


def test_the_path_in_english(
    phone: Sit, laptop: Sit, secretary: Member, members: list[Member], desk: Desk
) -> None:
    assembly = meeting.convene(
        starts_at=desk.at.hour,
        place="Shed 2",
        agenda=["Weekly report", "The press"],
        by=secretary.actor,
        at=desk.at.convening,
    )
    desk.arrive(assembly, [*members[:3], members[6]])
    desk.open(assembly)
    chair, mover, seconder = (
        switched(person) for person in (laptop(secretary), phone(members[3]), phone(members[4]))
    )
    path = Path(chair, mover, seconder, assembly, language="en")
    poll = path.walk("Shall we buy the used press?")
    left = {}
    for person, name, args in (
        (mover, "portal:home", ()),
        (mover, "assemblies:list", ()),
        (mover, "assemblies:detail", (assembly.pk,)),
        (mover, "assemblies:move", (assembly.pk,)),
        (mover, "assemblies:poll", (poll.pk,)),
        (mover, "assemblies:named_list", (poll.pk,)),
        (mover, "assemblies:board", (assembly.pk,)),
        (mover, "council:seats", ()),
        (mover, "portal:books", ()),
        (mover, "portal:resolutions", ()),
        (mover, "portal:resolution", (poll.resolution.year, poll.resolution.number)),
        (mover, "portal:record", ()),
        (mover, "members:register", ()),
        (mover, "members:member", (members[4].number,)),
        (mover, "members:account", ()),
        (mover, "members:choose_password", ()),
        (chair, "portal:home", ()),
        (chair, "assemblies:detail", (assembly.pk,)),
        (chair, "assemblies:attendance", (assembly.pk,)),
        (chair, "assemblies:move", (assembly.pk,)),
        (chair, "assemblies:convene", ()),
        (chair, "members:import_register", ()),
        (chair, "access:card", (members[4].number,)),
    ):
        person.open(name, *args)
        if found := spanish_on(person):
            left[name] = found
    assert left == {}
