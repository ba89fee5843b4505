from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assemblies.enums import Choice
from assemblies.models import Assembly, Motion
from coop.members.models import Member
from coop.portal.decision import Decision, share_name
from coop.portal.record_words import TOLD, lines
from coop.record.domain import write
from coop.record.models import Act, Entry
from coop.record.telling import teller
from coop.statute.domain import adopt
from coop.statute.models import Matter, Resolution
from coop.statute.rules import Majority
from tests.support import people
from tests.support.desk import Desk

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
STRICT_HALF = Majority(numerator=1, denominator=2, strict=True, source="ET 41")
TWO_THIRDS = Majority(numerator=2, denominator=3, strict=False, source="ET 41")


def decided(member: Member, title: str, text: str = "", days: int = 0) -> Resolution:
    return adopt(
        matter=Matter.ORDINARY_DECISION,
        title=title,
        text=text,
        adopted_by="Asamblea de trabajo 11/03/2026",
        tally={"yes": 39, "no": 22, "abstain": 5},
        by=member.actor,
        at=timezone.now() + timedelta(days=days),
    )


@pytest.fixture
def reader(member: Member) -> Client:
    return people.client_of(member)


def titles(reader: Client, **query: object) -> list[str]:
    return [one.title for one in reader.get("/libros/resoluciones/", query).context["page"]]


def test_resolutions_come_newest_first_in_pages_of_twenty(reader: Client, member: Member) -> None:
    for number in range(1, 24):
        decided(member, f"Resolución {number}")
    assert titles(reader)[:2] == ["Resolución 23", "Resolución 22"]
    assert titles(reader, page=2) == ["Resolución 3", "Resolución 2", "Resolución 1"]


def test_resolutions_are_found_by_all_the_words(reader: Client, member: Member) -> None:
    decided(member, "Comprar un torno", "usado, de Cañuelas")
    decided(member, "Comprar una prensa")
    assert titles(reader, q="comprar") == ["Comprar una prensa", "Comprar un torno"]
    assert titles(reader, q="cañuelas TORNO") == ["Comprar un torno"]
    assert titles(reader, q="100%") == []
    assert titles(reader, q="a\0") == titles(reader, q="a")


def test_a_resolution_shows_its_sum(reader: Client, member: Member) -> None:
    made = decided(member, "Comprar un torno", "Usado.\nDe Cañuelas.")
    body = reader.get(f"/libros/resoluciones/{made.year}/{made.number}/").content.decode()
    assert "39 es más que la mitad de 61 (39 SÍ + 22 NO)." in body
    assert "5 se abstuvieron y no cuentan." in body
    assert "ET 41" in body
    assert "39 a 22" in body
    assert f"resolución 1/{made.year}" in body
    assert str(made.year)[0] + "." not in body.split("resolución 1/")[1][:8]


def test_a_resolution_of_a_poll_names_mover_seconder_and_quorum(
    reader: Client, desk: Desk, motion: Motion, members: list[Member]
) -> None:
    poll = desk.open_poll(motion)
    for place, voter in enumerate(members):
        desk.vote(poll, voter, Choice.YES if place < 5 else Choice.NO)
    desk.close_poll(poll)
    made = Resolution.objects.get()
    body = reader.get(f"/libros/resoluciones/{made.year}/{made.number}/").content.decode()
    assert "5 es más que la mitad de 7 (5 SÍ + 2 NO)." in body
    assert "Había 7 presentes de 7" in body
    assert members[3].name in body
    assert members[4].name in body
    assert f"/asambleas/votaciones/{poll.pk}/lista/" in body


def test_a_script_in_a_resolution_is_text(reader: Client, member: Member) -> None:
    made = decided(member, SCRIPT, SCRIPT)
    for url in (
        "/",
        "/libros/",
        "/libros/actos/",
        "/libros/resoluciones/",
        f"/libros/resoluciones/{made.year}/{made.number}/",
        f"/libros/resoluciones/?q={SCRIPT}",
    ):
        assert SCRIPT not in reader.get(url).content.decode()


@pytest.mark.parametrize(
    ("majority", "sentence"),
    [
        (STRICT_HALF, "40 es más que la mitad de 60 (40 SÍ + 20 NO)."),
        (TWO_THIRDS, "40 alcanza los 2/3 de 60: hacían falta 40 (40 SÍ + 20 NO)."),
        (None, "40 SÍ y 20 NO."),
    ],
)
def test_the_sum_is_told_by_the_rule(majority: Majority | None, sentence: str) -> None:
    told = Decision(yes=40, no=20, abstain=0, base=60, majority=majority)
    assert (told.arithmetic, told.abstained) == (sentence, "")


def test_a_share_without_a_name_is_a_fraction() -> None:
    assert share_name(Majority(numerator=3, denominator=5, strict=False, source="")) == "3/5 o más"


# --- the record ---


def test_every_act_has_its_words() -> None:
    assert {act for act in Act.values if act not in TOLD and teller(act) is None} == set()


def test_a_whole_assembly_reads_as_sentences(
    desk: Desk, session: Assembly, members: list[Member], member: Member
) -> None:
    motion = desk.seconded(session, members[3], members[4])
    desk.open_poll(motion)
    told = [line.sentence for line in lines(Entry.objects.order_by("position"))]
    labels = {str(label) for label in Act.labels}
    assert told[0].startswith("Convocó a asamblea de trabajo para el 11/03/2026 18:00 en Nave de montaje")
    assert "con 7 presentes de 7" in told[1]
    assert told[2:4] == [
        "Omar Águila mocionó «Comprar un torno».",
        "Irma Zapata apoyó «Comprar un torno».",
    ]
    assert told[4].startswith("Abrió la votación de «Comprar un torno» con 7 presentes")
    assert labels.isdisjoint(told)


def test_other_acts_read_as_sentences(member: Member) -> None:
    now = timezone.now()
    tally = {"yes": 3, "no": 1, "abstain": 0}
    acts = [
        (Act.REGISTER_IMPORTED, {"new": 3, "changed": 1, "unchanged": 80}),
        (Act.TERMS_IMPORTED, {"new": 9}),
        (Act.ACCESS_GIVEN, {"member": 4, "name": "Omar Águila"}),
        (Act.ACCESS_GIVEN, {"member": 4, "name": "Omar Águila", "way": "command line"}),
        (Act.ATTENDANCE_MARKED, {"assembly": 9, "member": 4, "name": "Omar Águila", "present": True}),
        (Act.ATTENDANCE_MARKED, {"assembly": 9, "member": 4, "name": "Omar Águila", "present": False}),
        (Act.MOTION_WITHDRAWN, {"motion": 9}),
        (Act.POLL_CLOSED, {"motion": 9, "tally": tally, "adopted": True}),
        (Act.POLL_CLOSED, {"motion": 9, "tally": tally, "adopted": False}),
        (Act.ASSEMBLY_CLOSED, {"assembly": 9, "without_a_vote": []}),
        (Act.ASSEMBLY_CLOSED, {"assembly": 9, "without_a_vote": ["Una", "Otra"]}),
        (Act.RESOLUTION_ADOPTED, {}),
    ]
    for act, facts in acts:
        write(act, by=member.actor, at=now, facts=facts)
    assert [line.sentence for line in lines(Entry.objects.all())] == [
        "Cargó la planilla del registro: 3 personas nuevas, 1 con cambios, 80 sin cambios.",
        "Asentó 9 mandatos.",
        "Entregó una clave de ingreso a Omar Águila, N.º 4.",
        "Le puso una clave, desde el servidor, a Omar Águila, N.º 4.",
        "Anotó presente a Omar Águila, N.º 4, en la asamblea.",
        "Anotó que se retiró Omar Águila, N.º 4, de la asamblea.",
        "Se retiró la moción «…».",
        "Cerró la votación de «…»: 3 SÍ, 1 NO, 0 abstenciones. Aprobada.",
        "Cerró la votación de «…»: 3 SÍ, 1 NO, 0 abstenciones. Rechazada.",
        "Levantó la asamblea.",
        "Levantó la asamblea. Quedó sin votar: «Una»; «Otra».",
        "Resolución aprobada",
    ]


def test_the_record_shows_number_who_and_twelve_characters_of_the_code(
    reader: Client, member: Member
) -> None:
    decided(member, "Comprar un torno")
    entry = Entry.objects.get()
    body = reader.get("/libros/actos/").content.decode()
    assert "Quedó aprobada la resolución 1/" in body
    assert f"{member.name}, N.º {member.number}" in body
    assert entry.sha256[:12] in body
    assert entry.sha256[:13] not in body


def test_the_record_is_filtered_by_kind_and_paged(reader: Client, member: Member) -> None:
    for number in range(60):
        write(Act.TERMS_IMPORTED, by=member.actor, at=timezone.now(), facts={"new": number})
    decided(member, "Comprar un torno")

    def shown(**query: object) -> int:
        return len(reader.get("/libros/actos/", query).context["lines"])

    assert [shown(), shown(page=2), shown(acto="resolution_adopted"), shown(acto="poll_closed")] == [
        50,
        11,
        1,
        0,
    ]
    assert shown(acto="'; DROP TABLE") == 50


def test_the_proof_says_when_it_runs_by_itself_next(member):
    from tests.support import people

    body = people.client_of(member).get("/libros/comprobacion/").content.decode()
    assert "La próxima empieza sola el" in body
