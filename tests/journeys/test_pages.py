"""Every page of the address list, visited once: axe finds nothing, everything fits, and under a thumb.

One visit, since a page takes longer to come than to be looked at: the window is made narrower and wider, its
letters larger, in the same page (`tests/support/looks.py`). Each look tells by itself what it found.
"""

import uuid
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from assemblies.enums import Choice
from tests.journeys.town import NO_PAGES, PAGES, Page, Town
from tests.support.browser import Person, Screen
from tests.support.looks import NARROW, USUAL, found_on, sticks_out

# Two processes share the list, each with a town of its own.
TOWNS = ("town a", "town b")
pytestmark = pytest.mark.browser

# Without `is_mobile`, which would zoom out until everything fits; and once every stamp has landed.
THUMB: Screen = {"has_touch": True, "reduced_motion": "reduce"}
PHONE: Screen = {"viewport": USUAL, **THUMB}
ALSO_IN_THE_DARK = {
    Page("portal:home"),
    Page("assemblies:detail", args=("running",)),
    Page("assemblies:poll", args=("open",)),
    Page("assemblies:poll", args=("adopted",)),
    Page("assemblies:board", args=("running",)),
}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=str(page), marks=pytest.mark.xdist_group(TOWNS[place % 2]))
        for place, page in enumerate(PAGES)
    ],
)
def test_whoever_reads_it_and_on_whatever_screen(
    page: Page, readers: Callable[..., Person], town: Town
) -> None:
    reader = readers(PHONE, page.who)
    town.show(reader, page)
    assert found_on(reader, dark=page in ALSO_IN_THE_DARK) == {}


def test_the_five_that_are_also_looked_at_in_the_dark_are_in_the_list() -> None:
    assert ALSO_IN_THE_DARK - set(PAGES) == set()


@pytest.mark.xdist_group(TOWNS[0])
def test_every_address_that_answers_get_is_in_the_list(readers: Callable[..., Person], town: Town) -> None:
    """An address for acts alone answers 405; any other is a page, or it is said why it is none."""
    listed = {page.name for page in PAGES} | NO_PAGES
    secretary = readers(PHONE, "secretary")
    unlisted = {
        name
        for name, path in _addresses(get_resolver())
        if name not in listed
        and secretary.context.request.get(f"{town.address}{path}", max_redirects=0).status != 405
    }
    assert unlisted == set()


@pytest.mark.xdist_group(TOWNS[1])
def test_on_the_board_nothing_scrolls(readers: Callable[..., Person], town: Town) -> None:
    for screen in ({"width": 1920, "height": 1080}, {"width": 1280, "height": 720}):
        for which in ("running", "coming", "held"):
            reader = readers({"viewport": screen, "reduced_motion": "reduce"}, "unvoted")
            town.show(reader, Page("assemblies:board", args=(which,)))
            reader.look(f"60-tablero-{which}-{screen['width']}", whole=False)
            assert sticks_out(reader) == []
            assert reader.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0


@pytest.mark.xdist_group(TOWNS[1])
def test_what_was_chosen_can_be_confirmed_without_scrolling(
    readers: Callable[..., Person], town: Town
) -> None:
    """However long the motion: the confirmation comes up from below the bar of tabs by itself."""
    reader = readers({"viewport": NARROW, **THUMB}, "unvoted")
    town.show(reader, Page("assemblies:poll", args=("open",)))
    reader.choose(Choice.ABSTAIN)
    button = reader.page.locator("[data-confirm]").bounding_box()
    tabs = reader.page.locator("nav.tabs").bounding_box()
    assert button is not None
    assert tabs is not None
    assert 0 < button["y"] + button["height"] <= tabs["y"]


def _addresses(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        elif isinstance(entry, URLPattern):
            kinds = {name: type(kind).__name__ for name, kind in entry.pattern.converters.items()}
            made_up = {
                name: uuid.UUID(int=0) if kind == "UUIDConverter" else 1 for name, kind in kinds.items()
            }
            name = f"{prefix}{entry.name}"
            yield name, reverse(name, kwargs=made_up)
