"""The treasurer's table: what is done on pay day, so that tests read as sentences."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from coop.members.models import Member
from coop.statute.domain import adopt
from coop.statute.models import Matter, PayUnit
from payroll.domain import approving, hours, runs, units
from payroll.domain.questions import Given
from payroll.enums import Answer, CameBy, Question
from payroll.hours_file import COLUMNS
from payroll.models import HoursSheet, PayRun
from payroll.periods import Period

OCTOBER = Period(2026, 10)
PAY_DAY = datetime(2026, 11, 3, 12, tzinfo=UTC)
UNIT = 820_000
LONG_AGO = timedelta(days=300)

Row = tuple[int, str, str, str, str]


def hours_file(rows: Iterable[Row]) -> bytes:
    """As the spreadsheet saves it: number, worked, sick, holiday, advance."""
    titles = [column.name for column in COLUMNS if column.needed]
    lines = [titles, *([str(number), *cells] for number, *cells in rows)]
    return "\r\n".join(";".join(line) for line in lines).encode("cp1252")


def same_hours(members: Iterable[Member], worked: str = "176,00") -> list[Row]:
    return [(member.number, worked, "0,00", "0,00", "") for member in members]


@dataclass
class PayDesk:
    """`treasurer` brings and prepares, `second` approves; a test names only what it is about."""

    treasurer: Member
    second: Member
    period: Period = OCTOBER
    at: datetime = PAY_DAY
    units: list[PayUnit] = field(default_factory=list)

    def set_unit(self, cents: int = UNIT, since: date = date(2026, 1, 1)) -> PayUnit:
        """As an assembly's close does it."""
        drafted = units.draft(
            cents=cents,
            holds_from=since,
            why="",
            by=self.treasurer.actor,
            at=self.at - LONG_AGO,
        )
        resolution = adopt(
            matter=Matter.PAY_UNIT,
            title="Valor de la hora",
            text="",
            adopted_by="Asamblea de trabajo",
            tally={"yes": 5, "no": 1, "abstain": 0},
            by=self.second.actor,
            at=self.at - LONG_AGO,
            proposal=drafted.proposal,
        )
        return PayUnit.objects.get(resolution=resolution)

    def bring(self, rows: Iterable[Row] | bytes, period: Period | None = None) -> HoursSheet:
        content = rows if isinstance(rows, bytes) else hours_file(rows)
        return hours.import_hours(
            content=content,
            period=period or self.period,
            file_name="horas.csv",
            came_by=CameBy.BROWSER,
            by=self.treasurer.actor,
            at=self.at,
        )

    def answer(
        self,
        sheet: HoursSheet,
        member: Member | int,
        question: Question,
        answer: Answer,
        reason: str = "así fue",
        worked: tuple[int, int, int] | None = None,
    ) -> None:
        number = member if isinstance(member, int) else member.number
        given = Given(number, question, answer, reason, worked)
        hours.answer(sheet_id=sheet.pk, given=[given], by=self.treasurer.actor, at=self.at)

    def prepare(self, sheet: HoursSheet) -> PayRun:
        return runs.prepare(sheet_id=sheet.pk, by=self.treasurer.actor, at=self.at)

    def approve(self, run: PayRun, by: Member | None = None, sha256: str = "") -> PayRun:
        return approving.approve(
            run_id=run.pk, sha256=sha256 or run.sha256, by=(by or self.second).actor, at=self.at
        )

    def paid(self, rows: Iterable[Row], period: Period | None = None) -> PayRun:
        """Brought, prepared and approved; the rows leave nothing to ask."""
        return self.approve(self.prepare(self.bring(rows, period)))


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def slips_of(run: PayRun) -> Mapping[int, object]:
    return {slip.number: slip for slip in run.slips.all()}
