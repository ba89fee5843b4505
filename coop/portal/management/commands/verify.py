import json as json_format
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.portal.verifying import Check, verify


class Command(BaseCommand):
    help = (
        "Recomputes the record's chain, votes, resolutions and accounts from the data alone, and names the "
        "first row that breaks. Exit code 1 when one does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the same for a program")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        checks = []
        for check in verify():
            checks.append(check)
            if not json:
                self.stdout.write(_line(check))
        if json:
            told = {"ok": all(check.holds for check in checks), "checks": [_told(check) for check in checks]}
            self.stdout.write(json_format.dumps(told, ensure_ascii=False, indent=2))
        if not all(check.holds for check in checks):
            sys.exit(1)


def _line(check: Check) -> str:
    broken = check.checked.broken
    n = check.checked.rows
    if broken is None:
        sentence = ngettext("%(label)s: %(n)d fila, cierra.", "%(label)s: %(n)d filas, cierra.", n)
        return sentence % {"label": check.proof.label, "n": n}
    told = {"label": check.proof.label, "row": broken.row, "says": broken.says.rstrip(".")}
    return _("%(label)s: SE ROMPE en %(row)s: %(says)s.") % told


def _told(check: Check) -> dict[str, Any]:
    broken = check.checked.broken
    return {
        "name": check.proof.name,
        "rows": check.checked.rows,
        "broken": None if broken is None else {"row": broken.row, "says": broken.says},
    }
