"""The kiosk of the hall: number and PIN, one act and out; only while its assembly is open."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assemblies.domain.hall import close_kiosk, living, open_kiosk
from assemblies.enums import Channel, Choice
from assemblies.errors import AssemblyNotOpen, KioskNameTaken
from assemblies.hall_room import hall, is_assembly_day
from assemblies.models import Assembly, Attendance, Ballot, Kiosk
from coop.common.errors import NotAllowed
from coop.members.models import SignIn, Way
from coop.record.models import Act, Entry
from coop.statute.rules import MODEL_STATUTE
from tests.support.desk import Desk
from tests.support.hall import PIN, give_hall_pin, kiosk_client, step_up
from tests.support.people import Instants, client_of, signed_in
from tests.support.raw import refused, refused_rows
from tests.support.reform import reform

pytestmark = pytest.mark.django_db
TURN, START, DONE = "/asambleas/kiosco/turno/", "/asambleas/kiosco/", "/asambleas/kiosco/listo/"


@pytest.fixture
def at() -> type[Instants]:
    """Began an hour ago: the kiosk's clock is the real one."""
    began = timezone.now() - timedelta(hours=1)

    class Today(Instants):
        convening = began - timedelta(days=3)
        hour = began
        opening = began + timedelta(minutes=5)
        moving = began + timedelta(minutes=10)
        voting = began + timedelta(minutes=20)
        closing = began + timedelta(minutes=50)

    return Today


@pytest.fixture
def desk(president, secretary, at) -> Desk:
    return Desk(president, secretary, at)


@pytest.fixture
def kiosk(session, secretary, at) -> tuple[Kiosk, Client]:
    return kiosk_client(session, secretary, at.opening)


@pytest.fixture
def tablet(kiosk) -> Client:
    return kiosk[1]


@pytest.fixture
def pinned(members, at):
    give_hall_pin(members[3], at.convening)
    return members[3]


def vote(tablet: Client, poll, choice: str = "yes"):
    """The answer after the redirect: what the tablet then shows."""
    url = reverse("assemblies:kiosk_cast", args=[poll.pk])
    return tablet.post(url, {"choice": choice}, follow=True)


def began_anew(answer) -> bool:
    """Nothing was done: number and PIN are asked for."""
    return answer.redirect_chain == [(START, 302)]


# --- opening and closing one ---


def test_it_opens_in_an_open_assembly_and_is_on_the_record(session, secretary, at):
    made = open_kiosk(assembly_id=session.pk, name="  Mesa   2 ", by=secretary.actor, at=at.opening)
    assert made.name == "Mesa 2"
    entry = Entry.objects.last()
    assert (entry.act, entry.facts) == (Act.HALL_OPENED, {"assembly": session.pk, "kiosk": "Mesa 2"})


def test_without_a_name_it_is_called_by_its_number(session, secretary, at):
    names = [
        open_kiosk(assembly_id=session.pk, name=" ", by=secretary.actor, at=at.opening).name for _one in "ab"
    ]
    assert names == ["Kiosco 1", "Kiosco 2"]


def test_two_open_ones_have_two_names(session, secretary, at, kiosk):
    with pytest.raises(KioskNameTaken):
        open_kiosk(assembly_id=session.pk, name="Entrada", by=secretary.actor, at=at.opening)


def test_it_opens_in_no_assembly_that_is_not_open(assembly, desk, members, secretary, at):
    for one in (assembly, desk.close(desk.session(members))):
        with pytest.raises(AssemblyNotOpen):
            open_kiosk(assembly_id=one.pk, name="", by=secretary.actor, at=at.closing)


@pytest.mark.parametrize("seat", ["treasurer", "member"])
def test_only_who_keeps_the_hall_opens_and_closes_it(request, session, kiosk, seat, at):
    who = request.getfixturevalue(seat)
    with pytest.raises(NotAllowed):
        open_kiosk(assembly_id=session.pk, name="", by=who.actor, at=at.moving)
    with pytest.raises(NotAllowed):
        close_kiosk(key=kiosk[0].key, by=who.actor, at=at.moving)


def test_it_closes_once_and_by_itself_with_its_assembly(session, kiosk, desk, president, secretary, at):
    other, _browser = kiosk_client(session, secretary, at.opening, "Fondo")
    close_kiosk(key=kiosk[0].key, by=president.actor, at=at.moving)
    again = close_kiosk(key=kiosk[0].key, by=secretary.actor, at=at.voting)
    assert (again.closed_by, again.closed_at) == (president, at.moving)
    assert (living(kiosk[0].key), living(other.key)) == (None, other)
    assert Entry.objects.filter(act=Act.HALL_CLOSED).count() == 1
    desk.close(session)
    assert living(other.key) is None


def test_database_refuses_a_kiosk_that_outlives_or_forgets(session, kiosk, desk, president, at):
    held = kiosk[0]
    refused("UPDATE assemblies_kiosk SET name = 'x'", match="denied")
    refused("DELETE FROM assemblies_kiosk", match="denied")
    refused("UPDATE assemblies_kiosk SET closed_at = now()", match="kiosk_closed_by_somebody")
    desk.close(session)
    late = Kiosk(assembly=session, name="Otro", opened_at=at.closing, opened_by=president)
    refused_rows(late, match="while it is open")
    close = "UPDATE assemblies_kiosk SET closed_at = now(), closed_by_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(close, [president.pk])
    refused("UPDATE assemblies_kiosk SET closed_at = NULL, closed_by_id = NULL", match="Cannot update")
    assert Kiosk.objects.get(pk=held.pk).closed_at


# --- the keeper's page ---


def test_the_tablet_becomes_a_kiosk_and_its_keeper_is_signed_out_of_it(session, secretary):
    browser = client_of(secretary)
    answer = browser.post(reverse("assemblies:hall", args=[session.pk]), {"name": "Entrada"})
    assert (answer.status_code, answer.headers["Location"]) == (302, START)
    assert not SignIn.objects.alive(timezone.now()).filter(member=secretary, way=Way.PASSWORD).exists()
    assert "Entrada" in browser.get(START).content.decode()
    # Whatever address is typed at it, it stays a kiosk.
    for path in ("/", "/mi-cuenta/", "/ingresar/", "/registro/", f"/asambleas/{session.pk}/"):
        assert browser.get(path).headers["Location"] == START
    assert browser.post("/salir/").headers["Location"] == START


def test_after_it_closed_the_tablet_is_a_device_like_any_other(kiosk, secretary, at, tablet):
    close_kiosk(key=kiosk[0].key, by=secretary.actor, at=at.moving)
    assert "/ingresar/" in tablet.get("/").headers["Location"]
    over = tablet.get(START)
    assert "Este kiosco se cerró" in over.content.decode()
    assert tablet.cookies["kiosco"].value == ""


def test_a_made_up_cookie_makes_no_kiosk(kiosk, client):
    for made_up in (str(kiosk[0].key), signing.dumps(str(kiosk[0].key)), "", "x" * 5000):
        client.cookies["kiosco"] = made_up
        assert "Tu PIN de sala" not in client.get(START).content.decode()
        assert client.post(START, {"number": "4", "pin": PIN}).status_code == 200
    assert not SignIn.objects.filter(way=Way.KIOSK).exists()


def test_the_list_says_who_opened_and_who_closed(session, kiosk, secretary, president, desk, at):
    page = client_of(president).get(reverse("assemblies:hall", args=[session.pk])).content.decode()
    assert "Lo abrió Ramón Ñancucheo" in page
    browser = client_of(president)
    closed = browser.post(reverse("assemblies:kiosk_close", args=[kiosk[0].key]), follow=True)
    assert "Lo cerró Élida Quiroga" in closed.content.decode()


# --- a turn ---


def test_somebody_without_a_phone_checks_in_votes_and_changes_the_vote(
    desk, assembly, secretary, members, pinned, at
):
    desk.arrive(assembly, [one for one in members if one != pinned])
    desk.open(assembly)
    _kiosk, tablet = kiosk_client(assembly, secretary, at.opening)
    step_up(tablet, pinned)
    said = tablet.post(reverse("assemblies:kiosk_check_in"), follow=True)
    assert "Estás en el registro de asistencia" in said.content.decode()
    assert Attendance.objects.get(member=pinned).channel == Channel.KIOSK
    poll = desk.open_poll(desk.seconded(assembly, members[4], members[5]), at=timezone.now())
    for choice, label in (("no", "NO"), ("yes", "SÍ")):
        assert step_up(tablet, pinned).headers["Location"] == TURN
        assert f"Tu voto quedó registrado: {label}" in vote(tablet, poll, choice).content.decode()
    ballot = Ballot.objects.get()
    assert (ballot.choice, ballot.changes, ballot.enrolled_at) == ("yes", 1, at.convening)


def test_kiosk_and_phone_are_one_ballot(desk, open_poll, tablet, pinned, at):
    desk.vote(open_poll, signed_in(pinned, at.convening), Choice.NO)
    step_up(tablet, pinned)
    vote(tablet, open_poll, "abstain")
    assert [(one.choice, one.changes) for one in Ballot.objects.all()] == [("abstain", 1)]


@pytest.mark.parametrize("act", ["kiosk_check_in", "kiosk_cast", "kiosk_leave"])
def test_one_act_and_out(open_poll, tablet, pinned, act):
    step_up(tablet, pinned)
    args = [open_poll.pk] if act == "kiosk_cast" else []
    tablet.post(reverse(f"assemblies:{act}", args=args), {"choice": "yes"})
    assert tablet.cookies["kiosco_turno"].value == ""
    assert not SignIn.objects.alive(timezone.now()).filter(way=Way.KIOSK).exists()
    assert tablet.get(TURN).headers["Location"] == START


def test_a_turn_kept_by_somebody_is_worth_nothing_after_its_act(open_poll, tablet, pinned):
    step_up(tablet, pinned)
    kept = tablet.cookies["kiosco_turno"].value
    vote(tablet, open_poll, "no")
    tablet.cookies["kiosco_turno"] = kept
    assert began_anew(vote(tablet, open_poll, "yes"))
    assert tablet.get(TURN).headers["Location"] == START
    assert Ballot.objects.get().choice == "no"


def test_a_turn_is_worth_nothing_away_from_the_kiosk(open_poll, tablet, pinned, client):
    step_up(tablet, pinned)
    client.cookies["kiosco_turno"] = tablet.cookies["kiosco_turno"].value
    assert began_anew(vote(client, open_poll))
    # Nor is its key a session of the site.
    key = SignIn.objects.get(way=Way.KIOSK).key
    session = client.session
    session["sign_in"] = str(key)
    session.save()
    assert client.get("/registro/").status_code == 302


def test_a_turn_is_worth_nothing_once_its_kiosk_is_closed(open_poll, kiosk, tablet, pinned, secretary, at):
    step_up(tablet, pinned)
    close_kiosk(key=kiosk[0].key, by=secretary.actor, at=at.closing)
    assert began_anew(vote(tablet, open_poll))
    assert not Ballot.objects.exists()


def test_a_pin_chosen_after_the_poll_opened_does_not_vote_in_it(desk, open_poll, members, tablet):
    give_hall_pin(members[4], timezone.now() - timedelta(minutes=1))
    step_up(tablet, members[4])
    assert "más nuevo que esta votación" in tablet.get(TURN).content.decode()
    assert "en esta no puede votar" in vote(tablet, open_poll).content.decode()
    assert not Ballot.objects.exists()


def test_without_a_choice_the_turn_goes_on(open_poll, tablet, pinned):
    step_up(tablet, pinned)
    answer = vote(tablet, open_poll, "")
    assert answer.status_code == 422
    assert "Elegí SÍ" in answer.content.decode()
    assert vote(tablet, open_poll).status_code == 200


def test_a_closed_poll_says_so_and_the_turn_is_over(desk, open_poll, tablet, pinned):
    step_up(tablet, pinned)
    desk.close_poll(open_poll)
    answer = vote(tablet, open_poll)
    assert "La votación ya está cerrada" in answer.content.decode()
    assert tablet.get(TURN).status_code == 302


# --- nothing stays ---


def test_the_screen_never_shows_who_came_before(open_poll, tablet, pinned, members, at):
    give_hall_pin(members[4], at.convening)
    step_up(tablet, pinned)
    receipt = vote(tablet, open_poll, "no")
    start = tablet.get(START).content.decode()
    assert pinned.name not in receipt.content.decode()
    step_up(tablet, members[4])
    after = tablet.get(TURN).content.decode()
    for page in (start, after):
        assert pinned.name not in page
        assert "registrado" not in page


def test_no_page_of_it_is_kept_by_the_browser_and_the_screen_goes_back_by_itself(open_poll, tablet, pinned):
    pages = [tablet.get(START), step_up(tablet, pinned), tablet.get(TURN), vote(tablet, open_poll)]
    assert all("no-store" in page.headers["Cache-Control"] for page in pages)
    assert [page.headers.get("Refresh") for page in pages[2:]] == [f"115; url={START}", f"12; url={START}"]


def test_the_receipt_is_shown_once_and_no_form_is_sent_again_by_going_back(open_poll, tablet, pinned):
    step_up(tablet, pinned)
    receipt = vote(tablet, open_poll, "no")
    assert receipt.redirect_chain == [(DONE, 302)]
    assert tablet.get(DONE).headers["Location"] == START
    tablet.cookies["kiosco_listo"] = signing.dumps({"said": "Tu voto quedó registrado: SÍ"})
    assert tablet.get(DONE).headers["Location"] == START


def test_what_was_typed_wrong_is_not_given_back_to_the_next_person(tablet, pinned):
    answer = step_up(tablet, pinned, "7777")
    assert answer.status_code == 422
    assert "7777" not in answer.content.decode()


def test_the_way_back_ends_the_turn_on_this_screen(open_poll, tablet, pinned):
    step_up(tablet, pinned)
    tablet.get(START)
    assert began_anew(vote(tablet, open_poll))


# --- the pages ---


def test_the_first_page_says_what_the_hall_is_asked(desk, session, motion, tablet):
    assert "ninguna votación abierta" in tablet.get(START).content.decode()
    live = reverse("assemblies:kiosk_live")
    first = tablet.get(live)
    assert tablet.get(live, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    desk.open_poll(motion)
    assert motion.title in tablet.get(START).content.decode()


def test_the_first_page_asks_few_questions_of_the_database(
    session, tablet, pinned, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        tablet.get(START)
    step_up(tablet, pinned)
    with django_assert_max_num_queries(12):
        tablet.get(TURN)


@pytest.mark.parametrize("count", [1, 3])
def test_the_keepers_page_asks_the_same_for_one_kiosk_as_for_three(session, secretary, at, count):
    for number in range(count):
        open_kiosk(assembly_id=session.pk, name=f"K{number}", by=secretary.actor, at=at.opening)
    browser = client_of(secretary)
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("assemblies:hall", args=[session.pk]))
    assert len(queries) <= 7


def test_a_stranger_or_a_member_reaches_nothing_by_the_kiosks_addresses(open_poll, client, member):
    for browser in (client, client_of(member)):
        assert "no es un kiosco" in browser.get(START).content.decode()
        for name, args in (("kiosk_live", []), ("kiosk_turn", []), ("kiosk_done", [])):
            assert browser.get(reverse(f"assemblies:{name}", args=args)).headers["Location"] == START
        for name, args in (("kiosk_check_in", []), ("kiosk_cast", [open_poll.pk]), ("kiosk_leave", [])):
            url = reverse(f"assemblies:{name}", args=args)
            assert browser.get(url).status_code == 405
            assert browser.post(url, {"choice": "yes"}).headers["Location"] == START
    assert not Ballot.objects.exists()


def test_a_kiosk_takes_no_form_of_another_site(open_poll, kiosk, pinned):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(kiosk[1].cookies)
    assert strict.post(START, {"number": "4", "pin": PIN}).status_code == 403


# --- what the hall tells ---


def test_an_assembly_day_is_the_day_of_its_call_and_as_long_as_it_is_open(assembly, desk, members):
    starts = assembly.starts_at
    assert is_assembly_day(starts)
    assert not is_assembly_day(starts - timedelta(days=2))
    desk.arrive(assembly, members)
    desk.open(assembly)
    assert is_assembly_day(starts + timedelta(days=2))
    desk.close(Assembly.objects.get(pk=assembly.pk))
    assert not is_assembly_day(starts + timedelta(days=2))


def test_the_board_counts_what_was_enrolled_today(session, secretary):
    page = client_of(secretary).get(reverse("assemblies:board", args=[session.pk])).content.decode()
    assert "dado de alta hoy" not in page


def test_the_proof_holds_over_votes_by_phone_and_kiosk(desk, open_poll, tablet, pinned, members, at):
    step_up(tablet, pinned)
    vote(tablet, open_poll)
    desk.vote(open_poll, signed_in(members[5], at.convening))
    assert hall().broken is None
    assert hall().rows == 3


def test_who_has_voice_and_no_vote_on_the_matter_reads_why(tablet, session, desk, members, president, at):
    document = MODEL_STATUTE.to_json()
    document["conflicts"] = {"matters": ["ordinary_decision"], "barred": ["council"], "source": "reforma"}
    reform(timezone.localdate(at.voting), document)
    give_hall_pin(president, at.convening)
    poll = desk.open_poll(desk.seconded(session, members[3], members[4]))
    step_up(tablet, president)
    page = tablet.get(TURN).content.decode()
    assert "En este asunto quien ocupa tu cargo tiene voz y no vota (reforma)." in page
    assert "todavía no figurabas" not in page
    assert reverse("assemblies:kiosk_cast", args=[poll.pk]) not in page
