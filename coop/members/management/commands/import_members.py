from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coop.common.spreadsheet import FileRefused
from coop.members.importing import Preview, import_register, preview
from coop.members.management.spreadsheets import SpreadsheetCommand, told
from coop.powers import system


class Command(SpreadsheetCommand):
    help = "Takes the register of members in from the cooperative's spreadsheet: all of it or nothing."

    def handle(self, *args: Any, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        content, now = self.read(file), timezone.now()
        try:
            seen = preview(content=content, at=now)
        except FileRefused as error:
            self.refuse_file(error, as_json=json)
        if seen.problems:
            self.refuse(seen.problems, as_json=json)
        if not dry_run:
            seen = import_register(content=content, by=system(), at=now)
        if json:
            self.answer(
                {
                    "new": len(seen.new),
                    "changed": seen.changed_members,
                    "unchanged": seen.unchanged,
                    "warnings": [told(warning) for warning in seen.warnings],
                }
            )
            return
        self.warn(seen.warnings)
        self.stdout.write(_said(seen, dry_run=dry_run))


def _said(seen: Preview, *, dry_run: bool) -> str:
    if seen.does_nothing:
        return ngettext(
            "El archivo no cambia nada: su persona (%(n)d) ya figura igual en el registro.",
            "El archivo no cambia nada: las %(n)d personas ya figuran igual en el registro.",
            seen.unchanged,
        ) % {"n": seen.unchanged}
    figures = {"new": len(seen.new), "changed": seen.changed_members, "unchanged": seen.unchanged}
    if dry_run:
        return (
            _(
                "Ensayo, no se guardó nada. Nuevas: %(new)d. Con cambios: %(changed)d. "
                "Sin cambios: %(unchanged)d."
            )
            % figures
        )
    return (
        _("Registro cargado. Nuevas: %(new)d. Con cambios: %(changed)d. Sin cambios: %(unchanged)d.")
        % figures
    )
