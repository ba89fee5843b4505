import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from coop.council.models import Term
from coop.record.models import Act, Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("register")]
DATA = Path(__file__).parent.parent / "data"
GOOD, BAD = DATA / "mandatos.csv", DATA / "mandatos-con-errores.csv"
HEADER = "Cargo;N° Socio;Desde;Hasta;Acta"


@pytest.fixture
def register(cooperative: object) -> None:
    run("import_members", DATA / "padron.csv")


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments: object) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command(*map(str, arguments), stdout=out, stderr=err)
    assert end.value.code == 1
    return out.getvalue(), err.getvalue()


def written(folder: Path, *rows: str) -> Path:
    file = folder / "mandatos.csv"
    file.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return file


def test_takes_the_terms_in_and_the_same_file_twice_changes_nothing() -> None:
    total = len(GOOD.read_bytes().splitlines()) - 1
    taken = f"Mandatos asentados. Nuevos: {total}. Ya estaban: 0."
    again = f"El archivo no cambia nada: los {total} mandatos ya estaban asentados."
    assert [run("import_terms", GOOD).splitlines()[-1] for _ in range(2)] == [taken, again]
    assert (Term.objects.count(), Entry.objects.filter(act=Act.TERMS_IMPORTED).count()) == (total, 1)


def test_json_tells_the_figures() -> None:
    total = len(GOOD.read_bytes().splitlines()) - 1
    dry, first, second = (
        json.loads(run("import_terms", GOOD, "--json", *more)) for more in (["--dry-run"], [], [])
    )
    figures = {key: dry.pop(key) for key in ("new", "changed", "unchanged")}
    assert figures == {"new": total, "changed": 0, "unchanged": 0}
    assert (first["new"], second["new"], second["unchanged"]) == (total, 0, total)
    # The model statute has three seats of the council; the file has five.
    assert [(one["kind"], one["row"]) for one in dry["warnings"]] == [
        ("not in the statute", 5),
        ("not in the statute", 6),
    ]


def test_a_dry_run_changes_nothing() -> None:
    told = run("import_terms", GOOD, "--dry-run").splitlines()
    assert told[-1].startswith("Ensayo, no se guardó nada.")
    assert (Term.objects.count(), Entry.objects.filter(act=Act.TERMS_IMPORTED).count()) == (0, 0)


def test_json_lists_exactly_the_errors_of_a_spoiled_file() -> None:
    expected = json.loads(BAD.with_suffix(".expected.json").read_text())
    found = json.loads(refused("import_terms", BAD, "--json")[0])
    assert [(one["row"], one["column"], one["kind"]) for one in found] == [
        (one["row"], one["column"], one["kind"]) for one in expected
    ]
    assert Term.objects.count() == 0


def test_a_clash_with_the_books_is_a_row_and_a_sentence(tmp_path: Path) -> None:
    run("import_terms", GOOD)
    before = Term.objects.count()
    file = written(
        tmp_path,
        "Presidencia;1;01/01/2027;31/12/2027;Asamblea",
        "Sindicatura suplente;13;01/01/2028;31/12/2028;Asamblea",
        "Presidencia;1;01/05/2030;30/04/2032;Asamblea",
    )
    _out, err = refused("import_terms", file)
    lines = err.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Fila 2, Desde", "Fila 3, Desde", "2 errores"]
    assert "Rubén Herrera Ríos ocupa el cargo hasta el 30/04/2028" in lines[0]
    assert Term.objects.count() == before


def test_two_seats_for_one_member_with_the_books_is_told_too(tmp_path: Path) -> None:
    run("import_terms", written(tmp_path, "Presidencia;13;01/01/2027;31/12/2027;Asamblea"))
    file = written(tmp_path, "Tesorería;13;31/12/2027;30/06/2028;Asamblea")
    (found,) = json.loads(refused("import_terms", file, "--json")[0])
    assert (found["row"], found["column"], found["kind"]) == (2, "N° Socio", "two seats for one member")
    assert "ocupa Presidencia hasta el 31/12/2027" in found["message"]


def test_a_term_may_begin_the_day_after_another_ends(tmp_path: Path) -> None:
    run("import_terms", written(tmp_path, "Presidencia;13;01/01/2027;31/12/2027;Asamblea"))
    run("import_terms", written(tmp_path, "Presidencia;4;01/01/2028;31/12/2028;Asamblea"))
    assert Term.objects.count() == 2


def test_a_clash_that_only_the_database_sees_is_still_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def clash(**_: object) -> None:
        raise IntegrityError("term_one_holder_per_seat")

    monkeypatch.setattr("coop.council.management.commands.import_terms.import_terms", clash)
    with pytest.raises(CommandError, match="se cruza con uno ya asentado: no se cargó nada"):
        run("import_terms", GOOD)


def test_what_is_no_spreadsheet_is_one_error(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"%PDF-1.4")
    (found,) = json.loads(refused("import_terms", file, "--json")[0])
    assert found["kind"] == "file refused"
