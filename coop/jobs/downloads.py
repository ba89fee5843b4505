"""All turns as a spreadsheet."""

import csv
import io
from collections.abc import Iterable
from datetime import timedelta

from coop.common.spreadsheet.cells import is_formula
from coop.jobs.models import Turn

HEADER = ("Tarea", "Sección", "N° Asociado", "Asociado/a", "Desde", "Hasta", "Sin efecto", "Por qué")


def spreadsheet(turns: Iterable[Turn]) -> bytes:
    """Semicolons, dd/mm/yyyy, UTF-8 with its mark. Both days belong to a turn."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for turn in turns:
        cells = (
            turn.task.name,
            turn.task.section.name if turn.task.section else "",
            str(turn.member.number),
            turn.member.name,
            f"{turn.first_day:%d/%m/%Y}",
            f"{turn.until - timedelta(days=1):%d/%m/%Y}",
            "sí" if turn.called_off_at else "",
            turn.why,
        )
        writer.writerow([f"'{cell}" if is_formula(cell) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")
