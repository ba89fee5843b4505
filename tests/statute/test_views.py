"""The statute in the browser: read, drafted by sections, compared; the cooperative's own data."""

import json
import struct
import zlib
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from stdnum.ar import cuit

from coop.council.models import SeatCode
from coop.members.models import Member
from coop.record.models import Act, Entry
from coop.statute import drafting
from coop.statute.fiscal import fiscal_year
from coop.statute.forms import SectionForm, is_section
from coop.statute.logo_file import JPEG, PNG, picture
from coop.statute.meanings import sections
from coop.statute.models import Cooperative, Logo, StatuteDraft, StatuteReform, StatuteVersion
from coop.statute.ready_made import READY_MADE
from coop.statute.rules import MODEL_STATUTE, Rules, seal_of
from tests.statute.test_reforms import changed
from tests.support.people import Instants, client_of, give_seat, make_members
from tests.support.reform import reform


@pytest.fixture
def members(cooperative: Cooperative) -> list[Member]:
    found = make_members()
    give_seat(found[0], SeatCode.PRESIDENT)
    give_seat(found[1], SeatCode.SECRETARY)
    return found


@pytest.fixture
def secretary(members: list[Member]) -> Client:
    return client_of(members[1])


def png(width: int = 40, height: int = 20) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\0" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def typed(form: SectionForm) -> dict[str, object]:
    """What a browser sends when nothing is touched."""
    sent: dict[str, object] = {}
    for name in form.fields:
        value = form.initial.get(name)
        if value is True:
            sent[name] = "on"
        elif value is not None and value is not False and value != "":
            sent[name] = value
    return sent


# --- reading ---


@pytest.mark.django_db
def test_every_member_reads_each_rule_with_its_source(members, cooperative):
    page = client_of(members[4]).get(reverse("statute:statute")).content.decode()
    for sentence in (
        "A la hora: la mitad más uno del padrón; 30 minutos después: con quienes estén.",
        "La convocatoria sale 15 días antes por lo menos.",
        "Se aprueba con al menos 2/3 de los votos SÍ y NO; quien se abstiene no cuenta.",
        "Por año, hasta el 5 % del capital integrado, por orden de llegada.",
        "ET 41",
        "ley 20.337, art. 42",
    ):
        assert sentence in page


@pytest.mark.django_db
def test_an_old_version_says_that_it_is_old_and_what_came_after(members):
    first = StatuteVersion.objects.get()
    later = reform(date(2020, 7, 1), changed(), title="Reforma de 2020")
    reader = client_of(members[4])
    old = reader.get(reverse("statute:version", args=[first.pk])).content.decode()
    assert "Este ya no vale" in old
    new = reader.get(reverse("statute:version", args=[later.pk]) + "?cambios").content.decode()
    assert "3 titulares y 2 suplentes." in new
    assert "5 titulares y 2 suplentes." in new
    assert "resolución 1/2020" in new


@pytest.mark.django_db
def test_a_version_to_come_is_announced(members):
    reform(date(2125, 7, 1), changed(), title="Reforma del siglo")
    page = client_of(members[4]).get(reverse("statute:statute")).content.decode()
    assert "Desde el 01/07/2125 vale otro: «Reforma del siglo»." in page


@pytest.mark.django_db
def test_whoever_downloads_a_version_works_out_its_code(members):
    held = StatuteVersion.objects.get()
    answer = client_of(members[4]).get(reverse("statute:version_data", args=[held.pk]))
    assert seal_of(json.loads(answer.content)) == held.sha256


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["statute", "reforms", "house"])
def test_a_page_costs_the_same_however_many_versions(members, name):
    reader, counts = client_of(members[4]), []
    for year in (2010, 2014, 2018):
        reform(date(year, 7, 1), changed(seats=year % 10 + 4), title=f"Reforma de {year}")
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(reverse(f"statute:{name}")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2] <= 12


# --- every section can be typed ---


@pytest.mark.parametrize("key", READY_MADE)
def test_what_nobody_touched_stays_as_it_was_in_every_section(key):
    document = READY_MADE[key].rules.to_json()
    labels = drafting.matter_labels()
    seen = [one.key for one in sections(Rules.from_json(document), labels) if is_section(one.key, document)]
    assert len(seen) > 25
    for section in seen:
        sent = typed(SectionForm(section=section, document=document, matters=labels))
        form = SectionForm(sent, section=section, document=document, matters=labels)
        assert form.is_valid(), (section, form.errors)
        assert form.edited() == document, section


def test_every_value_of_the_document_has_a_field():
    """Each leaf is reached by some section's form: change it there, and nowhere else."""
    document, labels = MODEL_STATUTE.to_json(), drafting.matter_labels()
    told = {section for section in document if section != "law"}
    reached = {
        one.key.partition(".")[0] for one in sections(MODEL_STATUTE, labels) if is_section(one.key, document)
    }
    assert reached == told
    for chapter in told - {"assemblies", "majorities", "surplus", "pay"}:
        form = SectionForm(section=chapter, document=document, matters=labels)
        keys = {key for ask in form.asked for key in ask.keys}
        keys |= {form.rows.kind.name} if form.rows else set()
        assert keys == set(document[chapter]), chapter
    form = SectionForm(section="majorities.recall", document=document, matters=labels)
    assert {key for ask in form.asked for key in ask.keys} == set(document["majorities"]["recall"])


@pytest.mark.django_db
def test_a_section_is_saved_and_the_draft_tells_the_difference(members, secretary):
    draft = drafting.begin(title="Reforma", by=members[1].actor, at=Instants.convening)
    url = reverse("statute:edit_section", args=[draft.key, "majorities.statute_reform"])
    form = SectionForm(
        section="majorities.statute_reform", document=draft.document, matters=drafting.matter_labels()
    )
    sent = typed(form) | {"numerator": "75 %", "base": "present", "turn": "0"}
    assert secretary.post(url, sent).status_code == 302
    draft.refresh_from_db()
    rule = draft.document["majorities"]["statute_reform"]
    assert (rule["numerator"], rule["denominator"], rule["base"]) == (3, 4, "present")
    page = secretary.get(reverse("statute:draft", args=[draft.key])).content.decode()
    assert "tres cuartos de quienes están presentes" in page


@pytest.mark.django_db
def test_a_problem_stands_at_its_field_and_what_was_typed_stays(members, secretary):
    draft = drafting.begin(title="Reforma", by=members[1].actor, at=Instants.convening)
    url = reverse("statute:edit_section", args=[draft.key, "surplus"])
    form = SectionForm(section="surplus", document=draft.document, matters=drafting.matter_labels())
    sent = typed(form) | {
        "turn": "0",
        "funds__1__name": "",
        "funds__3__name": "Fondo solidario",
        "funds__3__rate": "95",
    }
    answer = secretary.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Los fondos suman más que todo el excedente." in page
    assert 'value="Fondo solidario"' in page
    assert secretary.post(url, sent | {"funds__3__rate": "5"}).status_code == 302
    draft.refresh_from_db()
    assert [fund["name"] for fund in draft.document["surplus"]["funds"]] == [
        "reserva legal",
        "educación y capacitación cooperativas",
        "Fondo solidario",
    ]


@pytest.mark.django_db
def test_a_row_that_was_left_blank_does_not_move_the_blame(members, secretary):
    draft = drafting.begin(title="Reforma", by=members[1].actor, at=Instants.convening)
    labels = drafting.matter_labels()
    form = SectionForm(section="surplus", document=draft.document, matters=labels)
    sent = typed(form) | {"turn": "0", "funds__0__name": "", "funds__3__name": "¡!", "funds__3__rate": "1"}
    page = secretary.post(reverse("statute:edit_section", args=[draft.key, "surplus"]), sent)
    assert page.context["form"].errors == {"funds__3__name": ["Un fondo necesita un nombre con letras."]}


@pytest.mark.django_db
def test_a_save_over_somebody_elses_is_refused_and_shows_what_was_typed(members, secretary):
    draft = drafting.begin(title="Reforma", by=members[1].actor, at=Instants.convening)
    labels = drafting.matter_labels()
    url = reverse("statute:edit_section", args=[draft.key, "council"])
    sent = typed(SectionForm(section="council", document=draft.document, matters=labels))
    drafting.edit(
        key=draft.key, turn=0, document=changed(seats=9), by=members[0].actor, at=Instants.convening
    )
    answer = secretary.post(url, sent | {"seats": "7", "turn": "0"})
    assert answer.status_code == 422
    assert members[0].name in answer.content.decode()
    assert answer.context["form"]["seats"].value() == "7"
    draft.refresh_from_db()
    assert draft.document["council"]["seats"] == 9


@pytest.mark.django_db
def test_from_the_first_word_to_the_presented_reform(members, secretary):
    begun = secretary.post(
        reverse("statute:begin"), {"title": "Reforma de 2026", "why": "Para rotar.", "holds_from": ""}
    )
    draft = StatuteDraft.objects.get()
    assert begun.url == reverse("statute:draft", args=[draft.key])
    url = reverse("statute:edit_section", args=[draft.key, "rotation"])
    sent = {
        "most_terms": "1",
        "cool_off_years": "2",
        "everyone_once": "on",
        "counts": "council",
        "source": "art. 50",
        "turn": "1",
    }
    assert secretary.post(url, sent).status_code == 302
    assert secretary.post(reverse("statute:present", args=[draft.key]), {"turn": "2"}).status_code == 302
    held = StatuteReform.objects.get()
    page = client_of(members[5]).get(reverse("statute:reform", args=[held.pk])).content.decode()
    for told in ("Para rotar.", "Hasta 1 mandato seguido por persona.", "art. 50", held.code):
        assert told in page


# --- the cooperative ---


@pytest.mark.django_db
def test_what_changes_of_the_cooperative_is_on_the_record(members, secretary):
    known = {"fiscal_day": "30", "fiscal_month": "6", "currency": "ARS", "language": "es-ar"}
    sent = known | {
        "name": "Cerámica",
        "legal_name": "Cooperativa de Trabajo Cerámica Ltda.",
        "tax_number": "30-71000001-3",
        "zone": "America/Argentina/Buenos_Aires",
        "founded_on": "2002-02-20",
    }
    wrong = secretary.post(reverse("statute:house_change"), sent)
    assert "Ese CUIT no existe" in wrong.content.decode()
    body = "3071000001"
    sent["tax_number"] = body + cuit.calc_check_digit(body)
    assert secretary.post(reverse("statute:house_change"), sent).status_code == 302
    house = Cooperative.objects.get()
    assert (house.full_name, house.founded_on, house.fiscal_month) == (
        "Cooperativa de Trabajo Cerámica Ltda.",
        date(2002, 2, 20),
        6,
    )
    entry = Entry.objects.get(act=Act.COOPERATIVE_CHANGED)
    assert entry.facts["fields"] == [
        "name",
        "legal_name",
        "tax_number",
        "founded_on",
        "fiscal_day",
        "fiscal_month",
    ]
    assert secretary.post(reverse("statute:house_change"), sent).status_code == 302
    assert Entry.objects.filter(act=Act.COOPERATIVE_CHANGED).count() == 1


@pytest.mark.django_db
def test_a_day_that_its_month_does_not_have_is_refused(members, secretary):
    sent = {"name": "x", "fiscal_day": "31", "fiscal_month": "2", "currency": "ARS", "language": "es-ar"}
    answer = secretary.post(
        reverse("statute:house_change"), sent | {"zone": "America/Argentina/Buenos_Aires"}
    )
    assert answer.status_code == 422
    assert "Ese mes tiene 28 días." in answer.content.decode()


@pytest.mark.django_db
def test_a_logo_is_told_by_its_bytes_and_served_as_what_it_is(members, secretary, tmp_path):
    url = reverse("statute:house_change")
    for name, content, says in (
        ("a.png", b"<svg onload=alert(1)>", "PNG o JPEG"),
        ("a.png", png(3000, 10), "2000 puntos"),
        ("a.png", png() + b"\0" * 300_000, "200 KB"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        with path.open("rb") as file:
            answer = secretary.post(url, {"what": "logo", "logo": file})
        assert (answer.status_code, says in answer.content.decode()) == (422, True)
    path.write_bytes(png())
    with path.open("rb") as file:
        assert secretary.post(url, {"what": "logo", "logo": file}).status_code == 302
    served = Client().get(reverse("statute:logo"))
    assert (served.headers["Content-Type"], served.content) == ("image/png", png())
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        Client().get(reverse("statute:logo"), headers={"If-None-Match": served.headers["ETag"]}).status_code
        == 304
    )
    secretary.post(reverse("statute:logo_drop"))
    assert (Logo.objects.count(), Cooperative.objects.get().logo_sha256) == (0, "")


def test_pictures_are_measured():
    jpeg = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x20\x00\x40" + b"\0" * 20
    assert (picture(png(40, 20)).kind, picture(png(40, 20)).width) == (PNG, 40)
    assert (picture(jpeg).kind, picture(jpeg).width, picture(jpeg).height) == (JPEG, 64, 32)
    for broken in (b"", b"\xff\xd8\xff", png()[:30], b"GIF89a", png()[:-4]):
        assert picture(broken) is None


@pytest.mark.parametrize(
    ("day", "month", "last", "first_day", "last_day"),
    [
        (date(2026, 3, 1), 12, 31, date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 6, 30), 6, 30, date(2025, 7, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), 6, 30, date(2026, 7, 1), date(2027, 6, 30)),
        (date(2028, 2, 29), 2, 28, date(2027, 3, 1), date(2028, 2, 29)),
        (date(2027, 3, 1), 2, 28, date(2027, 3, 1), date(2028, 2, 29)),
    ],
)
def test_a_day_falls_in_one_fiscal_year(day, month, last, first_day, last_day):
    year = fiscal_year(day, month=month, last=last)
    assert (year.first, year.last, year.name) == (first_day, last_day, last_day.year)
