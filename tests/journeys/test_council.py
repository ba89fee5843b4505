"""A council takes its seats from the paper book; a right is lost while the page is open."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from coop.council.models import HowEnded, Term
from coop.council.seating import end_term
from coop.members.models import Member
from coop.powers import system
from coop.statute.models import Matter
from payroll.models import HoursSheet
from payroll.periods import Period
from tests.journeys.conftest import Sit
from tests.payroll.paying import hours_file, same_hours
from tests.support.book import paper_resolution
from tests.support.browser import LAPTOP, PHONE

pytestmark = pytest.mark.browser


def test_a_council_elected_on_paper_takes_its_seats_and_its_treasurer_begins(
    sit: Sit, secretary: Member, president: Member, members: list[Member], tmp_path: Path
) -> None:
    today = timezone.localdate()
    told = paper_resolution(
        today, "Elección de tesorería y suplencia", Matter.ELECTION, by=secretary, confirmed_by=president
    )
    newcomer = sit(LAPTOP, members[3])
    newcomer.open("council:seats")
    newcomer.sees("vacante")

    desk = sit(PHONE, secretary)
    desk.open("council:seats")
    desk.press("Quiénes asumen")
    desk.fill("Resolución de la asamblea", str(told))
    desk.fill("Tesorería", "2")
    desk.fill("Suplencia 1", "5")
    desk.expects("^status 422: POST ")
    desk.press("Ver antes de asentar")
    desk.sees("ya ocupa Secretaría")
    desk.look("90-cargo-ocupado")
    desk.fill("Tesorería", "4")
    desk.press("Ver antes de asentar")
    desk.sees("Todavía no se guardó nada")
    desk.sees("Omar Águila")
    desk.look("91-revisar")
    desk.press("Asentar")
    desk.sees("Quedaron asentados 2 mandatos.")
    desk.look("92-consejo")

    newcomer.page.reload()
    newcomer.sees("Hoy ocupás")
    period = Period.of(today).before
    spreadsheet = tmp_path / f"horas-{period}.csv"
    spreadsheet.write_bytes(hours_file(same_hours(members)))
    newcomer.press("Cuentas")
    newcomer.press("Cargar las horas del mes")
    newcomer.page.get_by_label("Planilla de horas").set_input_files(spreadsheet)
    newcomer.press("Ver qué dice")
    newcomer.press("Cargar estas horas")
    newcomer.sees(re.compile("La cargó Omar Águila"))
    assert HoursSheet.objects.get().period == str(period)


def test_a_right_that_ends_while_the_page_is_open_is_refused_with_its_reason(
    sit: Sit, secretary: Member, president: Member, treasurer: Member, members: list[Member]
) -> None:
    desk = sit(LAPTOP, president)
    desk.open("council:seats")
    desk.sees("Hoy ocupás")
    keeper = sit(LAPTOP, secretary)
    term = Term.objects.get(seat__code="treasurer")
    keeper.open("council:term_end", term.pk)
    keeper.fill("En qué papel consta", "Nota del lunes")
    keeper.page.get_by_label("renunció al cargo").check()
    # Meanwhile the term of who writes it ends.
    own, now = Term.objects.get(seat__code="secretary"), timezone.now()
    end_term(term_id=own.pk, how=HowEnded.RESIGNED, ends_at=now, by=system(), at=now)
    keeper.expects("^status 403: POST ")
    keeper.press("Asentar que termina")
    keeper.sees(re.compile("Hoy no tenés un cargo que permita esto"))
    keeper.look("93-derecho-perdido")
    term.refresh_from_db()
    assert term.how_ended == ""
    desk.page.reload()
    desk.press(re.compile("sindicatura nombra"))
    desk.sees("El cargo está vacante")
    desk.look("94-vacante")
