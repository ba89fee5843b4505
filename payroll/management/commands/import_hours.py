from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.common.money import money
from coop.common.spreadsheet import FileRefused
from coop.council.models import Term
from coop.council.powers import SEAT_POWERS
from coop.members.management.spreadsheets import SpreadsheetCommand, told
from coop.members.models import Member
from coop.powers import Actor, Power
from payroll.domain.hours import Preview, import_hours, preview
from payroll.enums import CameBy
from payroll.errors_pay import NobodyAnswers, month_name
from payroll.periods import Period, read_period
from payroll.receipt import hours_shown


class Command(SpreadsheetCommand):
    help = (
        "Takes a month's hours in from the cooperative's spreadsheet: all or none. Whoever keeps the "
        "accounts today answers for them (--by, when it is not one person alone) and prepares the run in the "
        "browser: the command line neither prepares nor approves."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", required=True, help="the month, as 2026-10")
        parser.add_argument(
            "--by",
            type=int,
            metavar="NUMBER",
            help="member number of who answers for the hours; must keep the accounts today",
        )

    def handle(
        self, *args: Any, file: Path, period: str, by: int | None, dry_run: bool, json: bool, **options: Any
    ) -> None:
        content, now = self.read(file), timezone.now()
        month = _or_fail(lambda: read_period(period))
        try:
            seen = preview(content=content, period=month, at=now)
        except FileRefused as error:
            self.refuse_file(error, as_json=json)
        except DomainError as error:
            raise CommandError(str(error)) from error
        if seen.problems:
            self.refuse(seen.problems, as_json=json)
        who = None if dry_run else _or_fail(lambda: _answers_for_it(by))
        if who is not None:
            _or_fail(lambda: _take_in(content, file, month, who))
        if json:
            self.answer(_told(seen))
            return
        self.warn(seen.warnings)
        self.stdout.write(_said(seen, who))


def _or_fail(act: Any) -> Any:
    """A broken rule is the command's error, in its own sentence."""
    try:
        return act()
    except DomainError as error:
        raise CommandError(str(error)) from error


def _take_in(content: bytes, file: Path, month: Period, who: Actor) -> None:
    import_hours(
        content=content,
        period=month,
        file_name=file.name,
        came_by=CameBy.COMMAND,
        by=who,
        at=timezone.now(),
    )


def _answers_for_it(number: int | None) -> Actor:
    """The member of that number, or the one person who keeps the accounts today. The verb asks the power."""
    if number is not None:
        member = Member.objects.filter(number=number).first()
        if member is None:
            raise CommandError(_("No hay asociado/a con el número %(number)d.") % {"number": number})
        return member.actor
    seats = [seat for seat, powers in SEAT_POWERS.items() if Power.KEEP_ACCOUNTS in powers]
    terms = Term.objects.at(timezone.now()).filter(seat__code__in=seats).select_related("member")[:2]
    holders = list(terms)
    if len(holders) != 1:
        raise NobodyAnswers
    return holders[0].member.actor


def _told(seen: Preview) -> dict[str, Any]:
    """Hours in hundredths, advances in cents."""
    return {
        "period": str(seen.period),
        "members": len(seen.rows),
        "hours_hundredths": seen.hours,
        "advances_cents": seen.advances,
        "unchanged": seen.same_as is not None,
        "withdraws_a_waiting_run": seen.withdraws,
        "questions": [{"number": one.person.number, "kind": one.question.value} for one in seen.questions],
        "warnings": [told(warning) for warning in seen.warnings],
    }


def _said(seen: Preview, who: Actor | None) -> str:
    figures = {
        "period": month_name(str(seen.period)),
        "n": len(seen.rows),
        "hours": hours_shown(seen.hours),
        "advances": money(seen.advances),
        "questions": len(seen.questions),
        "who": f"{who.name} (N.º {who.number})" if who else "",
    }
    if seen.same_as is not None:
        return _("El archivo no cambia nada: esas horas de %(period)s ya estaban cargadas.") % figures
    sums = _("Personas: %(n)d. Horas: %(hours)s. Adelantos: %(advances)s. Preguntas: %(questions)d.")
    if who is None:
        return _("Ensayo, no se guardó nada.") + " " + sums % figures
    return _("Horas de %(period)s cargadas; responde %(who)s.") % figures + " " + sums % figures
