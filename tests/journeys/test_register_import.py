"""The secretary takes the cooperative's own spreadsheet in: sees what it does, confirms; again: nothing."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from coop.council.models import SeatCode
from coop.members.models import Member
from coop.statute.models import Cooperative
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person

pytestmark = pytest.mark.browser

DATA = Path(settings.BASE_DIR) / "tests" / "data"
PEOPLE_IN_FILE = len((DATA / "padron.csv").read_bytes().strip().splitlines()) - 1


@pytest.fixture
def secretary(cooperative: Cooperative) -> Member:
    """Number 900 is not in the file."""
    ramon = people.new_member(900, "Ñancucheo", "Ramón")
    ramon.save()
    people.give_seat(ramon, SeatCode.SECRETARY)
    return ramon


def uploads(person: Person, name: str) -> None:
    person.open("members:import_register")
    person.page.get_by_label("Planilla del registro").set_input_files(DATA / name)
    person.press("Ver qué cambiaría")


def test_a_file_is_seen_then_taken_in_then_changes_nothing(laptop: Sit, secretary: Member) -> None:
    her_desk = laptop(secretary)
    uploads(her_desk, "padron.csv")
    her_desk.sees("Todavía no se guardó nada")
    her_desk.look("70-previa")
    assert Member.objects.count() == 1
    rows = her_desk.page.get_by_role("table", name="Personas nuevas").locator("tbody tr")
    expect(rows).to_have_count(PEOPLE_IN_FILE)
    her_desk.press("Cargar en el registro")
    her_desk.sees(f"Registro cargado: {PEOPLE_IN_FILE} personas nuevas, 0 con cambios, 0 sin cambios.")
    her_desk.look("71-registro")
    assert Member.objects.count() == PEOPLE_IN_FILE + 1
    uploads(her_desk, "padron.csv")
    her_desk.title_is("Esta planilla no cambia nada")
    her_desk.look("72-nada")
    assert Member.objects.count() == PEOPLE_IN_FILE + 1


def test_a_file_with_errors_shows_all_nine_and_takes_in_nothing(
    laptop: Sit, phone: Sit, secretary: Member
) -> None:
    expected = json.loads((DATA / "padron-con-errores.expected.json").read_text(encoding="utf-8"))
    for person in (laptop(secretary), phone(secretary)):
        person.expects("^status 422")
        uploads(person, "padron-con-errores.csv")
        person.title_is("Hay 9 errores: no se cargó nada")
        person.look(f"73-errores-{'phone' if person.touches else 'laptop'}")
        rows = person.page.locator("tbody tr").all()
        seen = [[cell.inner_text().strip() for cell in row.locator("td").all()[:2]] for row in rows]
        assert seen == [[str(one["row"]), one["column"]] for one in expected]
    assert Member.objects.count() == 1
