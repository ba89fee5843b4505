from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.spreadsheet import FileRefused
from coop.members.management.spreadsheets import SpreadsheetCommand, told
from coop.powers import system
from coop.statute.book import Entered, enter_file, preview


class Command(SpreadsheetCommand):
    help = (
        "Copies resolutions of the paper book from a spreadsheet: all of them or none. They wait, in pages, "
        "for somebody of the council to confirm them in the browser."
    )

    def handle(self, *args: Any, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        content, now = self.read(file), timezone.now()
        try:
            seen, _new = preview(content=content, at=now)
        except FileRefused as error:
            self.refuse_file(error, as_json=json)
        if seen.problems:
            self.refuse(seen.problems, as_json=json)
        with transaction.atomic():
            done = enter_file(content=content, name=file.name, by=system(), at=now)
            transaction.set_rollback(dry_run)
        if json:
            warnings = [told(warning) for warning in seen.warnings]
            pages = [] if dry_run else [page.pk for page in done.pages]
            self.answer({"new": done.new, "unchanged": done.unchanged, "pages": pages, "warnings": warnings})
            return
        self.warn(seen.warnings)
        self.stdout.write(_said(done, dry_run=dry_run))


def _said(done: Entered, *, dry_run: bool) -> str:
    figures = {"new": done.new, "unchanged": done.unchanged, "pages": len(done.pages)}
    if not done.new:
        return _("El archivo no cambia nada: las %(unchanged)d resoluciones ya estaban.") % figures
    if dry_run:
        return (
            _("Ensayo, no se guardó nada. Resoluciones nuevas: %(new)d. Ya estaban: %(unchanged)d.") % figures
        )
    sentence = ngettext(
        "Copiadas del libro: %(new)d, en %(pages)d página que espera confirmación. "
        "Ya estaban: %(unchanged)d.",
        "Copiadas del libro: %(new)d, en %(pages)d páginas que esperan confirmación. "
        "Ya estaban: %(unchanged)d.",
        len(done.pages),
    )
    return sentence % figures
