"""Everything fits: on the narrowest phone, with text at twice its size, under a thumb."""

from collections.abc import Callable

import pytest

from assemblies.enums import Choice
from tests.journeys.town import PAGES, Page, Town
from tests.support.browser import Person, Screen

pytestmark = pytest.mark.browser

# Without `is_mobile`, which would zoom out until everything fits; and once every stamp has landed.
THUMB: Screen = {"has_touch": True, "reduced_motion": "reduce"}
NARROW: Screen = {"viewport": {"width": 320, "height": 640}, **THUMB}
USUAL: Screen = {"viewport": {"width": 390, "height": 844}, **THUMB}
LARGE_TEXT = {"standard": 32, "fixed": 26}
VOTE, TARGET, INLINE = 56, 44, 24

# What sticks out on the right, unless it scrolls inside a box of its own.
WIDER = """
() => {
  const page = document.documentElement, wide = page.clientWidth;
  if (page.scrollWidth <= wide) return [];
  const right = (e) => Math.round(e.getBoundingClientRect().right);
  const held = (e) => e && (getComputedStyle(e).overflowX !== 'visible' || held(e.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((e) => right(e) > wide + 1 && !held(e.parentElement))
    .map((e) => `${right(e)} > ${wide}: ${e.outerHTML.slice(0, 120)}`)
    .concat(`scrollWidth ${page.scrollWidth} > ${wide}`);
}
"""
# Everything that can be touched, with the larger of its own box and its label's.
SMALL = """
([vote, target, inline]) => {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const inText = (e) => e.matches('a') && getComputedStyle(e).display === 'inline';
  const shown = (e) => e.outerHTML.slice(0, 120);
  const judge = (e) => {
    const parts = [e, e.closest('label'), ...(e.labels || [])].filter(Boolean);
    const boxes = parts.map((part) => part.getBoundingClientRect());
    // The line that an inline link stands in gives it its height.
    const line = inText(e) ? parseFloat(getComputedStyle(e).lineHeight) : 0;
    const high = Math.max(line, ...boxes.map((box) => box.height));
    const wide = inText(e) ? Infinity : Math.max(...boxes.map((box) => box.width));
    const least = e.closest('form[data-vote]') ? vote : inText(e) ? inline : target;
    return Math.min(high, wide) < least - 0.5 ? `${wide}x${high} < ${least}: ${shown(e)}` : '';
  };
  return [...document.querySelectorAll(controls)]
    .filter((e) => e.checkVisibility() && !e.matches('.skip')).map(judge).filter(Boolean);
}
"""


def sticks_out(person: Person) -> list[str]:
    found: list[str] = person.page.evaluate(WIDER)
    return found


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    page: Page, readers: Callable[..., Person], town: Town
) -> None:
    reader = readers(NARROW, page.who)
    town.show(reader, page)
    assert sticks_out(reader) == []
    reader.page.set_viewport_size({"width": 390, "height": 844})
    small = reader.page.evaluate(SMALL, [VOTE, TARGET, INLINE])
    reader.page.set_viewport_size({"width": 320, "height": 640})
    assert small == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nothing_scrolls_sideways_with_text_at_twice_its_size(
    page: Page, readers: Callable[..., Person], town: Town
) -> None:
    """The reader's own setting, as a phone has it: the browser's default size is 32 px."""
    reader = readers(USUAL, page.who)
    session = reader.context.new_cdp_session(reader.page)
    session.send("Page.setFontSizes", {"fontSizes": LARGE_TEXT})
    town.show(reader, page)
    assert reader.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert sticks_out(reader) == []


def test_on_the_board_nothing_scrolls(readers: Callable[..., Person], town: Town) -> None:
    for screen in ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720}):
        for which in ("running", "coming", "held"):
            reader = readers({"viewport": screen, "reduced_motion": "reduce"}, "unvoted")
            town.show(reader, Page("assemblies:board", args=(which,)))
            reader.look(f"60-tablero-{which}-{screen['width']}", whole=False)
            assert sticks_out(reader) == []
            assert reader.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


def test_what_was_chosen_can_be_confirmed_without_scrolling(
    readers: Callable[..., Person], town: Town
) -> None:
    """However long the motion: the confirmation comes up from below the bar of tabs by itself."""
    reader = readers(NARROW, "unvoted")
    town.show(reader, Page("assemblies:poll", args=("open",)))
    reader.choose(Choice.ABSTAIN)
    button = reader.page.locator("[data-confirm]").bounding_box()
    tabs = reader.page.locator("nav.tabs").bounding_box()
    assert button is not None
    assert tabs is not None
    assert 0 < button["y"] + button["height"] <= tabs["y"]
