from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.portal import demo
from coop.portal.demo import life, sign_ins
from coop.statute.domain import cooperative


class Command(BaseCommand):
    help = "Loads the demonstration cooperative; what is there already is left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--passwords-file", type=Path, help="private JSON file with the sign-ins")

    def handle(self, *args: Any, passwords_file: Path | None, **options: Any) -> None:
        now = timezone.now()
        if not demo.load(now):
            told = {"name": cooperative().name}
            self.stdout.write(_("Acá vive %(name)s: la demostración no se carga.") % told)
            return
        life.load(now)
        given = sign_ins.give(now, passwords_file)
        if passwords_file:
            if sign_ins.read(passwords_file) != given:
                sign_ins.write(passwords_file, given)
        else:
            for one in given:
                self.stdout.write(f"{one.label}: {one.sign_in} / {one.password}")
        self.stdout.write(_("Lista la demostración: %(name)s.") % {"name": demo.NAME})
