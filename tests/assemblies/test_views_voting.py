"""Voting as a browser does it, with and without htmx."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assemblies.domain import polls
from assemblies.enums import Choice
from assemblies.models import Assembly, Ballot, Motion, Poll
from coop.members import sign_in
from coop.members.models import Member
from coop.statute.models import Resolution
from tests.support import people
from tests.support.desk import Desk

pytestmark = pytest.mark.django_db


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def said(response: object) -> str:
    """What a reader sees: the text, single spaces."""
    parser = Text()
    parser.feed(response.content.decode())
    return " ".join(" ".join(parser.parts).split())


@pytest.fixture
def voter(members: list[Member]) -> Client:
    return people.client_of(members[6])


def url(poll: Poll, name: str = "cast") -> str:
    return reverse(f"assemblies:{name}", args=[poll.pk])


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("yes", "Tu voto quedó registrado: SÍ"),
        ("no", "Tu voto quedó registrado: NO"),
        ("abstain", "Tu voto quedó registrado: ME ABSTENGO"),
    ],
)
def test_a_vote_is_acknowledged_with_what_was_recorded(
    open_poll: Poll, voter: Client, choice: str, sentence: str
) -> None:
    answer = voter.post(url(open_poll), {"choice": choice}, headers={"HX-Request": "true"})
    assert (answer.status_code, sentence in said(answer)) == (200, True)
    assert list(Ballot.objects.values_list("choice", flat=True)) == [choice]


def test_without_htmx_the_acknowledgement_is_a_page_of_its_own(open_poll: Poll, voter: Client) -> None:
    answer = voter.post(url(open_poll), {"choice": "yes"})
    assert answer.status_code == 200
    assert b"<html" in answer.content
    assert "Tu voto quedó registrado: SÍ" in said(answer)


def test_sending_the_same_vote_again_says_it_was_already_recorded(open_poll: Poll, voter: Client) -> None:
    voter.post(url(open_poll), {"choice": "no"})
    assert "Tu voto ya estaba registrado: NO" in said(voter.post(url(open_poll), {"choice": "no"}))


def test_a_vote_may_be_changed_until_the_close(open_poll: Poll, voter: Client, desk: Desk) -> None:
    voter.post(url(open_poll), {"choice": "no"})
    changed = said(voter.post(url(open_poll), {"choice": "yes"}))
    assert "Tu voto quedó registrado: SÍ" in changed
    assert "Reemplaza al que habías dado antes" in changed
    desk.close_poll(open_poll)
    late = voter.post(url(open_poll), {"choice": "no"})
    assert (late.status_code, "La votación ya está cerrada. Tu voto no se registró." in said(late)) == (
        422,
        True,
    )
    assert Ballot.objects.get().choice == Choice.YES


@pytest.mark.parametrize("rubbish", ["", "si", "YES", "yes ", "<script>", "0", "yes\x00"])
def test_a_choice_that_is_none_is_refused_in_words(open_poll: Poll, voter: Client, rubbish: str) -> None:
    answer = voter.post(url(open_poll), {"choice": rubbish})
    assert (answer.status_code, "Elegí SÍ, NO o ME ABSTENGO, y confirmá." in said(answer)) == (422, True)
    assert Ballot.objects.count() == 0


def test_who_arrived_after_the_opening_is_told_so(
    desk: Desk, session: Assembly, open_poll: Poll, members: list[Member]
) -> None:
    late = people.new_member(70, "Tardío", "Pablo")
    late.save()
    browser = people.client_of(late)
    answer = browser.post(url(open_poll), {"choice": "yes"})
    assert (answer.status_code, "No estás en el padrón de esta votación" in said(answer)) == (422, True)
    assert "No estás en el padrón de esta votación" in said(browser.get(url(open_poll, "poll")))


def test_a_sign_in_that_was_ended_cannot_vote(open_poll: Poll, voter: Client, members: list[Member]) -> None:
    sign_in.end_all(member=members[6], at=timezone.now())
    plain = voter.post(url(open_poll), {"choice": "yes"})
    assert (plain.status_code, plain.headers["Location"].startswith("/ingresar/?next=")) == (302, True)
    htmx = voter.post(url(open_poll), {"choice": "yes"}, headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx.headers["HX-Redirect"].startswith("/ingresar/?next=")) == (401, True)
    assert Ballot.objects.count() == 0


def test_a_password_change_elsewhere_ends_the_right_to_vote_here(
    open_poll: Poll, voter: Client, members: list[Member]
) -> None:
    account = people.give_account(members[6])
    sign_in.choose_password(account=account, password="torno-fresa-limadora", at=timezone.now())
    assert voter.post(url(open_poll), {"choice": "yes"}).status_code == 302
    assert Ballot.objects.count() == 0


def test_a_vote_costs_one_query(open_poll: Poll, voter: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        voter.post(url(open_poll), {"choice": "yes"}, headers={"HX-Request": "true"})
    assert len(queries) == 1


def test_the_result_shows_its_arithmetic_and_its_rule(
    open_poll: Poll, desk: Desk, voter: Client, members: list[Member]
) -> None:
    for member, choice in zip(members, ["yes", "yes", "yes", "no", "no", "abstain"], strict=False):
        desk.vote(open_poll, member, Choice(choice))
    desk.close_poll(open_poll)
    page = said(voter.get(url(open_poll, "poll")))
    for sentence in (
        "Aprobada",
        "3 a 2",
        "resolución 1/2026",
        "3 es más que la mitad de 5 (3 SÍ + 2 NO).",
        "1 se abstuvo y no cuenta.",
        "Había 7 presentes de 7; el quórum pedía 4.",
        "(ET 37, ET 41)",
        "Estabas en el padrón y no votaste.",
    ):
        assert sentence in page


def test_no_partial_result_is_shown_while_the_poll_is_open(
    open_poll: Poll, desk: Desk, voter: Client, members: list[Member]
) -> None:
    desk.vote(open_poll, members[0], Choice.NO)
    for name in ("poll", "poll_live", "named_list"):
        page = said(voter.get(url(open_poll, name), follow=True))
        assert ("de 7 votaron" in page, "1 NO" in page) == (True, False)
    board = voter.get(reverse("assemblies:board", args=[open_poll.assembly_id]))
    assert "1 NO" not in said(board)


def test_the_named_list_shows_everybody_in_the_order_of_a_spanish_list(
    open_poll: Poll, desk: Desk, voter: Client, members: list[Member]
) -> None:
    desk.vote(open_poll, members[0], Choice.NO)
    desk.close_poll(open_poll)
    rows = voter.get(url(open_poll, "named_list")).context["rows"]
    assert [name.split(",")[0] for number, name, shown in rows] == [
        "Águila", "D'Amico", "Ibarra", "Muñoz Paredes", "Ñancucheo", "Quiroga", "Zapata",
    ]  # fmt: skip


def test_a_script_in_a_motion_is_text(
    desk: Desk, session: Assembly, members: list[Member], voter: Client
) -> None:
    nasty = "<script>alert(1)</script>"
    motion = desk.seconded(session, members[3], members[4], nasty)
    poll = desk.open_poll(motion)
    addresses = [
        reverse("assemblies:detail", args=[session.pk]),
        reverse("assemblies:board", args=[session.pk]),
        url(poll, "poll"),
        reverse("portal:home"),
    ]
    for address in addresses:
        page = voter.get(address)
        assert (nasty.encode() in page.content, nasty in said(page)) == (False, True)


@pytest.mark.parametrize("voters", [1, 3])
@pytest.mark.parametrize("name", ["detail", "live", "board", "attendance"])
def test_pages_of_an_assembly_take_at_most_twelve_queries(
    open_poll: Poll, desk: Desk, secretary: Member, members: list[Member], name: str, voters: int
) -> None:
    for member in members[:voters]:
        desk.vote(open_poll, member, Choice.YES)
    browser = people.client_of(secretary)
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse(f"assemblies:{name}", args=[open_poll.assembly_id]))
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]


@pytest.mark.parametrize("closed", [1, 3])
def test_the_agenda_costs_the_same_whatever_the_number_of_motions(
    desk: Desk, session: Assembly, members: list[Member], closed: int
) -> None:
    for number in range(closed):
        poll = desk.open_poll(desk.seconded(session, members[3], members[4], f"Moción {number}"))
        desk.vote(poll, members[0])
        desk.close_poll(poll)
    browser = people.client_of(members[6])
    with CaptureQueriesContext(connection) as queries:
        browser.get(reverse("assemblies:detail", args=[session.pk]))
    assert len(queries) == 11, [query["sql"][:90] for query in queries]


def test_an_unchanged_live_page_is_304(
    session: Assembly, voter: Client, desk: Desk, members: list[Member]
) -> None:
    address = reverse("assemblies:live", args=[session.pk])
    tag = voter.get(address).headers["ETag"]
    again = voter.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    desk.move(session, members[3])
    from django.core.cache import cache

    cache.clear()
    assert voter.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_the_ballot_page_turns_into_the_result_when_the_poll_closes(
    open_poll: Poll, desk: Desk, voter: Client
) -> None:
    assert "HX-Redirect" not in voter.get(url(open_poll, "poll_live")).headers
    desk.close_poll(open_poll)
    assert voter.get(url(open_poll, "poll_live")).headers["HX-Redirect"] == url(open_poll, "poll")


def test_an_adopted_motion_becomes_a_numbered_resolution(
    open_poll: Poll, desk: Desk, president: Member, members: list[Member]
) -> None:
    desk.vote(open_poll, members[0])
    people.client_of(president).post(url(open_poll, "poll_close"))
    assert list(Resolution.objects.values_list("number", "title")) == [(1, open_poll.motion.title)]


def test_closing_twice_shows_the_one_result(open_poll: Poll, desk: Desk, motion: Motion) -> None:
    first = desk.close_poll(open_poll)
    second = polls.close_poll(poll_id=open_poll.pk, by=desk.secretary.actor, at=timezone.now())
    assert (second.closed_by_id, second.closed_at) == (first.closed_by_id, first.closed_at)


def test_a_number_in_a_form_is_plain_whatever_its_size(
    desk: Desk, session: Assembly, secretary: Member
) -> None:
    far = people.new_member(1234, "Lejos", "Ana")
    far.save()
    page = people.client_of(secretary).get(reverse("assemblies:attendance", args=[session.pk]))
    assert b'value="1234"' in page.content
    assert b"1.234" not in page.content
