"""What the surplus' pages say to whom, what they take in, and what they keep to themselves."""

import json
from dataclasses import replace
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assemblies.models import Motion
from coop.common.home import cards_for
from coop.common.money import money
from coop.members.models import Member
from payroll.models import SurplusDistribution, SurplusDraft, SurplusProposal
from payroll.waterfall import read_data, read_text
from tests.payroll import sharing
from tests.payroll.sharing import SAMPLE, Floor, presented, sample, small
from tests.support import people
from tests.support.people import Instants

pytestmark = pytest.mark.django_db

FIGURES = {
    "way": "figures",
    "title": "Con hoja",
    "year": "2025",
    "members_work": "$ 502.655.475,32",
    "non_members": "3.553.593,11",
    "outside": "2957361,15",
    "accumulated": "11.986.115,25",
    "reserves_used": "",
    "capital": "2.400,00",
    "reserve_0": "0",
    "share_interest": "3",
    "basis": "hours",
    "people": "file",
}


@pytest.fixture
def members(cooperative):
    sharing.reform()
    return sharing.more_members()


@pytest.fixture
def held(treasurer) -> SurplusProposal:
    return presented(sample(), treasurer)


@pytest.fixture
def desk_of(client_of, treasurer):
    return client_of(treasurer)


def text(answer) -> str:
    return " ".join(unescape(answer.content.decode()).replace("\u00a0", " ").split())


def page(client, held, query="") -> str:
    return text(client.get(reverse("payroll:surplus_proposal", args=[held.pk]) + query))


def csv(rows, header="N° Socio;Horas;Retribución;Cuotas integradas") -> SimpleUploadedFile:
    content = "\r\n".join([header, *rows]).encode("cp1252")
    return SimpleUploadedFile("personas.csv", content, content_type="text/csv")


def sample_csv() -> SimpleUploadedFile:
    def pesos(cents: int) -> str:
        return f"{cents // 100},{cents % 100:02d}"

    return csv(
        f"{worker.number};{worker.hours.replace('.', ',')};{pesos(worker.pay)};{pesos(worker.paid_in_shares)}"
        for worker in sample().members
    )


def whole_file(content: bytes) -> dict[str, object]:
    file = SimpleUploadedFile("excedentes.json", content, content_type="application/json")
    return {"way": "whole", "todo-title": "Del archivo", "todo-file": file}


# --- drafting ---


def test_the_sample_file_becomes_a_draft_that_is_looked_at_and_presented(desk_of):
    answer = desk_of.post(reverse("payroll:surplus_new"), whole_file(SAMPLE.read_bytes()))
    draft = SurplusDraft.objects.get()
    assert answer.headers["Location"] == reverse("payroll:surplus_draft", args=[draft.key])
    shown = text(desk_of.get(answer.headers["Location"]))
    assert "Todavía no lo ve nadie más" in shown
    assert "$ 17.812.539,52" in shown
    desk_of.post(reverse("payroll:surplus_present", args=[draft.key]))
    assert SurplusProposal.objects.get().facts["result"] == sharing.expected()


def test_figures_as_people_write_them_with_a_spreadsheet_give_the_same_result(desk_of):
    answer = desk_of.post(reverse("payroll:surplus_new"), FIGURES | {"file": sample_csv()})
    assert answer.status_code == 302, text(answer)
    year = read_data(SurplusDraft.objects.get().data)
    assert sharing.share(year) == sharing.expected()
    assert year.capital == 240_000
    assert dict(year.reserves) == {"reserva legal": 0}


def test_every_wrong_cell_of_the_spreadsheet_is_named_at_once(desk_of):
    rows = ["1;100,00;10;0", "1;50;10;0", "900;5;1;0", "2;-3;x;0", ";4;1;0"]
    answer = desk_of.post(reverse("payroll:surplus_new"), FIGURES | {"file": csv(rows)})
    shown = text(answer)
    assert answer.status_code == 422
    assert "Hay 5 errores: no se guardó nada" in shown
    for place in (
        "Fila 3, N° Socio",
        "Fila 4, N° Socio",
        "Fila 5, Horas",
        "Fila 5, Retribución",
        "Fila 6, N° Socio",
    ):
        assert place in shown
    assert not SurplusDraft.objects.exists()


def test_every_problem_of_the_whole_file_is_named_with_its_place(desk_of):
    data = json.loads(SAMPLE.read_text(encoding="utf-8"))
    data["capital"], data["members"][2]["hours"] = "mucho", "-1"
    answer = desk_of.post(reverse("payroll:surplus_new"), whole_file(json.dumps(data).encode()))
    shown = text(answer)
    assert (answer.status_code, "Hay 2 errores: no se guardó nada" in shown) == (422, True)
    assert "capital" in shown
    assert "members[2].hours" in shown


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("members_work", "12.5", "no es un número"),
        ("members_work", "", 'aria-invalid="true"'),
        ("accumulated", "-1", "No puede ser menor que cero"),
        ("capital", "1,234", "demasiados decimales"),
        ("members_work", "9" * 14, "demasiado grande"),
        ("share_interest", "101", "entre 0 y 100"),
        ("share_interest", "tres", "no es un número"),
        ("year", "3000", "2199"),
        ("year", "1995", "No hay un estatuto cargado"),
        ("people", "runs", "No hay liquidaciones aprobadas de 2025"),
        ("people", "kept", 'aria-invalid="true"'),
        ("basis", "luck", 'aria-invalid="true"'),
    ],
)
def test_each_figure_that_cannot_be_taken_is_said(desk_of, field, value, words):
    answer = desk_of.post(reverse("payroll:surplus_new"), {**FIGURES, "file": sample_csv(), field: value})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not SurplusDraft.objects.exists()


def test_a_file_that_is_missing_is_asked_for(desk_of):
    answer = desk_of.post(reverse("payroll:surplus_new"), FIGURES)
    assert (answer.status_code, "Elegí el archivo que querés cargar." in text(answer)) == (422, True)


def test_the_draft_is_corrected_with_its_people_and_its_figures_as_typed(desk_of):
    desk_of.post(reverse("payroll:surplus_new"), whole_file(SAMPLE.read_bytes()))
    draft = SurplusDraft.objects.get()
    url = f"{reverse('payroll:surplus_new')}?borrador={draft.key}"
    assert 'value="502.655.475,32"' in text(desk_of.get(url))
    desk_of.post(url, FIGURES | {"people": "kept", "share_interest": "0", "title": "Sin interés"})
    again = SurplusDraft.objects.get()
    assert (again.title, again.key != draft.key) == ("Sin interés", True)
    assert read_data(again.data).members == sample().members
    assert read_data(again.data).rules.share_interest_rate == "0"


def test_a_negative_result_is_typed_with_its_sign_and_told_as_a_loss(desk_of):
    for sign in ("-", "−"):
        SurplusDraft.objects.all().delete()
        desk_of.post(
            reverse("payroll:surplus_new"),
            FIGURES
            | {"file": sample_csv(), "members_work": f"{sign} 500.000,00", "non_members": "", "outside": ""},
        )
        draft = SurplusDraft.objects.get()
        shown = text(desk_of.get(reverse("payroll:surplus_draft", args=[draft.key])))
        assert "El año cerró con pérdida" in shown
        assert "no hay qué presentar" in shown
        assert "Presentar la propuesta" not in shown


def test_what_goes_beyond_the_statute_is_flagged_on_every_page(desk_of, member, client_of):
    desk_of.post(reverse("payroll:surplus_new"), FIGURES | {"file": sample_csv(), "basis": "head"})
    draft = SurplusDraft.objects.get()
    words = "Reparte en partes iguales aunque las horas no son iguales"
    assert words in text(desk_of.get(reverse("payroll:surplus_draft", args=[draft.key])))
    desk_of.post(reverse("payroll:surplus_present", args=[draft.key]))
    assert words in page(client_of(member), SurplusProposal.objects.get())


def test_a_draft_can_be_discarded(desk_of):
    desk_of.post(reverse("payroll:surplus_new"), whole_file(SAMPLE.read_bytes()))
    desk_of.post(reverse("payroll:surplus_discard", args=[SurplusDraft.objects.get().key]))
    assert not SurplusDraft.objects.exists()


# --- reading ---


def test_everybody_reads_their_own_part_first_and_everybody_elses_too(held, members, client_of):
    shown = page(client_of(members[6]), held)
    assert "A vos te tocarían" in shown
    assert "$ 16.203.399,81" in shown
    assert "ley 20.337, art. 42" in shown
    assert "$ 17.812.539,52" in shown  # number 1's
    assert "La votación es nominal" in shown
    assert "Entran $ 509.166.429,58 y salen $ 509.166.429,58" in shown


def test_who_is_not_in_it_is_told_so(treasurer, members, client_of):
    held = presented(small(members[:3]), treasurer)
    assert "No figurás en esta propuesta" in page(client_of(members[10]), held)


def test_advances_are_seen_by_their_owner_and_by_officers_alone(treasurer, members, client_of, president):
    year = sample()
    workers = tuple(
        replace(worker, advances=12_345_600 if worker.number == 5 else 0) for worker in year.members
    )
    held = presented(replace(year, members=workers), treasurer)
    figure = "123.456,00"
    assert figure in page(client_of(members[4]), held)
    assert "te quedan $ 17.542.797,34" in page(client_of(members[4]), held)
    for officer in (treasurer, president):
        assert figure in page(client_of(officer), held)
    assert figure not in page(client_of(members[5]), held)
    download = client_of(members[5]).get(reverse("payroll:surplus_input", args=[held.pk]))
    assert "12345600" not in download.content.decode()


def test_the_download_is_the_sample_again_and_gives_the_same_result(held, member, client_of):
    answer = client_of(member).get(reverse("payroll:surplus_input", args=[held.pk]))
    assert answer.content == SAMPLE.read_bytes()
    assert sharing.share(read_text(answer.content)) == held.facts["result"]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_two_proposals_are_compared_by_fund_and_by_person(held, treasurer, members, client_of):
    year = sample()
    equal = replace(year, rules=replace(year.rules, basis="head", share_interest_rate="0"))
    other = presented(equal, treasurer, "Partes iguales")
    reader = client_of(members[0])
    assert "Ver las diferencias" in page(reader, held)
    shown = page(reader, held, f"?con={other.pk}")
    assert "Comparada con «Partes iguales»" in shown
    mine, equal_part = 1_781_253_652 + 300, other.facts["result"]["returns"][0]["amount"]
    more = money(mine - equal_part).replace("\u00a0", " ")
    assert f"Con esta a vos te tocan {more} más." in shown
    assert "+$ 59,25" in shown
    assert "menos" in page(reader, other, f"?con={held.pk}")


@pytest.mark.parametrize("query", ["999999", "abc", "-1", "9" * 40, "²"])
def test_a_comparison_with_what_is_not_there_is_not_found(held, member, client_of, query):
    url = reverse("payroll:surplus_proposal", args=[held.pk])
    assert client_of(member).get(url, {"con": query}).status_code == 404
    assert client_of(member).get(url, {"con": held.pk}).status_code == 404


def test_pages_ask_the_same_whatever_the_number_of_people(treasurer, members, client_of, session):
    """At 1 person and at 24, with the officer who sees most; never more than twelve statements."""
    one = presented(small(members[:1]), treasurer, "Una persona")
    all_of_them = presented(sample(), treasurer, "Todas")
    client = client_of(treasurer)
    counted = []
    for held in (one, all_of_them):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, held)
        counted.append(len(queries))
    assert counted[0] == counted[1] <= 12
    with CaptureQueriesContext(connection) as queries:
        page(client, one, f"?con={all_of_them.pk}")
    assert len(queries) <= 12
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("payroll:surplus"))
    assert len(queries) <= 12


# --- to the assembly and after ---


def test_who_is_present_takes_it_to_the_assembly(held, members, session, client_of):
    client = client_of(members[9])
    assert "Llevar a la asamblea" in page(client, held)
    url = reverse("payroll:surplus_put", args=[held.pk])
    assert held.code in text(client.get(url))
    answer = client.post(url, {"item": session.items.get(position=3).pk})
    assert answer.headers["Location"] == reverse("assemblies:detail", args=[session.pk])
    motion = Motion.objects.get()
    assert (motion.mover, motion.item.position, motion.put.sha256) == (members[9], 3, held.sha256)
    shown = text(client.get(answer.headers["Location"]))
    assert held.code in shown
    assert reverse("payroll:surplus_proposal", args=[held.pk]) in shown
    after = page(client, held)
    assert "Espera apoyo" in after
    assert "Llevar a la asamblea" not in after


def test_the_secretary_writes_down_who_moved_and_seconded(held, members, session, secretary, client_of):
    url = reverse("payroll:surplus_put", args=[held.pk])
    client = client_of(secretary)
    item = session.items.get(position=2).pk
    same = {"item": item, "mover": members[5].pk, "seconder": members[5].pk}
    assert client.post(url, same).status_code == 422
    client.post(url, same | {"seconder": members[6].pk})
    motion = Motion.objects.get()
    assert (motion.mover, motion.seconder) == (members[5], members[6])


def test_who_is_not_there_takes_nothing_to_the_assembly(held, members, assembly, desk, client_of):
    desk.arrive(assembly, members[:15])
    desk.open(assembly)
    absent = client_of(members[20])
    assert "Llevar a la asamblea" not in page(absent, held)
    url = reverse("payroll:surplus_put", args=[held.pk])
    assert absent.post(url, {"item": assembly.items.first().pk}).status_code == 422
    assert not Motion.objects.exists()


def test_the_polls_page_shows_what_is_voted_whole(held, members, desk, session, client_of):
    poll = Floor(desk, session, members).open(held)
    shown = text(client_of(members[5]).get(reverse("assemblies:poll", args=[poll.pk])))
    assert "Se vota una propuesta con cifras" in shown
    assert held.code in shown
    assert "El camino del excedente de 2025" in shown
    desk.close_poll(poll)
    assert held.code in text(client_of(members[5]).get(reverse("assemblies:poll", args=[poll.pk])))


def test_an_adopted_proposal_bears_the_stamp_and_what_was_posted(
    held, treasurer, members, desk, session, client_of
):
    other = presented(sample(), treasurer, "Otra")
    poll = Floor(desk, session, members).adopt(held)
    shown = page(client_of(members[6]), held)
    assert f"por resolución {poll.resolution}" in shown
    assert "Tu retorno" in shown
    assert "Retornos a pagar, 24 personas" in shown
    assert "Llevar a la asamblea" not in shown
    assert "La asamblea aprobó otra propuesta para este año" in page(client_of(members[6]), other)
    answer = client_of(members[6]).get(reverse("payroll:surplus_put", args=[other.pk]))
    assert answer.status_code == 422


def test_the_home_page_tells_what_is_proposed_and_then_what_one_gets(held, treasurer, members, desk, session):
    def titles(member, at):
        return [(card.title, card.text.replace("\u00a0", " ")) for card in cards_for(member.pk, at)]

    proposed = [title for title, _text in titles(members[6], Instants.voting)]
    assert "Cómo repartir el excedente de 2025" in proposed
    Floor(desk, session, members).adopt(held)
    after = titles(members[6], Instants.closing)
    assert ("Se repartió el excedente de 2025", "Te tocan $ 16.203.399,81.") in after
    assert "Cómo repartir el excedente de 2025" not in [title for title, _text in after]
    assert SurplusDistribution.objects.count() == 1


def test_words_that_look_like_markup_stay_text(treasurer, members, client_of, desk_of):
    held = presented(sample(), treasurer, "<b>Todo</b> & más")
    for url in (reverse("payroll:surplus"), reverse("payroll:surplus_proposal", args=[held.pk])):
        raw = client_of(members[5]).get(url).content.decode()
        assert "<b>Todo</b>" not in raw
        assert "&lt;b&gt;Todo&lt;/b&gt; &amp; más" in raw


def test_a_poll_on_the_shares_of_many_leaves_their_table_to_the_proposals_page(
    treasurer, members, desk, session, client_of
):
    """Everybody opens it at once."""
    crowd = [people.new_member(number, f"Sosa {number}", "Ana") for number in range(25, 61)]
    Member.objects.bulk_create(crowd)
    held = presented(small([*members, *crowd]), treasurer)
    poll = Floor(desk, session, members).open(held)
    shown = text(client_of(members[5]).get(reverse("assemblies:poll", args=[poll.pk])))
    assert "«Lo que le toca a cada asociado/a» tiene 61 renglones" in shown
    assert "El camino del excedente de 2025" in shown
    assert "Sosa 40" not in shown
    assert "Sosa 40" in page(client_of(members[5]), held)
