import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coop.members.models import Member, RegisterUpload
from coop.record.models import Act, Entry
from tests.support import people

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data"
URL = "/registro/importar/"
HEADER = (
    "N° Socio;Apellido y Nombre;DNI;CUIL;Fecha de ingreso;Fecha de baja;Motivo de baja;Sección;CBU;Correo;"
    "Celular;Cuotas suscriptas;Cuotas integradas"
)


@pytest.fixture
def client(secretary: Member) -> Client:
    return people.client_of(secretary)


@pytest.fixture
def keeper(cooperative: object) -> Client:
    """The secretary, alone on the register with number 900: the file's numbers are free."""
    member = people.new_member(900, "Quiroga", "Élida")
    member.save()
    people.give_seat(member, "secretary")
    return people.client_of(member)


def send(client: Client, content: bytes, name: str = "padron.csv") -> object:
    return client.post(URL, {"file": SimpleUploadedFile(name, content)})


def row(number: int, name: str = "Prueba, Ana", document: str = "30111222", section: str = "Hornos") -> str:
    tax_number = people.tax_number(document)
    return f"{number};{name};{document};{tax_number};01/02/2020;;;{section};;;;100;5,00"


def test_a_good_file_is_shown_first_and_taken_in_when_confirmed(keeper: Client) -> None:
    seen = send(keeper, (DATA / "padron.csv").read_bytes())
    assert seen.status_code == 200
    assert len(seen.context["seen"].new) == 84
    assert Member.objects.count() == 1
    key = RegisterUpload.objects.get().key
    done = keeper.post(f"{URL}{key}/", follow=True)
    assert "Registro cargado: 84 personas nuevas" in done.content.decode()
    assert Member.objects.count() == 85
    assert RegisterUpload.objects.count() == 0
    told = Entry.objects.get(act=Act.REGISTER_IMPORTED).facts
    assert (told["new"], told["changed"], told["unchanged"]) == (84, 0, 0)


def test_the_same_file_twice_says_that_it_changes_nothing(keeper: Client) -> None:
    content = (DATA / "padron.csv").read_bytes()
    send(keeper, content)
    keeper.post(f"{URL}{RegisterUpload.objects.get().key}/")
    again = send(keeper, content)
    assert again.status_code == 200
    assert "Esta planilla no cambia nada" in again.content.decode()
    assert RegisterUpload.objects.count() == 0


def test_every_error_is_shown_at_once_and_nothing_is_kept(keeper: Client) -> None:
    expected = json.loads((DATA / "padron-con-errores.expected.json").read_text())
    answer = send(keeper, (DATA / "padron-con-errores.csv").read_bytes())
    found = answer.context["seen"].problems
    assert answer.status_code == 422
    assert [(one.row, one.column) for one in found] == [(one["row"], one["column"]) for one in expected]
    assert answer.content.decode().count('data-label="Dice"') == len(expected)
    assert (Member.objects.count(), RegisterUpload.objects.count()) == (1, 0)


def test_a_change_is_shown_field_by_field(keeper: Client) -> None:
    send(keeper, "\n".join([HEADER, row(1)]).encode())
    keeper.post(f"{URL}{RegisterUpload.objects.get().key}/")
    changed = row(1, section="").replace("2020", "2021").replace("5,00", "50,5")
    answer = send(keeper, "\n".join([HEADER, changed]).encode())
    shown = [(str(one["field"]), one["before"], one["after"]) for one in answer.context["changes"]]
    assert shown == [
        ("Ingreso", "01/02/2020", "01/02/2021"),
        ("Sección", "Hornos", ""),
        ("Cuotas integradas", "5,00", "50,50"),
    ]
    done = keeper.post(f"{URL}{RegisterUpload.objects.get().key}/", follow=True)
    assert "1 con cambios" in done.content.decode()


def test_a_file_confirmed_twice_is_taken_in_once(keeper: Client) -> None:
    send(keeper, "\n".join([HEADER, row(1)]).encode())
    key = RegisterUpload.objects.get().key
    keeper.post(f"{URL}{key}/")
    again = keeper.post(f"{URL}{key}/", follow=True)
    assert "ya se cargó" in again.content.decode()
    assert Entry.objects.filter(act=Act.REGISTER_IMPORTED).count() == 1


def test_a_file_that_has_become_wrong_meanwhile_is_refused_whole(keeper: Client) -> None:
    send(keeper, "\n".join([HEADER, row(1), row(2, document="30111333")]).encode())
    people.new_member(7, "Otra", "Persona", tax_number=people.tax_number("30111333")).save()
    answer = keeper.post(f"{URL}{RegisterUpload.objects.get().key}/")
    assert answer.status_code == 422
    assert "no se cargó nada" in answer.content.decode()
    assert Member.objects.filter(number__in=[1, 2]).count() == 0


def test_another_officer_cannot_confirm_what_they_did_not_see(keeper: Client) -> None:
    send(keeper, "\n".join([HEADER, row(1)]).encode())
    other = people.new_member(901, "Otro", "Cargo")
    other.save()
    key = RegisterUpload.objects.get().key
    assert people.client_of(other).post(f"{URL}{key}/").status_code == 403
    assert Member.objects.filter(number=1).count() == 0


def test_ten_megabytes_of_rubbish_are_refused_by_their_size(client: Client) -> None:
    answer = send(client, b"\x00\xffbasura;" * (10 * 1024 * 1024 // 9))
    assert answer.status_code == 422
    assert "El archivo pesa 10 MB y el máximo son 2 MB" in answer.content.decode()
    assert RegisterUpload.objects.count() == 0


@pytest.mark.parametrize(
    "content", [b"", b"   \n", b"PK\x03\x04 planilla", b"%PDF-1.4", b"\x00\x01\x02" * 99, b"<html><body>"]
)
def test_what_is_no_spreadsheet_is_refused_with_what_to_do(client: Client, content: bytes) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert "Guardá la planilla como CSV" in answer.content.decode()


def test_no_file_at_all_says_so(client: Client) -> None:
    answer = client.post(URL, {})
    assert answer.status_code == 422
    assert "Elegí el archivo que querés cargar" in answer.content.decode()


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://evil.example";"x")', "<script>alert(1)</script>"])
def test_a_formula_or_a_script_in_a_cell_is_only_ever_text(keeper: Client, cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    body = send(keeper, "\n".join([HEADER, row(1, name=quoted)]).encode()).content.decode()
    assert "<script>alert(1)" not in body
    assert "href=&quot;http://evil" not in body
    assert 'href="http://evil' not in body


def test_a_script_in_the_files_own_name_is_text(keeper: Client) -> None:
    body = send(keeper, HEADER.encode(), name="<img src=x onerror=alert(1)>.csv").content.decode()
    assert "<img src=x" not in body


def test_a_member_without_the_power_cannot_upload(member: Member) -> None:
    answer = send(people.client_of(member), HEADER.encode())
    assert answer.status_code == 403
    assert RegisterUpload.objects.count() == 0


def test_uploads_that_nobody_confirms_are_forgotten_after_a_day(keeper: Client) -> None:
    from coop.members.importing import UPLOAD_WAITS, forget_uploads

    send(keeper, "\n".join([HEADER, row(1)]).encode())
    assert forget_uploads(timezone.now()) == 0
    assert forget_uploads(timezone.now() + UPLOAD_WAITS) == 1
