"""A month's hours as the cooperative's spreadsheet has them: previewed, taken in whole, asked about."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from coop.common.spreadsheet import Problem
from coop.common.time import local_day
from coop.common.words import one_line
from coop.members.errors import FileHasProblems
from coop.powers import Actor, Power, require
from coop.statute.domain import cooperative, locked
from payroll.domain.arithmetic import Worked
from payroll.domain.month import Month, hours_of, last_approved, register
from payroll.domain.questions import Asked, Given, ask
from payroll.domain.withdrawing import withdraw_waiting
from payroll.enums import CameBy, RunState
from payroll.errors_pay import (
    AnswerIncomplete,
    MonthIsPaid,
    MonthToCome,
    MoreThanTheMonth,
    NewerHours,
    NoSuchQuestion,
    RunStands,
)
from payroll.hours_file import HoursRow, read_hours
from payroll.models import HoursAnswer, HoursLine, HoursSheet, HoursUpload, PayRun
from payroll.periods import Period, read_period

UPLOAD_WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking the file in would do. With `problems` nothing can be taken in. Hundredths and cents."""

    period: Period
    rows: tuple[HoursRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    questions: tuple[Asked, ...]
    same_as: int | None
    withdraws: bool

    @property
    def hours(self) -> int:
        return sum(row.hours for row in self.rows)

    @property
    def advances(self) -> int:
        return sum(row.advance for row in self.rows)


def preview(*, content: bytes, period: Period, at: datetime) -> Preview:
    """Reads the file against the register and last month.

    `same_as` is the sheet that holds this very file already. Raises FileRefused when it is no such file at
    all, and without problems MonthToCome or MonthIsPaid.
    """
    people = register()
    file = read_hours(content, period=period, members=people)
    asked: Sequence[Asked] = ()
    if not file.problems:
        _must_be_open(period, at)
        lines = [Worked(row.number, row.worked, row.sick, row.holiday, row.advance) for row in file.rows]
        asked = ask(lines=lines, people=people, period=period, last=hours_of(last_approved(period)))
    last = latest(period)
    same = last is not None and last.file_sha256 == _sha256(content)
    waiting = PayRun.objects.filter(period=str(period), state=RunState.PREPARED).exists()
    return Preview(
        period=period,
        rows=file.rows,
        problems=file.problems,
        warnings=file.warnings,
        questions=tuple(asked),
        same_as=last.pk if last and same else None,
        withdraws=waiting and not same,
    )


@transaction.atomic
def import_hours(
    *, content: bytes, period: Period, file_name: str, came_by: CameBy, by: Actor, at: datetime
) -> HoursSheet:
    """Takes the file in: all of it, or FileHasProblems and nothing. The same file again changes nothing.

    A corrected file is the month's next version; a run that was waiting for approval is withdrawn with it.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    locked(f"pay:{period}")
    seen = preview(content=content, period=period, at=at)
    if seen.problems:
        raise FileHasProblems(len(seen.problems))
    if seen.same_as is not None:
        return HoursSheet.objects.get(pk=seen.same_as)
    withdraw_waiting(period=str(period), by=by, at=at)
    last = HoursSheet.objects.filter(period=str(period)).aggregate(last=Max("version"))["last"] or 0
    sheet = HoursSheet.objects.create(
        period=str(period),
        version=last + 1,
        at=at,
        by_id=by.signature,
        came_by=came_by,
        file_name=one_line(file_name)[:200],
        file_sha256=_sha256(content),
    )
    people = register()
    HoursLine.objects.bulk_create(
        HoursLine(
            sheet=sheet,
            member_id=people[row.number].id,
            worked=row.worked,
            sick=row.sick,
            holiday=row.holiday,
            advance=row.advance,
        )
        for row in seen.rows
    )
    return sheet


def keep_upload(*, content: bytes, name: str, period: Period, by: Actor, at: datetime) -> HoursUpload:
    """Keeps a file between its preview and its confirmation, and forgets those of yesterday."""
    require(by, Power.KEEP_ACCOUNTS, at)
    HoursUpload.objects.filter(at__lt=at - UPLOAD_WAITS).delete()
    return HoursUpload.objects.create(
        by_id=by.signature, at=at, period=str(period), name=one_line(name)[:200], content=content
    )


@transaction.atomic
def confirm_upload(*, key: uuid.UUID, by: Actor, at: datetime) -> HoursSheet:
    """Takes in the file that the same person looked at. HoursUpload.DoesNotExist once it was used."""
    upload = HoursUpload.objects.get(key=key, by_id=by.member_id)
    sheet = import_hours(
        content=bytes(upload.content),
        period=read_period(upload.period),
        file_name=upload.name,
        came_by=CameBy.BROWSER,
        by=by,
        at=at,
    )
    upload.delete()
    return sheet


@transaction.atomic
def answer(*, sheet_id: int, given: Sequence[Given], by: Actor, at: datetime) -> None:
    """Answers questions of the month's last sheet, all or nothing; answering again replaces.

    Raises NewerHours, RunStands, NoSuchQuestion, AnswerIncomplete or MoreThanTheMonth.
    """
    require(by, Power.KEEP_ACCOUNTS, at)
    sheet = current_sheet(sheet_id)
    asked = {(one.person.number, one.question): one for one in Month(sheet).questions}
    most, rows = read_period(sheet.period).most_hours, []
    for said in given:
        one = replace(said, reason=one_line(said.reason)[:200])
        found = asked.get((one.number, one.question))
        if found is None:
            raise NoSuchQuestion(one.number)
        if not one.complete:
            raise AnswerIncomplete
        if (typed := sum(one.hours or ())) > most:
            raise MoreThanTheMonth(typed // 100, most // 100)
        worked, sick, holiday = one.hours or (None, None, None)
        rows.append(
            HoursAnswer(
                sheet=sheet,
                member_id=found.person.id,
                question=one.question,
                answer=one.answer,
                worked=worked,
                sick=sick,
                holiday=holiday,
                reason=one.reason,
                by_id=by.signature,
                at=at,
            )
        )
    HoursAnswer.objects.bulk_create(rows)


def latest(period: Period) -> HoursSheet | None:
    return HoursSheet.objects.filter(period=str(period)).first()


def current_sheet(sheet_id: int) -> HoursSheet:
    """The sheet, its month held for this transaction. Raises NewerHours, RunStands."""
    sheet = HoursSheet.objects.get(pk=sheet_id)
    locked(f"pay:{sheet.period}")
    if HoursSheet.objects.filter(period=sheet.period, version__gt=sheet.version).exists():
        raise NewerHours(sheet.period)
    if PayRun.objects.filter(period=sheet.period).exclude(state=RunState.WITHDRAWN).exists():
        raise RunStands(sheet.period)
    return sheet


def _must_be_open(period: Period, at: datetime) -> None:
    if period.first_day > local_day(at, cooperative().tz):
        raise MonthToCome(str(period))
    if PayRun.objects.filter(period=str(period), state=RunState.APPROVED).exists():
        raise MonthIsPaid(str(period))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
