"""A year's surplus from a file of figures: no database is asked, so that anybody can check it anywhere."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from coop.common.money import money
from payroll.waterfall import (
    BadInput,
    Distribution,
    NothingToSplitBy,
    Problem,
    Year,
    read_text,
    share_out,
    steps,
)

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Shares a year's surplus out of FILE.json. Exit code 2 when the file has problems: all are told."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="figures and members of the year, in JSON")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, file: Path, json: bool, **options: Any) -> None:
        try:
            year = read_text(file.read_bytes())
            result = share_out(year)
        except OSError as error:
            told = {"file": file, "why": error.strerror}
            sentence = _("No se puede leer %(file)s: %(why)s.") % told
            self._refuse((Problem("", "cannot be read", sentence),), as_json=json)
        except BadInput as error:
            self._refuse(error.problems, as_json=json)
        except NothingToSplitBy as error:
            self._refuse((Problem("members", "nothing to split by", str(error)),), as_json=json)
        if json:
            self._say_json(result.to_json())
        else:
            self._say(year, result)

    def _refuse(self, problems: tuple[Problem, ...], *, as_json: bool) -> NoReturn:
        if as_json:
            self._say_json(
                [{"place": one.place, "kind": one.kind, "message": one.message} for one in problems]
            )
        for problem in problems if not as_json else ():
            self.stderr.write(f"{problem.place}: {problem.message}" if problem.place else problem.message)
        raise SystemExit(BAD_INPUT)

    def _say_json(self, what: Any) -> None:
        self.stdout.write(json.dumps(what, ensure_ascii=False, indent=1))

    def _say(self, year: Year, result: Distribution) -> None:
        say = self.stdout.write
        say(_("Excedente de %(year)d") % {"year": year.period})
        for step in steps(year, result):
            say("")
            say(f"{step.title:<46}{money(step.amount):>26}")
            say(f"  {step.words} ({step.source})")
        say("")
        heads = (_("N.º"), _("Horas"), _("Interés"), _("Retorno"), _("Adelantos"), _("A cobrar"))
        say("{:>6}{:>12}{:>18}{:>24}{:>20}{:>24}".format(*heads))
        for member, interest, back in zip(year.members, result.share_interest, result.returns, strict=True):
            due = interest.amount + back.amount - member.advances
            amounts = (interest.amount, back.amount, member.advances, due)
            say(
                "{:>6}{:>12}{:>18}{:>24}{:>20}{:>24}".format(
                    member.number, member.hours, *map(money, amounts)
                )
            )
        say("")
        told = {"in": money(result.came_in), "out": money(result.went_out)}
        say(_("Entran %(in)s y salen %(out)s.") % told)
