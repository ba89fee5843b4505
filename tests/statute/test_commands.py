"""`manage.py import_resolutions`: the paper book from a spreadsheet, waiting for a second person."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coop.record.models import Entry
from coop.statute.models import BookLine, Resolution

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cooperative")]
HEADER = "Fecha;Materia;Título;Texto;Acta;Folio;Sí;No;Abstenciones"
ROWS = (
    "12/04/2006;decisión de trabajo;Comprar un torno;Se compra;Asamblea, acta N.º 45;12;20;1;0",
    "13/04/2006;decisión de trabajo;Vender el viejo;Se vende;Asamblea, acta N.º 46;13;18;2;1",
)


def book(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "libro.csv"
    file.write_bytes("\r\n".join([HEADER, *rows]).encode("cp1252"))
    return file


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_resolutions", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import_resolutions", *map(str, arguments), stdout=out, stderr=err)
    assert end.value.code == 1
    return out.getvalue(), err.getvalue()


def test_what_is_copied_waits_and_is_no_resolution_yet(tmp_path: Path) -> None:
    last = run(book(tmp_path, *ROWS)).splitlines()[-1]
    assert last == "Copiadas del libro: 2, en 1 página que espera confirmación. Ya estaban: 0."
    assert (BookLine.objects.count(), Resolution.objects.count()) == (2, 0)
    assert Entry.objects.get().actor_name == "administración técnica"


def test_the_same_book_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    file = book(tmp_path, *ROWS)
    run(file)
    last = run(file).splitlines()[-1]
    assert last == "El archivo no cambia nada: las 2 resoluciones ya estaban."
    assert BookLine.objects.count() == 2


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    last = run(book(tmp_path, *ROWS), "--dry-run").splitlines()[-1]
    assert last == "Ensayo, no se guardó nada. Resoluciones nuevas: 2. Ya estaban: 0."
    assert (BookLine.objects.count(), Entry.objects.count()) == (0, 0)


def test_json_tells_the_same_figures(tmp_path: Path) -> None:
    told = json.loads(run(book(tmp_path, *ROWS), "--json"))
    assert (told["new"], told["unchanged"], len(told["pages"])) == (2, 0, 1)


def test_every_error_is_told_at_once_and_nothing_is_kept(tmp_path: Path) -> None:
    file = book(tmp_path, ROWS[0], "99/99/2006;decisión de trabajo;;Se vende;;13;x;2;1")
    told = json.loads(refused(file, "--json")[0])
    assert {one["row"] for one in told} == {3}
    assert len(told) > 1
    _out, complaints = refused(file)
    assert complaints.splitlines()[-1] == f"{len(told)} errores: no se cargó nada."
    assert BookLine.objects.count() == 0


def test_what_is_no_spreadsheet_is_refused_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "libro.csv"
    file.write_bytes(b"\x00\x01\x02")
    assert "no se cargó nada" in refused(file)[1]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        run(tmp_path / "no-esta.csv")
