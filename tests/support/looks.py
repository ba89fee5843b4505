"""What a look at a page finds wrong: by axe, by its width, by the size of what is touched."""

from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize

from tests.support.browser import Person

NARROW: Final[ViewportSize] = {"width": 320, "height": 640}
USUAL: Final[ViewportSize] = {"width": 390, "height": 844}
WIDE: Final[ViewportSize] = {"width": 1280, "height": 800}
TEXT: Final = {"standard": 16, "fixed": 13}
LARGE_TEXT: Final = {"standard": 32, "fixed": 26}
VOTE, TARGET, INLINE = 56, 44, 24
OF_AXE: Final = {"resultTypes": ["violations"]}

# What sticks out on the right, unless it scrolls inside a box of its own.
WIDER: Final = """
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
SMALL: Final = """
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


def found_by_axe(person: Person) -> list[str]:
    violations = Axe().run(person.page, options=OF_AXE).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]} — {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def sticks_out(person: Person) -> list[str]:
    found: list[str] = person.page.evaluate(WIDER)
    return found


def too_small(person: Person) -> list[str]:
    found: list[str] = person.page.evaluate(SMALL, [VOTE, TARGET, INLINE])
    return found


def found_on(person: Person, *, dark: bool = False) -> dict[str, list[str]]:
    """All looks at the page that is open in a window of the usual phone; empty where nothing is wrong.

    What one look finds hides nothing of the others. The page is left as it was.
    """
    looks = {
        "axe": found_by_axe(person),
        "under a thumb": too_small(person),
        "390 px": sticks_out(person),
        "text at twice its size": _with_large_text(person),
    }
    if dark:
        person.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        looks["axe in the dark"] = found_by_axe(person)
        person.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for name, size in (("320 px", NARROW), ("1280 px", WIDE)):
        person.page.set_viewport_size(size)
        looks[name] = sticks_out(person)
    person.page.set_viewport_size(USUAL)
    return {look: found for look, found in looks.items() if found}


def _with_large_text(person: Person) -> list[str]:
    """The reader's own setting, as a phone has it: the browser's default size is 32 px."""
    session = person.context.new_cdp_session(person.page)
    try:
        session.send("Page.setFontSizes", {"fontSizes": LARGE_TEXT})
        _letters_are(person, 32)
        found = sticks_out(person)
        session.send("Page.setFontSizes", {"fontSizes": TEXT})
        _letters_are(person, 16)
    finally:
        session.detach()
    return found


def _letters_are(person: Person, pixels: int) -> None:
    asked = f"() => getComputedStyle(document.documentElement).fontSize === '{pixels}px'"
    person.page.wait_for_function(asked)
