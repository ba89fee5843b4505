"""Mandates: given by an assembly, reported by who holds them, back on the agenda by themselves when late."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assemblies import errors_mandates as errors
from assemblies.domain import mandates
from assemblies.domain.mandates_reading import for_the_next_agenda, read, told
from assemblies.enums import ReportKind
from assemblies.mandate_cards import mandate_cards
from assemblies.mandates_told import given
from assemblies.models import Mandate, MandateHolder, MandateReport
from coop.common.errors import NotAllowed
from coop.council.models import Seat, SeatCode, SeatKind
from coop.record.models import Act, Entry
from tests.support.book import paper_resolution
from tests.support.raw import refused, refused_rows, try_to_ignore_triggers

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def resolution(president, secretary):
    return paper_resolution(date(2026, 3, 2), "Cambiar el torno", by=secretary, confirmed_by=president)


@pytest.fixture
def give(secretary, member, resolution):
    def given(**values):
        at = values.pop("at", timezone.now())
        asked = {
            "what": "Traer tres presupuestos",
            "due_on": TODAY(at) + timedelta(days=7),
            "members": [] if values.get("seat") else [member],
            "resolution": resolution,
            "by": secretary.actor,
        }
        return mandates.give(**asked | values, at=at)

    return given


def report(mandate, kind, by, text="Se hizo", at=None):
    return mandates.report(mandate_id=mandate.pk, kind=kind, text=text, by=by.actor, at=at or timezone.now())


def state(mandate, day=None):
    return told(read(Mandate.objects.filter(pk=mandate.pk)), day or TODAY())[0].state


def test_who_holds_it_reports_and_closes_it(give, member):
    mandate = give()
    report(mandate, ReportKind.PROGRESS, member, "Falta uno")
    assert state(mandate) == "open"
    report(mandate, ReportKind.DONE, member)
    assert state(mandate) == "done"
    with pytest.raises(errors.MandateSettled):
        report(mandate, ReportKind.PROGRESS, member)


def test_a_colleague_does_not_report_on_it(give, members):
    with pytest.raises(errors.NotYourMandate):
        report(give(), ReportKind.DONE, members[5])


def test_who_keeps_the_mandates_writes_it_down_for_somebody_without_a_phone(give, president):
    mandate = give()
    report(mandate, ReportKind.DONE, president)
    assert state(mandate) == "done"


def test_only_who_keeps_the_mandates_drops_one(give, member, secretary):
    mandate = give()
    with pytest.raises(errors.NotYourMandate):
        report(mandate, ReportKind.CANCELLED, member)
    report(mandate, ReportKind.CANCELLED, secretary)
    assert state(mandate) == "cancelled"


def test_a_member_gives_none(give, member, resolution):
    with pytest.raises(NotAllowed):
        give(by=member.actor)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"what": " ​ "}, errors.MandateNeedsWords),
        ({"members": []}, errors.MandateNeedsSomebody),
        ({"resolution": None}, errors.MandateNeedsADecision),
        ({"due_on": date(2020, 1, 1)}, errors.DueInThePast),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(give, values, error):
    with pytest.raises(error):
        give(**values)
    assert not Mandate.objects.exists()
    assert not Entry.objects.filter(act=Act.MANDATE_GIVEN).exists()


def test_it_is_of_people_or_of_a_seat_and_not_of_both(give, member):
    seat = Seat.objects.get(code=SeatCode.TREASURER)
    with pytest.raises(errors.MandateNeedsSomebody):
        give(seat=seat, members=[member])


def test_who_left_is_charged_with_nothing(give, members):
    members[5].left_on = date(2026, 1, 1)
    with pytest.raises(errors.NotOnTheRegister):
        give(members=[members[5]])


def test_a_seats_mandate_is_its_holders_whoever_that_is(give, treasurer, member, members):
    mandate = give(seat=Seat.objects.get(code=SeatCode.TREASURER))
    with pytest.raises(errors.NotYourMandate):
        report(mandate, ReportKind.DONE, member)
    report(mandate, ReportKind.DONE, treasurer)


def test_an_errand_of_a_responsibility_is_told_by_its_name(give):
    """The code of a seat of the statute's is nobody's word: the name is in the act."""
    place = {
        "position": 90,
        "kind": SeatKind.POSITION,
        "rank": 1,
        "key": "ovens",
        "position_kind": "commission",
    }
    give(seat=Seat.objects.create(code="p_ovens_1", name="Comisión de hornos", **place))
    facts = Entry.objects.get(act=Act.MANDATE_GIVEN).facts
    assert "para Comisión de hornos, hasta el" in given(facts)


def test_what_is_late_begins_the_next_agenda_until_it_is_settled(give, member, secretary):
    mandate = give()
    day = mandate.due_on
    assert for_the_next_agenda(day) == []
    (item,) = for_the_next_agenda(day + timedelta(days=1))
    assert item == f"Encargo vencido desde el {day:%d/%m/%Y}, de Omar Águila: Traer tres presupuestos"
    report(mandate, ReportKind.DONE, member)
    assert for_the_next_agenda(day + timedelta(days=1)) == []


def test_what_was_given_back_begins_it_at_once(give, member):
    report(give(), ReportKind.GIVEN_BACK, member, "El proveedor cerró")
    assert for_the_next_agenda(TODAY()) == ["Encargo devuelto por Omar Águila: Traer tres presupuestos"]


def test_an_item_fits_the_agenda_however_long_the_mandate(give):
    mandate = give(what="x" * 300)
    (item,) = for_the_next_agenda(mandate.due_on + timedelta(days=1))
    assert len(item) == 200
    assert "Omar Águila" in item


def test_another_term_is_a_new_mandate_in_the_place_of_the_old(give, member, members):
    before = give()
    after = give(follows=before.pk, resolution=None, members=[members[5]])
    assert (state(before), state(after), after.resolution_id) == ("renewed", "open", before.resolution_id)
    with pytest.raises(errors.MandateSettled):
        report(before, ReportKind.DONE, member)
    with pytest.raises(errors.MandateSettled):
        give(follows=before.pk)


def test_the_home_page_of_who_holds_it_says_so_and_the_keepers_what_is_late(give, member, secretary, members):
    mandate = give()
    late = timezone.now() + timedelta(days=9)
    assert [card.title for card in mandate_cards(member.pk, timezone.now())] == [
        "Encargo: Traer tres presupuestos"
    ]
    assert [card.title for card in mandate_cards(secretary.pk, late)] == ["1 encargo vencido"]
    assert list(mandate_cards(members[5].pk, late)) == []
    report(mandate, ReportKind.DONE, member)
    assert list(mandate_cards(member.pk, late)) == []


def test_cards_take_as_many_statements_for_many_as_for_one(give, member, django_assert_num_queries):
    give()
    with django_assert_num_queries(2):
        list(mandate_cards(member.pk, timezone.now()))
    give(what="Otro")
    give(what="Y otro")
    with django_assert_num_queries(2):
        list(mandate_cards(member.pk, timezone.now()))


def test_giving_and_closing_are_on_the_record_without_what_was_reported(give, member):
    mandate = give()
    report(mandate, ReportKind.DONE, member, "Tuve que ir al médico")
    given, closed = Entry.objects.filter(act__in=[Act.MANDATE_GIVEN, Act.MANDATE_CLOSED])
    assert (given.facts["who"], given.facts["resolution"]) == (["Omar Águila"], "1/2026")
    assert closed.facts == {"mandate": mandate.pk, "what": mandate.what, "how": "done"}


# --- the database ---


def test_database_keeps_mandates_people_and_reports_as_they_are(give, member):
    mandate = give()
    report(mandate, ReportKind.PROGRESS, member)
    tables = ("assemblies_mandate", "assemblies_mandateholder", "assemblies_mandatereport")
    try_to_ignore_triggers(*tables)
    for table in tables:
        refused(f"DELETE FROM {table}", match="permission denied")
        refused(f"TRUNCATE {table} CASCADE", match="permission denied")
    refused("UPDATE assemblies_mandate SET due_on = '2099-01-01'", match="permission denied")
    refused("UPDATE assemblies_mandatereport SET text = ''", match="permission denied")


def test_database_lets_nobody_join_a_mandate_later(give, members):
    refused_rows(MandateHolder(mandate=give(), member=members[5]), match="has its 1 people")


def test_database_refuses_a_report_on_what_is_settled(give, member):
    mandate = give()
    report(mandate, ReportKind.DONE, member)
    late = MandateReport(mandate=mandate, kind=ReportKind.GIVEN_BACK, by=member, at=timezone.now(), text="x")
    refused_rows(late, match="is settled")


@pytest.mark.parametrize(
    "values",
    [{"resolution": None}, {"people": 0}, {"seat_id": 1}],
    ids=["given by nobody", "nobody's", "a seat's and a person's"],
)
def test_database_refuses_a_mandate_that_is(give, resolution, secretary, values):
    seat = Seat.objects.first()
    held = {"resolution": resolution, "people": 1, **values}
    if "seat_id" in held:
        held["seat_id"] = seat.pk
    row = Mandate(what="x", due_on=TODAY(), given_by=secretary, given_at=timezone.now(), **held)
    with pytest.raises(IntegrityError, match="mandate_"), transaction.atomic():
        Mandate.objects.bulk_create([row])


# --- pages ---


def test_pages_ask_as_often_for_three_as_for_one(give, member, client_of, django_assert_max_num_queries):
    give()
    client = client_of(member)
    with django_assert_max_num_queries(12) as first:
        assert client.get("/asambleas/encargos/").status_code == 200
    give(what="Otro")
    give(what="Y otro", seat=Seat.objects.first())
    with django_assert_max_num_queries(len(first)):
        client.get("/asambleas/encargos/")


def test_one_gives_reports_and_reads_in_the_browser(secretary, member, resolution, client_of):
    desk = client_of(secretary)
    due = TODAY() + timedelta(days=3)
    posted = {"what": "Pintar", "due_on": due.isoformat(), "first": member.pk}
    response = desk.post(f"/asambleas/encargos/nuevo/?resolucion={resolution.pk}", posted)
    mandate = Mandate.objects.get()
    assert response.headers["Location"] == f"/asambleas/encargos/{mandate.pk}/"
    own = client_of(member)
    assert "Informar" in own.get(f"/asambleas/encargos/{mandate.pk}/").content.decode()
    own.post(f"/asambleas/encargos/{mandate.pk}/", {"kind": "done", "text": "Quedó lindo"})
    page = own.get(f"/asambleas/encargos/{mandate.pk}/").content.decode()
    assert "Quedó lindo" in page
    assert "<form" not in page.split("</header>")[-1].split("<footer")[0] or 'name="kind"' not in page


def test_what_was_typed_is_not_lost(secretary, resolution, client_of):
    posted = {"what": "Pintar el portón", "due_on": "2020-01-01"}
    response = client_of(secretary).post(f"/asambleas/encargos/nuevo/?resolucion={resolution.pk}", posted)
    assert response.status_code == 422
    assert "Pintar el portón" in response.content.decode()


def test_the_call_form_begins_with_what_is_late(give, secretary, client_of):
    at = timezone.now() - timedelta(days=20)
    give(at=at)
    page = client_of(secretary).get("/asambleas/convocar/").content.decode()
    assert "Encargo vencido desde el" in page


def test_addresses_that_name_nothing_are_not_found(secretary, client_of):
    client = client_of(secretary)
    for query in ("resolucion=999", "mocion=1", "sigue=7", "resolucion=x", "resolucion=²"):
        assert client.get(f"/asambleas/encargos/nuevo/?{query}").status_code == 404


@pytest.mark.parametrize(
    ("url", "statuses"),
    [
        ("/asambleas/encargos/", (302, 200, 200, 200)),
        ("/asambleas/encargos/{}/", (302, 200, 200, 200)),
        ("/asambleas/encargos/999999/", (302, 404, 404, 404)),
        ("/asambleas/encargos/nuevo/", (302, 403, 403, 200)),
    ],
)
def test_pages_answer_stranger_colleague_holder_and_secretary(
    url, statuses, give, members, member, secretary, client_of
):
    address = url.format(give().pk)
    readers = (Client(), *map(client_of, (members[5], member, secretary)))
    assert tuple(reader.get(address).status_code for reader in readers) == statuses


def test_a_report_is_taken_from_the_holder_and_the_keepers_only(give, members, member, secretary, client_of):
    url = f"/asambleas/encargos/{give().pk}/"
    readers = (Client(), *map(client_of, (members[5], member, secretary)))
    posted = {"kind": "progress", "text": "Avanza"}
    assert [reader.post(url, posted).status_code for reader in readers] == [302, 403, 302, 302]
    assert MandateReport.objects.count() == 2
