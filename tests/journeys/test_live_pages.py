"""Pages that refresh by themselves: cheaply, and without taking anything out of a person's hands."""

import pytest
from playwright.sync_api import expect

from assemblies.enums import Choice
from assemblies.models import Assembly, Poll
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support.desk import Desk

pytestmark = pytest.mark.browser

TWO_REFRESHES = 7.0  # seconds; phones ask every three


def test_an_unchanged_page_is_answered_304_and_a_changed_one_200(
    phone: Sit, projector: Sit, members: list[Member], desk: Desk
) -> None:
    begun = desk.session(members[:5])
    omar, board, at_home = phone(members[3]), projector(members[4]), phone(members[2])
    omar.open("assemblies:detail", begun.pk)
    board.open("assemblies:board", begun.pk)
    at_home.open("portal:home")
    omar.wait(TWO_REFRESHES)
    for person, path in ((omar, "/vivo/"), (board, "/tablero/vivo/"), (at_home, "/hoy/tarjetas/")):
        # The minute may have turned once, which changes what is shown.
        assert set(person.statuses(path)) <= {200, 304}
        assert person.statuses(path).count(304) >= 1
        assert person.statuses(path).count(200) <= 1
    desk.arrive(begun, [members[5]])
    expect(board.page.locator(".strip")).to_contain_text("Presentes 6 de 7")
    expect(omar.page.locator(".dial")).to_contain_text("6")
    board.wait(TWO_REFRESHES)
    assert 304 in board.statuses("/tablero/vivo/")[-2:]


def test_a_refresh_leaves_a_half_filled_form_alone(
    phone: Sit, laptop: Sit, members: list[Member], secretary: Member, desk: Desk, open_poll: Poll
) -> None:
    omar, irma, her_desk = phone(members[3]), phone(members[4]), laptop(secretary)
    omar.open("assemblies:poll", open_poll.pk)
    omar.choose(Choice.NO)
    her_desk.open("assemblies:attendance", open_poll.assembly_id)
    her_desk.fill("Buscar por número o nombre", "Águi")
    irma.open("assemblies:poll", open_poll.pk)
    irma.choose(Choice.YES)
    irma.page.locator("[data-confirm]").tap()
    expect(omar.page.locator(".turnout")).to_contain_text("1")
    omar.wait(TWO_REFRESHES)
    expect(omar.page.locator("input[value=no]")).to_be_checked()
    expect(omar.page.locator("[data-confirm]")).to_have_text("Confirmar: voto NO")
    expect(her_desk.page.locator("#q")).to_have_value("Águi")


def test_a_motion_being_written_stays_while_the_assembly_goes_on(
    phone: Sit, members: list[Member], session: Assembly, desk: Desk
) -> None:
    omar = phone(members[3])
    omar.open("assemblies:move", session.pk)
    omar.fill("¿Qué proponés?", "¿Cambiamos el hor")
    desk.move(session, members[5])
    omar.wait(TWO_REFRESHES)
    expect(omar.page.get_by_label("¿Qué proponés?")).to_have_value("¿Cambiamos el hor")
    expect(omar.page.get_by_label("¿Qué proponés?")).to_be_focused()


def test_what_was_unfolded_stays_unfolded(
    laptop: Sit, members: list[Member], secretary: Member, desk: Desk
) -> None:
    begun = desk.session(members[:5])
    her_desk = laptop(secretary)
    her_desk.open("assemblies:detail", begun.pk)
    her_desk.page.locator("#levantar summary").click()
    desk.arrive(begun, [members[5]])
    expect(her_desk.page.locator(".dial")).to_contain_text("6")
    expect(her_desk.page.get_by_role("button", name="Sí, levantar la asamblea")).to_be_visible()
