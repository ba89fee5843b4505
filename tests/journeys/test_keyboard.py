"""Nobody touches a mouse: everything is reached with Tab, seen when it is reached, and pressed with Enter."""

import pytest
from playwright.sync_api import Locator, expect

from assemblies.models import Assembly, Motion, Poll
from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person
from tests.support.desk import Desk
from tests.support.people import PASSWORD

pytestmark = pytest.mark.browser

STEPS = 40
# The focused thing, or the face of the choice beside it, has an outline or a ring, and is on the screen.
SHOWN = """
() => {
  const now = document.activeElement;
  if (now === document.body) return 'nothing has the focus';
  const marked = [now, now.nextElementSibling].filter(Boolean).some((e) => {
    const style = getComputedStyle(e);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return ring || style.boxShadow !== 'none';
  });
  if (!marked) return `no mark on ${now.outerHTML.slice(0, 120)}`;
  const box = now.getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return seen ? '' : `off the screen: ${now.outerHTML.slice(0, 120)}`;
}
"""


def tab_to(person: Person, wanted: Locator) -> None:
    """With Tab alone; whatever is passed on the way shows that it has the focus."""
    wanted.wait_for()
    for _ in range(STEPS):
        person.page.keyboard.press("Tab")
        assert person.page.evaluate(SHOWN) == ""
        if wanted.evaluate("(e) => e === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {wanted}")


def enter(person: Person, words: str) -> None:
    tab_to(person, person.control(words))
    person.page.keyboard.press("Enter")


def test_sign_in_and_vote(laptop: Sit, member: Member, open_poll: Poll) -> None:
    people.give_account(member)
    omar = laptop()
    keys = omar.page.keyboard
    omar.open("portal:home")
    tab_to(omar, omar.page.get_by_label("Número de asociado/a o correo"))
    keys.type(str(member.number))
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    omar.sees("Hola, Omar")
    enter(omar, "Votá ahora")
    omar.title_is("Comprar un torno")
    tab_to(omar, omar.page.locator("input[value=yes]"))
    keys.press("Space")
    keys.press("ArrowDown")
    assert omar.page.evaluate(SHOWN) == ""
    expect(omar.page.locator("input[value=no]")).to_be_checked()
    omar.look("30-teclado")
    tab_to(omar, omar.page.locator("[data-confirm]"))
    keys.press("Enter")
    omar.sees("Tu voto quedó registrado: NO")
    enter(omar, "Cambiar mi voto")
    omar.page.locator("form.vote").wait_for()


def test_the_first_tab_skips_to_the_content(laptop: Sit, member: Member) -> None:
    omar = laptop(member)
    omar.open("portal:home")
    tab_to(omar, omar.page.get_by_role("link", name="Ir al contenido"))
    expect(omar.page.get_by_role("link", name="Ir al contenido")).to_be_in_viewport(ratio=1)
    omar.page.keyboard.press("Enter")
    expect(omar.page.locator("main")).to_be_focused()


def test_the_desk_by_its_letters(laptop: Sit, secretary: Member, members: list[Member], desk: Desk) -> None:
    called = desk.convene()
    desk.arrive(called, members[:5])
    her_desk = laptop(secretary)
    page, keys = her_desk.page, her_desk.page.keyboard
    her_desk.open("assemblies:detail", called.pk)
    expect(her_desk.control("Abrir la asamblea")).to_have_attribute("aria-keyshortcuts", "Alt+Shift+A")
    keys.press("Alt+Shift+KeyA")
    her_desk.control("Pasar al punto 2").wait_for()
    keys.press("Alt+Shift+KeyP")
    her_desk.control("Pasar al punto 3").wait_for()
    motion = desk.seconded(Assembly.objects.get(), members[3], members[4])
    her_desk.control("Abrir la votación").wait_for()
    keys.press("Alt+Shift+KeyV")
    page.locator("#cerrar summary").wait_for()
    keys.press("Alt+Shift+KeyC")
    her_desk.control("Sí, cerrar la votación").wait_for()
    keys.press("Tab")
    keys.press("Enter")
    her_desk.sees("Rechazada")
    assert Motion.objects.get(pk=motion.pk).state == "rejected"
    keys.press("Alt+Shift+KeyR")
    her_desk.title_is("Registro de asistencia")
    keys.press("Alt+Shift+KeyB")
    expect(page.locator("#q")).to_be_focused()
    keys.press("Alt+Shift+KeyB")
    her_desk.title_is("Registro de asistencia")
    her_desk.open("assemblies:detail", called.pk)
    keys.press("Alt+Shift+KeyM")
    her_desk.title_is("Anotar una moción")
    page.get_by_label("¿Qué propone?").focus()
    keys.press("Alt+Shift+KeyM")
    her_desk.title_is("Anotar una moción")


def test_a_refresh_leaves_the_focus_where_it_was(laptop: Sit, members: list[Member], desk: Desk) -> None:
    begun = desk.session(members[:5])
    omar = laptop(members[3])
    omar.open("assemblies:detail", begun.pk)
    tab_to(omar, omar.control("Presentar una moción"))
    desk.arrive(begun, [members[5]])
    expect(omar.page.locator(".dial")).to_contain_text("6")
    expect(omar.control("Presentar una moción")).to_be_focused()


def test_a_tick_leaves_the_focus_in_its_row(laptop: Sit, secretary: Member, desk: Desk) -> None:
    called = desk.convene()
    her_desk = laptop(secretary)
    her_desk.open("assemblies:attendance", called.pk)
    enter(her_desk, "Está Irma Zapata")
    expect(her_desk.control("Se fue Irma Zapata")).to_be_focused()


def test_an_act_leaves_the_focus_on_the_page(laptop: Sit, members: list[Member], desk: Desk) -> None:
    """The pressed button is gone afterwards; Tab goes on from where it was, not from the top."""
    begun = desk.session(members[:5])
    desk.move(begun, members[4])
    omar = laptop(members[3])
    omar.open("assemblies:detail", begun.pk)
    enter(omar, "Apoyo esta moción")
    omar.sees("Lista para votar")
    expect(omar.page.locator("main :focus")).to_have_count(1)
    assert omar.statuses(f"/asambleas/{begun.pk}/") == [200]
