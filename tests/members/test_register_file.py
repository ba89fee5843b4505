"""The register's spreadsheet: every problem at once, by row and column."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.common.spreadsheet import FileRefused
from coop.members.register_file import COLUMNS, RegisterFile, RegisterRow, read_register

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 21)
HEADER = [column.name for column in COLUMNS]
OMAR = {
    "N° Socio": "2",
    "Apellido y Nombre": "Agüero, Omar",
    "DNI": "22.133.967",
    "CUIL": "20-22133967-4",
    "Fecha de ingreso": "01/02/2002",
    "CBU": "0110975133459326511099",
    "Correo": "Omar@Ejemplo.coop",
    "Celular": "0299  15-637-5345",
    "Sección": " Hornos ",
    "Cuotas suscriptas": "100",
    "Cuotas integradas": "75,50",
}
HUGO = {
    "N° Socio": "9",
    "Apellido y Nombre": "Agüero, Hugo",
    "DNI": "14499808",
    "CUIL": "20144998082",
    "Fecha de ingreso": "01/02/2002",
}


def register(*rows: dict[str, str]) -> RegisterFile:
    lines = [HEADER, *([row.get(name, "") for name in HEADER] for row in rows)]
    quoted = (";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return read_register("\r\n".join(quoted).encode(), today=TODAY)


def kinds(file: RegisterFile) -> list[tuple[int, str, str]]:
    return [(problem.row, problem.column, problem.kind) for problem in file.problems]


def odd(file: RegisterFile) -> list[tuple[int, str, str]]:
    return [(warning.row, warning.column, warning.kind) for warning in file.warnings]


def from_file(name: str) -> RegisterFile:
    return read_register((DATA / name).read_bytes(), today=TODAY)


def test_a_sound_register_has_no_problem() -> None:
    file = from_file("padron.csv")
    assert file.problems == ()
    assert [member.number for member in file.members] == list(range(1, 85))


def test_a_spoiled_register_gives_exactly_the_expected_problems() -> None:
    expected = json.loads((DATA / "padron-con-errores.expected.json").read_text())
    file = from_file("padron-con-errores.csv")
    assert kinds(file) == [(it["row"], it["column"], it["kind"]) for it in expected]
    assert len(file.members) == 84 - len(expected)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_register_is_the_same_in_every_encoding(encoding: str, delimiter: str) -> None:
    text = (DATA / "padron.csv").read_bytes().decode("cp1252").replace(";", delimiter)
    assert read_register(text.encode(encoding), today=TODAY) == from_file("padron.csv")


def test_each_problem_shows_the_value_as_written_and_a_sentence() -> None:
    problems = from_file("padron-con-errores.csv").problems
    assert problems[0].value == "31/02/2015"
    assert "31/02/2015" in problems[0].message
    assert all(problem.message.endswith(".") for problem in problems)


def test_two_members_of_one_name_are_a_warning() -> None:
    assert odd(from_file("padron.csv")) == [
        (50, "Apellido y Nombre", "same name twice"),
        (83, "Apellido y Nombre", "same name twice"),
    ]


def test_a_row_is_read_cell_by_cell() -> None:
    assert register(OMAR).members == (
        RegisterRow(
            row=2,
            number=2,
            family_name="Agüero",
            given_names="Omar",
            document="22133967",
            tax_number="20221339674",
            joined_on=date(2002, 2, 1),
            left_on=None,
            leaving_reason="",
            section="Hornos",
            bank_account="0110975133459326511099",
            email="omar@ejemplo.coop",
            mobile="+54 9 299 637-5345",
            shares_subscribed=100,
            shares_paid_in=Decimal("75.50"),
        ),
    )


def test_what_may_be_missing_is_empty() -> None:
    file = register(HUGO)
    assert (file.problems, file.warnings) == ((), ())
    (hugo,) = file.members
    assert (hugo.left_on, hugo.section, hugo.bank_account, hugo.email, hugo.mobile) == (None, "", "", "", "")
    assert (hugo.shares_subscribed, hugo.shares_paid_in) == (0, Decimal(0))


@pytest.mark.parametrize("column", ["N° Socio", "Apellido y Nombre", "DNI", "CUIL", "Fecha de ingreso"])
def test_what_must_be_there_is_a_problem_when_empty(column: str) -> None:
    assert kinds(register(OMAR | {column: " \u00a0"})) == [(2, column, "empty")]


def test_every_column_must_be_there_since_a_missing_one_would_empty_the_register() -> None:
    file = read_register(b"N\xb0 Socio;DNI\r\n1;19891422\r\n", today=TODAY)
    assert [problem.column for problem in file.problems] == [
        n for n in HEADER if n not in {"N° Socio", "DNI"}
    ]
    assert {(problem.row, problem.kind) for problem in file.problems} == {(1, "missing column")}


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("N° Socio", "dos", "not a number"),
        ("N° Socio", "2,5", "not whole"),
        ("N° Socio", "-2", "negative"),
        ("N° Socio", "0", "zero"),
        ("N° Socio", "9999999999", "too large"),
        ("Apellido y Nombre", "Agüero Omar", "no comma"),
        ("Apellido y Nombre", ", Omar", "no comma"),
        ("Apellido y Nombre", "', Omar", "no comma"),
        ("Apellido y Nombre", "=HYPERLINK(1), Omar", "formula"),
        ("Apellido y Nombre", "Agü\ufffdro, Omar", "stray character"),
        ("Apellido y Nombre", "Agüero" * 11 + ", Omar", "too long"),
        ("Apellido y Nombre", "ﷺ" * 20 + ", Omar", "too long"),
        ("DNI", "22.133.967 M", "not a number"),
        ("DNI", "22133", "length"),
        ("DNI", "122133967", "length"),
        ("DNI", "22133968", "does not match CUIL"),
        ("CUIL", "20-22133967-5", "check digit"),
        ("CUIL", "20-2213396-4", "length"),
        ("CUIL", "99-22133967-4", "prefix"),
        ("CUIL", "51-22133967-4", "prefix"),
        ("CUIL", "2,02E+10", "not a number"),
        ("Fecha de ingreso", "ayer", "not a date"),
        ("Fecha de ingreso", "29/02/2001", "no such date"),
        ("Fecha de baja", "31/01/2002", "left before joining"),
        ("Fecha de baja", "-", "not a date"),
        ("Motivo de baja", "+Renuncia", "formula"),
        ("Motivo de baja", "x" * 81, "too long"),
        ("Sección", "@Hornos", "formula"),
        ("Sección", "x" * 61, "too long"),
        ("CBU", "1,10976E+20", "not a number"),
        ("CBU", "110975133459326511099", "length"),
        ("CBU", "0110975033459326511099", "check digit"),
        ("CBU", "0110975133459326511098", "check digit"),
        ("Correo", "omar en ejemplo", "not an e-mail"),
        ("Correo", "@ejemplo.coop", "formula"),
        ("Correo", "a" * 250 + "@ejemplo.coop", "too long"),
        ("Celular", "=1+1", "formula"),
        ("Celular", "+54 299 1234567+cmd", "formula"),
        ("Celular", "9" * 41, "too long"),
        ("Cuotas suscriptas", "-100", "negative"),
        ("Cuotas suscriptas", "cien", "not a number"),
        ("Cuotas integradas", "-0,01", "negative"),
        ("Cuotas integradas", "10,005", "too many decimals"),
        ("Cuotas integradas", "10.000.000.000", "too large"),
    ],
)
def test_a_wrong_cell_is_one_problem_of_its_own_column(column: str, value: str, kind: str) -> None:
    file = register(OMAR | {column: value})
    assert kinds(file) == [(2, column, kind)]
    assert file.members == ()


def test_all_problems_of_a_row_come_in_the_order_of_the_columns() -> None:
    spoiled = OMAR | {"Cuotas integradas": "x", "N° Socio": "x", "CBU": "1"}
    assert [column for _row, column, _kind in kinds(register(spoiled))] == [
        "N° Socio",
        "CBU",
        "Cuotas integradas",
    ]


@pytest.mark.parametrize(
    "tax_number",
    ["20-21960357-7", "23-21960357-6", "24-21960357-2", "25-21960357-9", "26-21960357-5", "27-21960357-1"],
)
def test_every_prefix_of_a_person_is_valid(tax_number: str) -> None:
    assert kinds(register(OMAR | {"DNI": "21.960.357", "CUIL": tax_number})) == []


def test_a_company_tax_number_is_a_warning_and_not_compared_with_the_document() -> None:
    file = register(OMAR | {"CUIL": "30-50001091-2"})
    assert (kinds(file), odd(file)) == ([], [(2, "CUIL", "company tax number")])


def test_a_document_of_six_digits_is_a_warning() -> None:
    file = register(OMAR | {"DNI": "123.456", "CUIL": "20-00123456-1"})
    assert (kinds(file), odd(file)) == ([], [(2, "DNI", "short document")])


def test_a_left_date_before_joining_is_a_problem_of_the_leaving_column() -> None:
    assert kinds(register(OMAR | {"Fecha de baja": "01/01/1999"})) == [
        (2, "Fecha de baja", "left before joining")
    ]


def test_leaving_on_the_day_of_joining_is_possible() -> None:
    assert kinds(register(OMAR | {"Fecha de baja": "01/02/2002", "Motivo de baja": "Renuncia"})) == []


def test_of_two_equal_values_the_later_row_is_the_problem() -> None:
    assert kinds(register(OMAR, HUGO | {"N° Socio": "2,00"})) == [(3, "N° Socio", "duplicate number")]
    assert kinds(register(OMAR, HUGO | {"Correo": "OMAR@ejemplo.coop"})) == [
        (3, "Correo", "duplicate e-mail")
    ]


def test_the_same_person_twice_is_one_problem_of_the_tax_number() -> None:
    twin = {name: OMAR[name] for name in ("Apellido y Nombre", "DNI", "CUIL", "Fecha de ingreso")}
    assert kinds(register(OMAR, twin | {"N° Socio": "3"})) == [(3, "CUIL", "duplicate tax number")]


def test_one_document_under_two_tax_numbers_is_a_problem_of_the_document() -> None:
    other = HUGO | {"DNI": OMAR["DNI"], "CUIL": "27-22133967-9"}
    assert kinds(register(OMAR, other)) == [(3, "DNI", "duplicate document")]


def test_a_number_repeated_from_a_spoiled_row_is_still_repeated() -> None:
    file = register(OMAR | {"CBU": "1"}, HUGO | {"N° Socio": "2"})
    assert kinds(file) == [(2, "CBU", "length"), (3, "N° Socio", "duplicate number")]


@pytest.mark.parametrize(
    ("cells", "column", "kind"),
    [
        ({"Fecha de baja": "01/03/2005"}, "Motivo de baja", "left without a reason"),
        ({"Motivo de baja": "Renuncia"}, "Fecha de baja", "reason without a leaving date"),
        ({"Fecha de ingreso": "22/11/2026"}, "Fecha de ingreso", "joined in the future"),
        (
            {"Fecha de baja": "22/11/2026", "Motivo de baja": "Jubilación"},
            "Fecha de baja",
            "leaves in the future",
        ),
        ({"Cuotas integradas": "100,01"}, "Cuotas integradas", "paid in more than subscribed"),
        ({"Celular": "el de la hija"}, "Celular", "not a phone number"),
        ({"Apellido y Nombre": "Agüero,"}, "Apellido y Nombre", "no given names"),
    ],
)
def test_what_is_odd_but_possible_is_a_warning(cells: dict[str, str], column: str, kind: str) -> None:
    file = register(OMAR | cells)
    assert (kinds(file), odd(file)) == ([], [(2, column, kind)])
    assert len(file.members) == 1


def test_a_shared_bank_account_is_a_warning() -> None:
    file = register(OMAR, HUGO | {"CBU": OMAR["CBU"]})
    assert (kinds(file), odd(file)) == ([], [(3, "CBU", "same bank account twice")])


def test_joining_today_is_not_the_future() -> None:
    assert odd(register(OMAR | {"Fecha de ingreso": "21/11/2026"})) == []


@pytest.mark.parametrize("mobile", ["+54 9 299 637-5345", "0299 15-637-5345", "(0299) 15.637.5345"])
def test_a_phone_is_kept_in_one_form_however_it_is_written(mobile: str) -> None:
    assert register(OMAR | {"Celular": mobile}).members[0].mobile == "+54 9 299 637-5345"


def test_a_number_that_could_not_ring_stays_as_it_is_written() -> None:
    assert register(OMAR | {"Celular": "0299 15-637"}).members[0].mobile == "0299 15-637"


def test_a_script_in_a_name_is_kept_as_text() -> None:
    file = register(OMAR | {"Apellido y Nombre": "<script>alert(1)</script>, Omar"})
    assert file.members[0].family_name == "<script>alert(1)</script>"


cells = st.dictionaries(st.sampled_from(HEADER), st.text(max_size=30).filter(lambda it: "\0" not in it))


@given(st.lists(cells, min_size=1, max_size=4))
def test_no_cell_whatever_it_holds_breaks_the_reading(spoiled: list[dict[str, str]]) -> None:
    try:
        file = register(*(OMAR | row for row in spoiled))
    except FileRefused:
        pytest.fail("a quoted cell is never a reason to refuse the file")
    bad = {problem.row for problem in file.problems}
    assert len({(problem.row, problem.column) for problem in file.problems}) == len(file.problems)
    assert not bad & {member.row for member in file.members}
