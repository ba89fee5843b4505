import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from coop.members.models import Account, Member
from coop.record.models import Act, Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cooperative")]
DATA = Path(__file__).parent.parent / "data"
GOOD, BAD = DATA / "padron.csv", DATA / "padron-con-errores.csv"


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


def test_takes_the_register_in_and_says_how_many() -> None:
    assert run("import_members", GOOD).splitlines()[-1] == (
        "Registro cargado. Nuevas: 84. Con cambios: 0. Sin cambios: 0."
    )
    assert Member.objects.count() == 84
    assert Entry.objects.get().actor_name == "administración técnica"


def test_the_same_file_twice_changes_nothing_and_says_so() -> None:
    run("import_members", GOOD)
    last = run("import_members", GOOD).splitlines()[-1]
    assert last == "El archivo no cambia nada: las 84 personas ya figuran igual en el registro."
    assert Entry.objects.count() == 1


def test_json_tells_the_same_figures() -> None:
    first, second = (json.loads(run("import_members", GOOD, "--json")) for _ in range(2))
    assert (first["new"], first["changed"], first["unchanged"]) == (84, 0, 0)
    assert (second["new"], second["changed"], second["unchanged"]) == (0, 0, 84)
    assert all(set(one) == {"row", "column", "kind", "message"} for one in first["warnings"])


def test_a_dry_run_changes_nothing() -> None:
    assert run("import_members", GOOD, "--dry-run").splitlines()[-1] == (
        "Ensayo, no se guardó nada. Nuevas: 84. Con cambios: 0. Sin cambios: 0."
    )
    assert (Member.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_json_lists_exactly_the_errors_of_a_spoiled_file(dry: list[str]) -> None:
    expected = json.loads(BAD.with_suffix(".expected.json").read_text())
    out, err = refused("import_members", BAD, "--json", *dry)
    found = json.loads(out)
    assert [(one["row"], one["column"], one["kind"]) for one in found] == [
        (one["row"], one["column"], one["kind"]) for one in expected
    ]
    assert [set(one) for one in found] == [{"row", "column", "kind", "message"}] * len(expected)
    assert (err, Member.objects.count()) == ("", 0)


def test_errors_are_plain_lines_too() -> None:
    expected = json.loads(BAD.with_suffix(".expected.json").read_text())
    out, err = refused("import_members", BAD)
    assert out == ""
    assert [line.split(":")[0] for line in err.splitlines()] == [
        *(f"Fila {one['row']}, {one['column']}" for one in expected),
        f"{len(expected)} errores",
    ]


def test_what_is_no_spreadsheet_is_one_error(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"%PDF-1.4")
    (found,) = json.loads(refused("import_members", file, "--json")[0])
    assert (found["row"], found["column"], found["kind"]) == (0, "", "file refused")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        run("import_members", tmp_path / "nada.csv")


# --- set_password ---


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))


def test_sets_a_password_and_records_only_that_it_was_done(
    members: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "tornillo-y-yerba-9")
    said = run("set_password", "4", "--stdin")
    assert Account.objects.get(member__number=4).check_password("tornillo-y-yerba-9")
    entry = Entry.objects.get(act=Act.ACCESS_GIVEN)
    assert (entry.actor_number, entry.facts) == (
        None,
        {"member": 4, "name": "Omar Águila", "way": "command line"},
    )
    assert "tornillo" not in entry.sealed + said


@pytest.mark.parametrize(("number", "password"), [("4", "corta"), ("99", "tornillo-y-yerba-9")])
def test_refuses_a_weak_password_and_an_unknown_number(
    members: list[Member], monkeypatch: pytest.MonkeyPatch, number: str, password: str
) -> None:
    typed(monkeypatch, password)
    with pytest.raises(CommandError):
        run("set_password", number, "--stdin")
    assert Entry.objects.count() == 0


def test_asks_twice_at_the_prompt(members: list[Member], monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["tornillo-y-yerba-9", "tornillo-y-yerba-8", *["tornillo-y-yerba-9"] * 2])
    monkeypatch.setattr("coop.members.management.commands.set_password.getpass", lambda prompt: next(answers))
    with pytest.raises(CommandError, match="no son iguales"):
        run("set_password", "4")
    run("set_password", "4")
    assert Account.objects.get(member__number=4).check_password("tornillo-y-yerba-9")
