"""Acts on terms in the browser."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from coop.common.time import midnight
from coop.council.models import HowEnded, SeatCode, Term, TermsUpload
from coop.council.seating import end_term
from coop.members.importing import import_register
from coop.members.models import Member
from coop.powers import Power, may, system
from coop.statute.models import Matter, Resolution
from tests.support import people
from tests.support.book import paper_resolution

pytestmark = pytest.mark.django_db
DATA = Path(settings.BASE_DIR) / "tests" / "data"
NEW, IMPORT = "/consejo/mandatos/nuevos/", "/consejo/mandatos/importar/"


def elected(president: Member, secretary: Member, matter: Matter = Matter.ELECTION) -> Resolution:
    today = timezone.localdate()
    return paper_resolution(today, "Elección del consejo", matter, by=secretary, confirmed_by=president)


def chosen(resolution: object, **seats: object) -> dict[str, str]:
    today = timezone.localdate()
    return {"resolution": str(resolution), "first": today.isoformat(), "last_day": ""} | {
        code: str(number) for code, number in seats.items()
    }


def test_a_council_takes_its_seats_by_one_resolution_after_a_look(members, president, secretary):
    keeper = people.client_of(secretary)
    data = chosen(elected(president, secretary), treasurer=4, alternate_1=5)
    body = keeper.post(NEW, data).content.decode()
    assert "Omar Águila" in body
    assert "Todavía no se guardó nada" in body
    assert Term.objects.count() == 2
    answer = keeper.post(NEW, data | {"confirmado": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/consejo/")
    assert Term.objects.count() == 4
    assert may(members[3].actor, Power.KEEP_ACCOUNTS, timezone.now())


def test_who_corrects_after_the_look_finds_what_they_had_typed(members, president, secretary):
    keeper = people.client_of(secretary)
    data = chosen(elected(president, secretary), treasurer=4, alternate_1=5)
    body = keeper.post(NEW, data).content.decode()
    assert 'name="corregir"' in body
    assert "empezar de nuevo" not in body
    answer = keeper.post(NEW, data | {"corregir": "1"})
    body = answer.content.decode()
    assert (answer.status_code, Term.objects.count()) == (200, 2)
    assert "Ver antes de asentar" in body
    assert 'value="4"' in body
    assert 'value="5"' in body
    assert f'value="{data["resolution"]}"' in body


def test_one_wrong_seat_keeps_everybody_out_and_says_which(members, president, secretary):
    keeper = people.client_of(secretary)
    data = chosen(elected(president, secretary), treasurer=4, alternate_1=1) | {"confirmado": "1"}
    answer = keeper.post(NEW, data)
    assert (answer.status_code, Term.objects.count()) == (422, 2)
    assert list(answer.context["form"].errors) == ["alternate_1"]
    assert "ya ocupa Presidencia" in str(answer.context["form"].errors)
    assert 'value="4"' in answer.content.decode()


@pytest.mark.parametrize(
    ("seats", "where"), [({}, "__all__"), ({"treasurer": 99}, "treasurer"), ({"treasurer": "x"}, "treasurer")]
)
def test_what_was_typed_wrong_is_told_where(members, president, secretary, seats, where):
    answer = people.client_of(secretary).post(NEW, chosen(elected(president, secretary), **seats))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [where])


def test_the_decision_of_another_matter_seats_nobody(members, president, secretary):
    told = elected(president, secretary, Matter.ORDINARY_DECISION)
    answer = people.client_of(secretary).post(NEW, chosen(told, treasurer=4) | {"confirmado": "1"})
    assert answer.status_code == 422
    assert "lo da una elección" in answer.content.decode()


def test_a_term_page_names_the_decision_and_links_it(members, president, secretary):
    keeper = people.client_of(secretary)
    told = elected(president, secretary)
    keeper.post(NEW, chosen(told, treasurer=4) | {"confirmado": "1"})
    term = Term.objects.get(seat__code="treasurer")
    body = people.client_of(members[4]).get(f"/consejo/mandatos/{term.pk}/").content.decode()
    assert f"/resoluciones/{told.year}/{told.number}/" in body
    assert "Asentar que termina antes" not in body
    body = keeper.get(f"/libros/resoluciones/{told.year}/{told.number}/").content.decode()
    assert f"/consejo/mandatos/{term.pk}/" in body


def test_a_term_page_says_days_and_the_hour_only_where_there_is_one(members, secretary):
    end = midnight(timezone.localdate() + timedelta(days=40), timezone.get_current_timezone())
    term = people.give_seat(members[3], SeatCode.TREASURER, end=end)
    now = timezone.now()
    end_term(term_id=term.pk, how=HowEnded.RESIGNED, ends_at=now, by=system(), at=now)
    body = people.client_of(members[4]).get(f"/consejo/mandatos/{term.pk}/").content.decode()
    facts = body[body.index('class="facts"') : body.index("</dl>")]
    assert f"{timezone.localdate() + timedelta(days=39):%d/%m/%Y}" in facts
    assert "0:00" not in facts
    assert f"{timezone.localtime(now):%H:%M}".lstrip("0") in facts


def test_a_resignation_of_today_ends_the_right_at_once_in_an_open_session(
    members, president, secretary, treasurer
):
    term = Term.objects.get(seat__code="treasurer")
    client = people.client_of(president)
    keeper = people.client_of(secretary)
    own = Term.objects.get(seat__code="president")
    url = f"/consejo/mandatos/{own.pk}/vacante/"
    assert client.get("/asambleas/convocar/").status_code == 200
    data = {"how": "resigned", "day": timezone.localdate().isoformat(), "resolution": "", "note": "Nota"}
    answer = client.post(f"/consejo/mandatos/{own.pk}/terminar/", data)
    assert answer.status_code == 302
    own.refresh_from_db()
    assert own.how_ended == HowEnded.RESIGNED
    refused = client.post("/asambleas/convocar/", {})
    assert refused.status_code == 403
    assert "no tenés un cargo" in refused.content.decode()
    assert "la sindicatura nombra" in keeper.get(url).content.decode()
    assert term.during


def test_a_term_does_not_end_yesterday(members, secretary, treasurer):
    term = Term.objects.get(seat__code="treasurer")
    data = {"how": "resigned", "day": (timezone.localdate() - timedelta(days=1)).isoformat()}
    answer = people.client_of(secretary).post(f"/consejo/mandatos/{term.pk}/terminar/", data)
    assert answer.status_code == 422
    assert "no termina hacia atrás" in answer.content.decode()


def test_a_vacancy_is_filled_by_the_alternate_with_one_press(members, president, secretary, treasurer):
    people.give_seat(members[4], SeatCode.ALTERNATE_1)
    term = Term.objects.get(seat__code="treasurer")
    now = timezone.now()
    end_term(term_id=term.pk, how=HowEnded.RESIGNED, ends_at=now, by=system(), at=now)
    url = f"/consejo/mandatos/{term.pk}/vacante/"
    assert "Asentar que asume" not in people.client_of(members[5]).get(url).content.decode()
    keeper = people.client_of(president)
    assert "Asentar que asume Irma Zapata" in keeper.get(url).content.decode()
    assert "Tesorería quedó vacante" in keeper.get("/").content.decode()
    assert keeper.post(url).status_code == 302
    assert may(members[4].actor, Power.KEEP_ACCOUNTS, timezone.now())
    assert "ya no hay nada que cubrir" in keeper.get(url).content.decode()


def test_the_auditor_names_somebody_when_no_alternate_is_left(members, secretary, treasurer):
    people.give_seat(members[4], SeatCode.AUDITOR)
    term = Term.objects.get(seat__code="treasurer")
    now = timezone.now()
    end_term(term_id=term.pk, how=HowEnded.RESIGNED, ends_at=now, by=system(), at=now)
    auditor = people.client_of(members[4])
    url = f"/consejo/mandatos/{term.pk}/vacante/"
    answer = auditor.post(url, {"member": "2"})
    assert (answer.status_code, "ya ocupa Secretaría" in answer.content.decode()) == (422, True)
    assert auditor.post(url, {"member": "7"}).status_code == 302
    assert may(members[6].actor, Power.KEEP_ACCOUNTS, timezone.now())


def sent(name: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, (DATA / name).read_bytes())}


def test_the_spoiled_file_gives_exactly_its_expected_list_in_the_browser(members, secretary):
    import_register(content=(DATA / "padron.csv").read_bytes(), by=system(), at=timezone.now())
    answer = people.client_of(secretary).post(IMPORT, sent("mandatos-con-errores.csv"))
    assert answer.status_code == 422
    expected = json.loads((DATA / "mandatos-con-errores.expected.json").read_text())
    found = [
        {"row": one.row, "column": one.column, "kind": one.kind}
        for one in answer.context["seen"].problems
        if "Ya está asentado" not in one.message
    ]
    assert found == [{key: one[key] for key in ("row", "column", "kind")} for one in expected]
    assert TermsUpload.objects.count() == 0


def test_who_looks_at_a_file_and_confirms_takes_it_in_once(members, secretary):
    content = "Cargo;N° Socio;Desde;Hasta;Acta\r\nTesorería;4;01/05/2020;30/04/2022;Asamblea 2020"
    keeper = people.client_of(secretary)
    answer = keeper.post(IMPORT, {"file": SimpleUploadedFile("m.csv", content.encode())})
    assert "Omar Águila" in answer.content.decode()
    assert Term.objects.count() == 1
    key = TermsUpload.objects.get().key
    stranger = people.client_of(members[0])
    assert stranger.post(f"{IMPORT}{key}/").status_code == 403
    assert keeper.post(f"{IMPORT}{key}/")["Location"] == "/consejo/"
    assert Term.objects.count() == 2
    keeper.post(f"{IMPORT}{key}/")
    assert Term.objects.count() == 2
    again = keeper.post(IMPORT, {"file": SimpleUploadedFile("m.csv", content.encode())})
    assert "no cambia nada" in again.content.decode()


@pytest.mark.parametrize("content", [b"%PDF-1.4", b""])
def test_what_is_no_spreadsheet_is_told_at_the_field(members, secretary, content):
    answer = people.client_of(secretary).post(IMPORT, {"file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 422
    assert "file" in answer.context["form"].errors


@pytest.mark.parametrize("path", ["nuevos/", "importar/", "{term}/terminar/", "{term}/", "{term}/vacante/"])
def test_who_may(client, members, secretary, treasurer, path):
    """A stranger signs in first; a member reads; only who keeps the terms acts."""
    term = Term.objects.get(seat__code="treasurer")
    url = "/consejo/mandatos/" + path.format(term=term.pk)
    acts = not path.endswith(("{term}/", "vacante/"))
    assert client.get(url).status_code == 302
    assert people.client_of(members[4]).get(url).status_code == (403 if acts else 200)
    assert people.client_of(secretary).get(url).status_code == 200
    if acts:
        assert people.client_of(members[4]).post(url, {}).status_code == 403
    elif path.endswith("vacante/"):
        assert people.client_of(members[4]).post(url).status_code == 403
