"""What goes wrong in a hall full of phones: impatience, two tabs, lost answers, a server that is gone."""

import contextlib
import re

import pytest
from playwright.sync_api import Browser, Route, expect

from assemblies.enums import Choice
from assemblies.models import Ballot, Poll
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import PHONE, Person, cookie_of, seated
from tests.support.database import RealDatabase
from tests.support.desk import Desk
from tests.support.live import serving
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser


def confirm(person: Person, choice: Choice) -> None:
    person.choose(choice)
    person.page.locator("[data-confirm]").click()


def registered(person: Person, choice: Choice) -> None:
    person.sees(f"Tu voto quedó registrado: {choice.label}")


def no_refresh(person: Person) -> None:
    """The page does not find out by itself, as when the vote is sent within its three seconds."""
    person.page.route("**/vivo/**", lambda route: route.fulfill(status=304))


def test_a_double_click_is_one_vote(phone: Sit, member: Member, open_poll: Poll) -> None:
    omar = phone(member)
    omar.open("assemblies:poll", open_poll.pk)
    omar.choose(Choice.YES)
    omar.page.locator("[data-confirm]").dblclick()
    registered(omar, Choice.YES)
    assert omar.statuses("/voto/") == [200]
    assert Ballot.objects.get().changes == 0


def test_of_two_tabs_the_last_confirmed_stands_and_both_say_so(
    phone: Sit, member: Member, open_poll: Poll
) -> None:
    first = phone(member)
    second = first.tab()
    first.open("assemblies:poll", open_poll.pk)
    second.open("assemblies:poll", open_poll.pk)
    confirm(first, Choice.YES)
    registered(first, Choice.YES)
    confirm(second, Choice.NO)
    registered(second, Choice.NO)
    assert Ballot.objects.get().choice == Choice.NO
    first.page.bring_to_front()
    registered(first, Choice.NO)


def test_going_back_after_voting_shows_the_vote(phone: Sit, member: Member, open_poll: Poll) -> None:
    omar = phone(member)
    omar.open("portal:home")
    omar.press("Votá ahora")
    confirm(omar, Choice.YES)
    registered(omar, Choice.YES)
    omar.press("Volver a la asamblea")
    omar.page.wait_for_url("**/asambleas/*/")
    omar.page.go_back()
    registered(omar, Choice.YES)
    omar.page.go_back()
    omar.sees("Tu voto quedó registrado: SÍ")


def test_a_vote_after_the_close_is_refused_in_words(
    phone: Sit, member: Member, open_poll: Poll, desk: Desk
) -> None:
    omar = phone(member)
    omar.expects("422")
    omar.open("assemblies:poll", open_poll.pk)
    no_refresh(omar)
    desk.close_poll(open_poll)
    confirm(omar, Choice.YES)
    omar.sees("La votación ya está cerrada. Tu voto no se registró.")
    omar.look("40-cerrada")
    assert not Ballot.objects.exists()
    omar.press("Volver a la votación")
    omar.sees("Estabas en el padrón y no votaste.")


def test_an_open_form_turns_into_the_result_when_the_poll_closes(
    phone: Sit, member: Member, open_poll: Poll, desk: Desk
) -> None:
    omar = phone(member)
    omar.open("assemblies:poll", open_poll.pk)
    omar.choose(Choice.YES)
    desk.close_poll(open_poll)
    expect(omar.page.locator(".stamp")).to_contain_text("Rechazada")
    omar.sees("Estabas en el padrón y no votaste.")


def test_signed_out_from_elsewhere_while_voting(
    phone: Sit, laptop: Sit, member: Member, open_poll: Poll
) -> None:
    people.give_account(member)
    omar, at_home = phone(member), laptop(member)
    omar.expects("401")
    omar.open("assemblies:poll", open_poll.pk)
    no_refresh(omar)
    at_home.open("access:devices")
    at_home.press("Cerrar sesión en todos lados")
    at_home.sees("Cerraste la sesión en todos lados.")
    confirm(omar, Choice.YES)
    omar.title_is("Ingresá")
    assert not Ballot.objects.exists()
    omar.page.unroute("**/vivo/**")
    omar.fill("Número de asociado/a o correo", str(member.number))
    omar.fill("Clave", PASSWORD)
    omar.press("Ingresar")
    omar.title_is("Comprar un torno")
    confirm(omar, Choice.YES)
    registered(omar, Choice.YES)


def test_a_script_in_a_motion_is_text(
    phone: Sit, projector: Sit, laptop: Sit, members: list[Member], secretary: Member, desk: Desk
) -> None:
    begun = desk.session(members)
    title = "<script>alert(1)</script><img src=x onerror=alert(2)> «&amp;»"
    omar, board, her_desk = phone(members[3]), projector(members[4]), laptop(secretary)
    omar.open("assemblies:move", begun.pk)
    omar.fill("¿Qué proponés?", title)
    omar.fill("Detalle", "</textarea><script>alert(3)</script>")
    omar.press("Presentar la moción")
    omar.sees(title)
    board.open("assemblies:board", begun.pk)
    board.sees(re.compile(re.escape(title)))
    her_desk.open("portal:record")
    her_desk.sees(re.compile(re.escape(title)))
    motion = begun.items.get(position=1).motions.get()
    desk.second(motion, members[5])
    poll = desk.open_poll(motion)
    omar.open("portal:home")
    omar.press("Votá ahora")
    omar.title_is(title)
    confirm(omar, Choice.YES)
    registered(omar, Choice.YES)
    desk.close_poll(poll)
    for person in (omar, board):
        expect(person.page.locator("h1")).to_have_text(title)
        expect(person.page.locator(".stamp")).to_contain_text("Aprobada")


def test_a_lost_answer_is_asked_for_again(phone: Sit, member: Member, open_poll: Poll) -> None:
    """The vote arrives, its acknowledgement does not: sent again, it says that it was recorded already."""
    omar = phone(member)
    omar.expects("request: net::ERR_")
    omar.expects("htmx:")
    omar.open("assemblies:poll", open_poll.pk)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    omar.page.route("**/voto/", lose, times=1)
    confirm(omar, Choice.YES)
    expect(omar.page.locator("[data-confirm]")).not_to_have_attribute("aria-disabled", "true")
    omar.sees(re.compile("No llegó respuesta. Confirmá de nuevo"))
    omar.look("41-respuesta-perdida")
    assert Ballot.objects.get().choice == Choice.YES
    omar.page.locator("[data-confirm]").click()
    omar.sees("Tu voto ya estaba registrado: SÍ")


def test_a_server_that_was_gone_for_a_while(
    browser: Browser, real_database: RealDatabase, member: Member, open_poll: Poll
) -> None:
    """The page says that there is no connection, tries by itself, and the vote goes through in the end."""
    with contextlib.ExitStack() as room:
        with serving(real_database) as live:
            port = int(live.address.rpartition(":")[2])
            omar = room.enter_context(seated(browser, live.address, PHONE, cookie_of(member)))
            omar.expects("request: net::ERR_")
            omar.expects("htmx:")
            omar.expects("status 50")
            omar.open("assemblies:poll", open_poll.pk)
            omar.choose(Choice.NO)
        omar.sees("Sin conexión. Reintentando…")
        omar.page.locator("[data-confirm]").click()
        omar.sees(re.compile("No llegó respuesta. Confirmá de nuevo"))
        omar.look("42-sin-conexion", whole=False)
        assert not Ballot.objects.exists()
        with serving(real_database, port=port):
            omar.sees_no("Sin conexión. Reintentando…")
            expect(omar.page.locator("input[value=no]")).to_be_checked()
            omar.page.locator("[data-confirm]").click()
            registered(omar, Choice.NO)
            assert Ballot.objects.get().choice == Choice.NO
