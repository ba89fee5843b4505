"""The register's pages: on any day, as a file, and what is told about oneself."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from coop.documents.models import Document
from coop.members.enums import FactKind
from coop.members.importing import import_register
from coop.members.lifecycle import put_on_the_books
from coop.members.models import Application, Contact, ContactChange, Look, Member, MemberFact, Section
from coop.members.sections import begin, move, rename
from coop.record.models import Act, Entry
from tests.members.books import decided
from tests.support import people
from tests.support.raw import refused

pytestmark = pytest.mark.django_db
CBU = "0110975133459326511099"


def get(reader: Member, url: str):
    return people.client_of(reader).get(url)


def listed(reader: Member, query: str) -> list[int]:
    return [int(row.number) for row in get(reader, f"/registro/{query}").context["rows"]]


@pytest.fixture
def retired(member: Member, secretary: Member) -> Member:
    put_on_the_books(
        member_id=member.pk,
        kind=FactKind.RETIRED,
        day=date(2025, 3, 1),
        source="nota",
        by=secretary.actor,
        at=timezone.now(),
    )
    return member


def test_the_register_of_a_past_day_is_as_it_was(members, secretary, retired):
    assert retired.number not in listed(secretary, "")
    assert retired.number in listed(secretary, "?dia=2025-02-28")
    assert listed(secretary, "?estado=bajas") == [retired.number]
    assert listed(secretary, "?estado=bajas&dia=2025-02-28") == []
    assert listed(secretary, "?dia=2003-02-28") == []


@pytest.mark.parametrize("day", ["ayer", "9999-99-99", "2999-01-01", "", "0001-01-01"])
def test_whatever_is_asked_for_there_is_a_page(member, day):
    url = f"/registro/?dia={day}&estado=x&orden=x&seccion=x%00&q=%00"
    assert get(member, url).status_code == 200


def test_filters_sort_and_section(members, secretary):
    now, today = timezone.now(), timezone.localdate()
    ovens = begin(name="Hornos", by=secretary.actor, at=now)
    for one in members[4:6]:
        since = today - timedelta(days=9)
        move(member_id=one.pk, section_id=ovens.pk, since=since, by=secretary.actor, at=now)
    assert listed(secretary, "?seccion=Hornos&orden=numero") == [5, 6]
    assert listed(secretary, f"?seccion=Hornos&orden=numero&dia={today - timedelta(days=10)}") == []
    rename(section_id=ovens.pk, name="Cocción", by=secretary.actor, at=now)
    assert listed(secretary, "?seccion=Cocci%C3%B3n&orden=seccion") == [6, 5]
    assert [one.name for one in Section.objects.get().names.order_by("pk")] == ["Hornos", "Cocción"]
    assert Member.objects.get(number=5).section == "Cocción"


@pytest.mark.parametrize("url", ["/registro/", "/registro/?dia=2020-01-01&orden=seccion"])
def test_the_list_takes_as_many_queries_for_one_as_for_many(
    members, member, url, django_assert_max_num_queries
):
    client = people.client_of(member)
    with django_assert_max_num_queries(12) as few:
        client.get(url + ("&" if "?" in url else "?") + "q=Omar")
    with django_assert_max_num_queries(12) as many:
        client.get(url)
    assert len(few) == len(many)


@pytest.mark.parametrize("query", ["", "?estado=bajas", "?dia=2020-01-01&orden=seccion"])
def test_the_list_reads_no_more_than_it_shows(
    members, secretary, retired, query, django_assert_max_num_queries
):
    client = people.client_of(secretary)
    with django_assert_max_num_queries(12) as asked:
        client.get(f"/registro/{query}")
    told = [one["sql"] for one in asked if "council_term" not in one["sql"] and "signin" not in one["sql"]]
    private = ("document", "tax_number", "bank_account", "email", "mobile", "shares_paid_in")
    assert [name for name in private for sql in told if f'"members_member"."{name}"' in sql] == []
    # Not the whole register again to tell who of it is gone, nor to know what a page of it was that day.
    assert [
        sql for sql in told if 'JOIN "members_member"' in sql or sql.count('FROM "members_member"') > 1
    ] == []
    # And the periods of those alone who came back.
    assert [sql for sql in told if "EXISTS(" in sql and '."came_back" AND NOT EXISTS(' not in sql] == []
    assert sum("council_term" in one["sql"] for one in asked) == 1


def test_a_line_leads_to_its_person_and_says_how_they_left(members, secretary, retired):
    page = get(secretary, "/registro/?estado=bajas")
    assert [row[:4] for row in page.context["rows"]] == [
        (str(retired.number), f"/registro/{retired.number}/", retired.listed_name, retired.section)
    ]
    body = page.content.decode()
    assert "jubilado/a" in body
    assert "01/03/2025" in body


def test_a_members_page_is_few_queries(members, member, django_assert_max_num_queries):
    client = people.client_of(member)
    with django_assert_max_num_queries(12):
        client.get("/registro/5/")


def test_the_complete_file_goes_back_in_and_changes_nothing(members, secretary, retired):
    Member.objects.filter(number=5).update(mobile="+54 9 299 637-5345", bank_account=CBU)
    client = people.client_of(secretary)
    here = client.get("/registro/planilla.csv?datos=completos").content
    gone = client.get("/registro/planilla.csv?datos=completos&estado=bajas").content
    assert "0299 15-637-5345" in here.decode("utf-8-sig")
    for content in (here, gone):
        seen = import_register(content=content, by=secretary.actor, at=timezone.now())
        assert (seen.problems, seen.changes, seen.new) == ((), (), ())


def test_a_file_that_everybody_may_have_holds_nothing_private_and_runs_nothing(members, member):
    Member.objects.filter(number=5).update(section="=cmd|' /C calc'!A0", bank_account=CBU)
    text = get(member, "/registro/planilla.csv").content.decode("utf-8-sig")
    assert "'=cmd" in text
    assert ";=cmd" not in text
    private = [one for held in members for one in (held.document, held.tax_number, held.email)]
    assert [one for one in [*private, CBU] if one in text] == []


def test_an_office_that_looks_is_read_by_the_person(members, secretary, treasurer, member):
    get(secretary, "/registro/4/")
    get(secretary, "/registro/4/")
    get(member, "/registro/4/")
    get(members[4], "/registro/4/")
    get(secretary, "/registro/planilla.csv?datos=completos")
    told = [(look.who_id, look.whose_id, look.what) for look in Look.objects.order_by("pk")]
    assert told == [
        (secretary.pk, member.pk, "document"),
        (secretary.pk, member.pk, "contact"),
        (secretary.pk, None, "register_file"),
    ]
    body = get(member, "/mis-datos/").content.decode()
    assert secretary.name in body
    assert "planilla completa del registro" in body
    refused("DELETE FROM members_look", match="denied")
    refused("UPDATE members_look SET at = at", match="denied")


def test_a_member_keeps_the_contact_alone_and_decides_who_sees_it(members, member, secretary):
    form = {
        "email": "Omar@Ejemplo.coop",
        "mobile": "0299 15-637-5345",
        "address": "Los Álamos 12",
        "emergency_name": "Rosa",
        "emergency_phone": "0299 637 1234",
        "email_seen": "members",
        "mobile_seen": "council",
        "address_seen": "council",
        "emergency_seen": "council",
    }
    client = people.client_of(member)
    assert client.post("/mi-ficha/", form).status_code == 302
    held = Member.objects.get(pk=member.pk)
    assert (held.email, held.mobile) == ("omar@ejemplo.coop", "+54 9 299 637-5345")
    body = get(members[5], "/registro/4/").content.decode()
    assert "omar@ejemplo.coop" in body
    assert "Los Álamos" not in body
    assert "637-5345" not in body
    assert "Los Álamos" in get(secretary, "/registro/4/").content.decode()
    changed = set(ContactChange.objects.values_list("field", "by_id"))
    assert ("email", member.pk) in changed
    assert Contact.objects.get().emergency_phone == "+54 299 637-1234"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("email", "persona5@ejemplo.coop", "ya es de otra persona"),
        ("email", "no es un correo", "no es una dirección"),
        ("mobile", "15-1234", "Ese teléfono no existe"),
        ("mobile_seen", "nadie", "nadie"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(member, field, value, says):
    seen = {f"{name}_seen": "council" for name in ("email", "mobile", "address", "emergency")}
    form = {**seen, "email": "", "address": "Calle 9", field: value}
    answer = people.client_of(member).post("/mi-ficha/", form)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert says in body
    assert "Calle 9" in body


def test_correcting_a_line_names_the_fields_and_not_what_they_said(member, secretary):
    fresh = people.new_member(40, "x", "y")
    form = {
        "family_name": "Águila Sosa",
        "given_names": "Omar",
        "document": fresh.document,
        "tax_number": fresh.tax_number,
        "email": member.email,
        "mobile": "",
    }
    client = people.client_of(secretary)
    assert client.post("/registro/4/corregir/", form).status_code == 302
    entry = Entry.objects.get(act=Act.MEMBER_CORRECTED)
    assert entry.facts["fields"] == ["family_name", "document", "tax_number"]
    assert fresh.document not in entry.sealed
    assert Member.objects.matching("aguila sosa").get().pk == member.pk
    taken = Member.objects.get(number=5)
    form |= {"document": taken.document, "tax_number": taken.tax_number}
    answer = client.post("/registro/4/corregir/", form)
    assert (answer.status_code, "ya es de la persona N.º 5" in answer.content.decode()) == (422, True)


def test_admitting_gives_the_next_number_a_trial_and_a_section(members, secretary):
    client, today = people.client_of(secretary), timezone.localdate()
    fresh = people.new_member(0, "x", "y")
    form = {
        "family_name": "Roldán",
        "given_names": "Lidia",
        "document": fresh.document,
        "tax_number": fresh.tax_number,
        "email": "lidia@ejemplo.coop",
        "mobile": "0299 15-637-5345",
        "born_on": f"{today.year - 17}-01-01",
        "section": "Hornos",
        "applied_on": f"{today:%Y-%m-%d}",
        "text": "Quiero trabajar acá.",
    }
    young = client.post("/registro/solicitudes/nueva/", form)
    assert (young.status_code, "el estatuto pide 18" in young.content.decode()) == (422, True)
    assert "Quiero trabajar acá." in young.content.decode()
    form["born_on"] = f"{today.year - 30}-01-01"
    assert client.post("/registro/solicitudes/nueva/", form).status_code == 302
    page = client.get("/registro/solicitudes/").content.decode()
    assert "Roldán, Lidia" in page
    other = decided(secretary, today)
    url = f"/registro/solicitudes/{Application.objects.get().pk}/"
    wrong = {"respuesta": "admitir", "admitir-day": f"{today}", "admitir-resolution": "999/2026"}
    refused_answer = client.post(url, wrong)
    assert (refused_answer.status_code, "999/2026" in refused_answer.content.decode()) == (422, True)
    right = wrong | {"admitir-resolution": f" {other} "}
    assert client.post(url, right).headers["Location"] == "/registro/8/"
    joined = Member.objects.get(number=8)
    kinds = list(MemberFact.objects.filter(member=joined).values_list("kind", flat=True))
    assert (joined.section, kinds) == ("Hornos", ["applied", "admitted"])
    again = client.post(url, right)
    assert (again.status_code, "ya tiene respuesta" in again.content.decode()) == (422, True)
    assert "a prueba" in client.get("/registro/8/").content.decode()


def test_everything_held_about_me_is_a_file_too(member):
    answer = get(member, "/mis-datos/datos.json")
    told = json.loads(answer.content)
    assert told["number"] == 4
    names = [held["name"] for held in told["held"]]
    assert names[:2] == ["register", "facts"]
    assert "looks" in names
    line = {row["Dato"]: row["Dice"] for row in told["held"][0]["rows"]}
    assert line["DNI"] == member.document


def test_the_book_of_a_day_is_frozen_once_for_each_state_of_the_register(members, secretary, retired):
    client = people.client_of(secretary)
    for _ in range(2):
        client.post("/registro/libro/", {"dia": "2025-02-28"})
    client.post("/registro/libro/", {"dia": "2025-03-02"})
    before, after = Document.objects.filter(kind="register_book").order_by("pk")
    lines = {line["number"]: line for line in before.facts["lines"]}
    assert (lines[4]["state"], lines[4]["left"]) == ("active", "")
    lines = {line["number"]: line for line in after.facts["lines"]}
    assert (lines[4]["state"], lines[4]["left"]) == ("retired", "2025-03-01")
