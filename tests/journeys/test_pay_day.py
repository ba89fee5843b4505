"""Pay day: the treasurer's desk, a second person's phone and a worker's, with the real worker and broker."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coop.ledger.domain import balances
from coop.members.models import Member
from payroll.errors_pay import month_name
from payroll.models import HoursSheet, PayRun
from payroll.periods import Period
from tests.journeys.conftest import Sit
from tests.payroll.paying import UNIT, PayDesk, hours_file, same_hours
from tests.support.browser import Person
from tests.support.database import RealDatabase
from tests.support.live import working
from tests.support.people import give_account

pytestmark = pytest.mark.browser
PDF_PATIENCE_MS = 90_000


@pytest.fixture
def worker(real_database: RealDatabase) -> Iterator[Path]:
    with working(real_database) as log:
        yield log


@pytest.fixture
def pay(treasurer: Member, president: Member) -> PayDesk:
    now = timezone.now()
    return PayDesk(treasurer, president, Period.of(timezone.localdate(now)).before, now)


@pytest.fixture
def spreadsheet(members: list[Member], pay: PayDesk, tmp_path: Path) -> Path:
    """It forgets the seventh; the fourth was ill a day and took an advance."""
    rows = [(4, "172,00", "4,00", "0,00", "120.500,00")]
    others = [one for one in members if one.number not in (4, 7)]
    path = tmp_path / f"horas-{pay.period}.csv"
    path.write_bytes(hours_file([*rows, *same_hours(others)]))
    return path


def bring(desk: Person, spreadsheet: Path, month: str) -> None:
    desk.open("portal:home")
    desk.press("Cuentas")
    desk.look("20-cuentas-tesoreria")
    desk.press("Cargar las horas del mes")
    desk.page.get_by_label("Planilla de horas").set_input_files(spreadsheet)
    desk.look("21-subir-horas")
    desk.press("Ver qué dice")
    desk.title_is(re.compile(f"Horas de {month}"))
    desk.sees(re.compile("Ester Muñoz Paredes"))
    desk.look("22-mirar-horas")
    desk.press("Cargar estas horas")
    desk.sees(re.compile("1 pregunta antes de preparar"))


def answer_and_prepare(desk: Person) -> None:
    desk.look("23-preguntas")
    desk.page.get_by_label("Sin horas este mes").check()
    desk.fill("Motivo", "licencia sin goce desde el primero")
    desk.press("Guardar las respuestas")
    desk.sees("1 respuesta guardada.")
    desk.look("24-respondidas")
    desk.press("Preparar la liquidación")
    desk.sees(re.compile("La tiene que aprobar otra persona del consejo: la ve en Hoy"))
    desk.look("25-preparada")
    expect(desk.page.locator("#aprobar")).to_have_count(0)


def approve(second: Person, month: str) -> None:
    second.open("portal:home")
    second.look("26-hoy-quien-aprueba")
    second.press("Revisar y aprobar")
    second.title_is(f"Liquidación de {month}")
    second.sees(re.compile("licencia sin goce"))
    second.look("27-revisar")
    second.page.locator("#aprobar summary").click()
    second.press("Sí, aprobarla y asentarla")
    second.look("27-confirmar")
    second.proves()
    expect(second.page.locator(".stamp")).to_contain_text("Aprobada")
    second.look("28-aprobada")


def read_receipt(worker: Person) -> None:
    """Every line in figures and words; seen, and stamped."""
    worker.open("portal:home")
    worker.look("29-hoy-recibo")
    worker.press("Ver el recibo")
    worker.title_is(re.compile(r"1\.322\.700,00"))
    worker.sees(re.compile("Un millón trescientos veintidós mil setecientos pesos"))
    worker.sees(re.compile("172,00 horas de trabajo"))
    worker.sees(re.compile("4,00 horas de enfermedad"))
    worker.look("30-recibo")
    worker.press("Lo vi")
    expect(worker.page.locator(".stamp")).to_contain_text("Visto")
    worker.look("31-visto")


def open_pdf(person: Person) -> bytes:
    """It comes by itself, and it is a PDF."""
    link = person.control("Abrir el PDF").first
    expect(link).to_be_visible(timeout=PDF_PATIENCE_MS)
    answer = person.context.request.get(f"{person.address}{link.get_attribute('href')}")
    assert answer.status == 200
    return answer.body()


def test_pay_day_from_the_spreadsheet_to_the_receipt_on_paper(
    phone: Sit,
    laptop: Sit,
    worker: Path,
    pay: PayDesk,
    spreadsheet: Path,
    members: list[Member],
    treasurer: Member,
    president: Member,
) -> None:
    pay.set_unit()
    month = month_name(str(pay.period))
    give_account(president)
    desk, second, omar, irma = laptop(treasurer), phone(president), phone(members[3]), phone(members[4])
    bring(desk, spreadsheet, month)
    answer_and_prepare(desk)
    approve(second, month)
    run = PayRun.objects.get()
    assert (run.state, run.payslips, run.approved_by) == ("approved", 6, president)
    assert balances(["5.1", "1.3.4"]) == {"5.1": 6 * 176 * UNIT, "1.3.4": 0}
    read_receipt(omar)
    omar.press("Descargar PDF")
    assert open_pdf(omar).startswith(b"%PDF")
    omar.look("32-pdf")
    # Another's receipt is not there; what everybody earns is, and what one owes is not.
    irma.expects("^status 404: GET ")
    slip = run.slips.get(member=members[3])
    assert irma.open("payroll:receipt", slip.pk).status == 404
    irma.open("payroll:run", run.pk)
    irma.sees(re.compile("Omar Águila"))
    irma.sees_no(re.compile("Queda debiendo"))
    irma.look("33-liquidacion-de-todos")
    desk.open("payroll:run", run.pk)
    desk.press("Todos los recibos en un PDF")
    assert open_pdf(desk).startswith(b"%PDF")
    desk.look("34-todos-los-recibos")


def test_a_spoiled_spreadsheet_shows_every_error_and_a_corrected_one_goes_in(
    laptop: Sit, pay: PayDesk, spreadsheet: Path, treasurer: Member
) -> None:
    good = spreadsheet.read_bytes()
    desk = laptop(treasurer)
    desk.expects("^status 422: POST ")
    spreadsheet.write_bytes(good.replace(b"172,00", b"ocho").replace(b"176,00", b"1.760,00", 1))
    desk.open("payroll:import_hours")
    desk.page.get_by_label("Planilla de horas").set_input_files(spreadsheet)
    desk.press("Ver qué dice")
    desk.title_is("Hay 2 errores: no se cargó nada")
    desk.look("35-errores")
    spreadsheet.write_bytes(good)
    desk.page.get_by_label("Planilla de horas").set_input_files(spreadsheet)
    desk.press("Ver qué dice")
    desk.press("Cargar estas horas")
    desk.sees(re.compile("1 pregunta antes de preparar"))
    assert HoursSheet.objects.count() == 1
