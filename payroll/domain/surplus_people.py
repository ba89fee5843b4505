"""Who worked in a year: out of its approved pay runs, or out of a spreadsheet."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Sum
from django.utils.translation import gettext as _

from coop.common.spreadsheet import BadCell, Column, Problem, Row, parse_decimal, parse_whole, read_sheet
from coop.members.models import Member
from coop.shares.domain.position import paid_in
from payroll.enums import RunState
from payroll.models import PayRun, Payslip
from payroll.waterfall import LARGEST_CENTS, Worker

NUMBER: Final = "N° Socio"
HOURS: Final = "Horas"
PAY: Final = "Retribución"
PAID_IN: Final = "Cuotas integradas"
ADVANCES: Final = "Adelantos"
COLUMNS: Final = (
    Column(NUMBER, also=("N° Asociado", "Número")),
    Column(HOURS, also=("Horas trabajadas",)),
    Column(PAY, also=("Retribuciones",)),
    Column(PAID_IN, also=("Cuotas",)),
    Column(ADVANCES, needed=False),
)


def months_of(year: int) -> int:
    """Approved pay runs of the year."""
    return PayRun.objects.filter(state=RunState.APPROVED, period__startswith=f"{year}-").count()


def people_of_runs(year: int) -> tuple[Worker, ...]:
    """Hours worked (leave is no work done) and pay of the approved runs, cents paid in for shares by its end.

    With whoever was on the register at the year's end and has paid shares in.
    """
    paid = Payslip.objects.filter(run__state=RunState.APPROVED, run__period__startswith=f"{year}-")
    slips = {
        number: (worked, gross)
        for number, worked, gross in paid.order_by()
        .values("number")
        .annotate(hours=Sum("worked"), pay=Sum("gross"))
        .values_list("number", "hours", "pay")
    }
    shares = paid_in(date(year, 12, 31))
    there = Member.objects.on_register(date(year, 12, 31)).filter(number__in=shares)
    everyone = there | Member.objects.filter(number__in=slips)
    return tuple(
        Worker(
            number=number,
            hours=f"{Decimal(slips.get(number, (0, 0))[0]) / 100:.2f}",
            pay=slips.get(number, (0, 0))[1],
            advances=0,
            paid_in_shares=shares.get(number, 0),
        )
        for number in everyone.order_by("number").values_list("number", flat=True)
    )


def read_people(content: bytes) -> tuple[tuple[Worker, ...], tuple[Problem, ...]]:
    """The people of a CSV under COLUMNS, and all that is wrong with it. Raises FileRefused."""
    sheet = read_sheet(content, COLUMNS)
    found: list[tuple[Row, Worker]] = [(row, _worker(row)) for row in sheet.rows]
    _refuse_twice(found)
    known = set(
        Member.objects.filter(number__in=[worker.number for _row, worker in found]).values_list(
            "number", flat=True
        )
    )
    for row, worker in found:
        if worker.number and worker.number not in known and row.good(NUMBER):
            row.refuse(NUMBER, "unknown member", _("Este número no está en el registro."))
    people = tuple(worker for _row, worker in found)
    return people, sheet.problems.sorted()


def _worker(row: Row) -> Worker:
    number = row.take(NUMBER, parse_whole, 0, required=True)
    if number == 0 and row.good(NUMBER):
        row.refuse(NUMBER, "not a number", _("El número empieza en 1."))
    return Worker(
        number=number,
        hours=f"{row.take(HOURS, _not_negative(2), Decimal(0)):.2f}",
        pay=_cents(row, PAY),
        advances=_cents(row, ADVANCES),
        paid_in_shares=_cents(row, PAID_IN),
    )


def _cents(row: Row, column: str) -> int:
    return int(row.take(column, _not_negative(2), Decimal(0)) * 100)


def _not_negative(places: int) -> Callable[[str], Decimal]:
    def parse(text: str) -> Decimal:
        number = parse_decimal(text.replace("$", "").strip(), places=places)
        if number < 0:
            raise BadCell("negative", _("No puede ser menor que cero."))
        if number * 100 > LARGEST_CENTS:
            raise BadCell("too large", _("Es un número demasiado grande. Revisalo."))
        return number

    return parse


def _refuse_twice(found: Iterable[tuple[Row, Worker]]) -> None:
    """Of two equal numbers the later row is the error."""
    seen: dict[int, int] = {}
    for row, worker in found:
        if not worker.number or not row.good(NUMBER):
            continue
        if worker.number in seen:
            told = {"number": worker.number, "row": seen[worker.number]}
            row.refuse(NUMBER, "repeated", _("El número %(number)d ya está en la fila %(row)d.") % told)
        seen.setdefault(worker.number, row.number)
