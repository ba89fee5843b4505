"""The path in short on a laptop, and on a phone whose browser runs no script."""

import re

import pytest
from playwright.sync_api import expect

from assemblies.models import Assembly
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.journeys.path import Path
from tests.support import people
from tests.support.desk import Desk
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def begun(desk: Desk, members: list[Member]) -> Assembly:
    """Open with four present; the fourth and the fifth member are still outside."""
    return desk.session([*members[:3], members[6]])


def test_the_path_on_a_laptop(laptop: Sit, secretary: Member, members: list[Member], begun: Assembly) -> None:
    path = Path(laptop(secretary), laptop(members[3]), laptop(members[4]), begun)
    poll = path.walk("¿Pasamos a un solo turno en enero?")
    path.mover.look("20-resultado-1280")
    path.mover.press("Ver la lista nominal")
    expect(path.mover.page.get_by_role("row", name="Zapata, Irma")).to_contain_text("ME ABSTENGO")
    path.mover.open("portal:resolution", poll.resolution.year, poll.resolution.number)
    path.mover.sees("1 a 0")


def test_the_path_without_javascript(
    phone: Sit, secretary: Member, members: list[Member], begun: Assembly
) -> None:
    people.give_account(members[3])
    plain = phone(java_script_enabled=False)
    plain.open("portal:home")
    plain.fill("Número de asociado/a o correo", str(members[3].number))
    plain.fill("Clave", PASSWORD)
    plain.press("Ingresar")
    plain.sees("Hola, Omar")
    chair = phone(secretary, java_script_enabled=False)
    path = Path(chair, plain, phone(members[4], java_script_enabled=False), begun, scripts=False)
    path.walk("¿Pasamos a un solo turno en enero?")
    chair.page.locator("#levantar summary").tap()
    chair.press("Sí, levantar la asamblea")
    chair.sees(re.compile("La asamblea se levantó a las"))
    chair.open("assemblies:board", begun.pk)
    chair.title_is("La asamblea se levantó")
