"""`manage.py draw FILE [--json]`: a draw again, from its file alone. No database, no cooperative."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coop.council.rotation.drawing import BadDraw, reproduce


class Command(BaseCommand):
    help = "Draws again from the file of a draw and says whether it gives what was published."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = json.loads(options["file"].read_text(encoding="utf-8"))
            result = reproduce(told)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, BadDraw) as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2, sort_keys=True))
        else:
            for one in result["order"]:
                mark = "*" if one["drawn"] else " "
                self.stdout.write(
                    f"{mark} {one['place']:>3}  {one['number']:>5}  {one['name']}  {one['code']}"
                )
        if not result["commitment_holds"]:
            raise CommandError("the seed is not the one that was announced", returncode=2)
        if result["as_published"] is False:
            raise CommandError("the file says another order", returncode=2)
