from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common.spreadsheet import FileRefused
from coop.council.importing import TermsImported, import_terms, preview
from coop.council.start_only import TermsAreKept
from coop.members.management.spreadsheets import SpreadsheetCommand, told
from coop.powers import system


class Command(SpreadsheetCommand):
    help = "Takes the council's terms in from the cooperative's spreadsheet: all of them or none."

    def handle(self, *args: Any, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        content = self.read(file)
        try:
            terms = preview(content, system(), timezone.now())
        except FileRefused as error:
            self.refuse_file(error, as_json=json)
        if terms.problems:
            self.refuse(list(terms.problems), as_json=json)
        done = _taken_in(content, dry_run=dry_run)
        if json:
            warnings = [told(warning) for warning in terms.warnings]
            self.answer({"new": done.new, "changed": 0, "unchanged": done.unchanged, "warnings": warnings})
            return
        self.warn(terms.warnings)
        self.stdout.write(_said(done, dry_run=dry_run))


def _taken_in(content: bytes, *, dry_run: bool) -> TermsImported:
    try:
        with transaction.atomic():
            done = import_terms(content=content, by=system(), at=timezone.now())
            transaction.set_rollback(dry_run)
    except TermsAreKept as error:
        raise CommandError(str(error)) from error
    except IntegrityError as error:
        sentence = _("Un mandato del archivo se cruza con uno ya asentado: no se cargó nada.")
        raise CommandError(sentence) from error
    return done


def _said(done: TermsImported, *, dry_run: bool) -> str:
    figures = {"new": done.new, "unchanged": done.unchanged}
    if not done.new:
        return _("El archivo no cambia nada: los %(unchanged)d mandatos ya estaban asentados.") % figures
    if dry_run:
        return _("Ensayo, no se guardó nada. Mandatos nuevos: %(new)d. Ya estaban: %(unchanged)d.") % figures
    return _("Mandatos asentados. Nuevos: %(new)d. Ya estaban: %(unchanged)d.") % figures
