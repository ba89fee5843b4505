"""What the commands that take in a spreadsheet share: reading the file, and saying what is wrong with it."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.errors import DomainError
from coop.common.spreadsheet import Problem


class SpreadsheetCommand(BaseCommand):
    """FILE [--dry-run] [--json]. Exit code 1, and nothing taken in, when the file has problems."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the spreadsheet, saved as CSV")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def read(self, file: Path) -> bytes:
        try:
            return file.read_bytes()
        except OSError as error:
            told = {"file": file, "why": error.strerror}
            raise CommandError(_("No se puede leer %(file)s: %(why)s.") % told) from error

    def refuse_file(self, error: DomainError, *, as_json: bool) -> NoReturn:
        """The file is no spreadsheet at all."""
        self.refuse([Problem(0, "", "file refused", str(error), "")], as_json=as_json)

    def refuse(self, problems: Sequence[Problem], *, as_json: bool) -> NoReturn:
        """Says everything that is wrong and ends with code 1."""
        if as_json:
            self.answer([told(problem) for problem in problems])
        else:
            for problem in problems:
                self.stderr.write(line(problem))
            self.stderr.write(
                ngettext("%(n)d error: no se cargó nada.", "%(n)d errores: no se cargó nada.", len(problems))
                % {"n": len(problems)}
            )
        raise SystemExit(1)

    def answer(self, what: Any) -> None:
        self.stdout.write(json.dumps(what, ensure_ascii=False, indent=2))

    def warn(self, warnings: Iterable[Problem]) -> None:
        for warning in warnings:
            self.stdout.write(_("Para mirar. %(line)s") % {"line": line(warning)})


def told(problem: Problem) -> dict[str, str | int]:
    return {
        "row": problem.row,
        "column": problem.column,
        "kind": problem.kind,
        "message": problem.message,
    }


def line(problem: Problem) -> str:
    """ "Fila 7, CUIL: el dígito no da (20-1)."."""
    if not problem.row:
        return problem.message
    place = {"row": problem.row, "column": problem.column}
    where = _("Fila %(row)d, %(column)s") % place if problem.column else _("Fila %(row)d") % place
    return f"{where}: {problem.message}" + (f" [{problem.value}]" if problem.value else "")
