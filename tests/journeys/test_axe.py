"""axe finds nothing: on every page of the address list, in the dark, in empty books, in forms with errors."""

import uuid
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.journeys.town import NO_PAGES, PAGES, Page, Town
from tests.support.browser import PHONE, Person

pytestmark = pytest.mark.browser

STILL = PHONE | {"reduced_motion": "reduce"}
DARK = STILL | {"color_scheme": "dark"}
MAIN_FIVE = (
    Page("portal:home"),
    Page("assemblies:detail", args=("running",)),
    Page("assemblies:poll", args=("open",)),
    Page("assemblies:poll", args=("adopted",)),
    Page("assemblies:board", args=("running",)),
)


def found_by_axe(person: Person) -> list[str]:
    violations = Axe().run(person.page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]} — {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_axe_finds_nothing(page: Page, readers: Callable[..., Person], town: Town) -> None:
    reader = readers(STILL, page.who)
    town.show(reader, page)
    assert found_by_axe(reader) == []


@pytest.mark.parametrize("page", MAIN_FIVE, ids=str)
def test_axe_finds_nothing_in_the_dark(page: Page, readers: Callable[..., Person], town: Town) -> None:
    reader = readers(DARK, page.who)
    town.show(reader, page)
    assert found_by_axe(reader) == []


def test_every_address_that_answers_get_is_in_the_list(readers: Callable[..., Person], town: Town) -> None:
    """An address for acts alone answers 405; any other is a page, or it is said why it is none."""
    listed = {page.name for page in PAGES} | NO_PAGES
    secretary = readers(STILL, "secretary")
    unlisted = {
        name
        for name, path in _addresses(get_resolver())
        if name not in listed
        and secretary.context.request.get(f"{town.address}{path}", max_redirects=0).status != 405
    }
    assert unlisted == set()


def test_axe_finds_nothing_where_there_is_nothing_yet(phone: Sit, members: list[Member]) -> None:
    omar = phone(members[3], reduced_motion="reduce")
    for name in ("portal:home", "assemblies:list", "portal:books", "portal:resolutions", "portal:record"):
        omar.open(name)
        omar.look(f"50-vacio-{name.partition(':')[2]}")
        assert (name, found_by_axe(omar)) == (name, [])


def test_axe_finds_nothing_in_forms_with_errors(phone: Sit, secretary: Member, member: Member) -> None:
    her_phone, stranger = phone(secretary, reduced_motion="reduce"), phone(reduced_motion="reduce")
    her_phone.expects("^status 422")
    stranger.expects("^status 4..")
    her_phone.open("assemblies:convene")
    her_phone.page.locator("form.form").evaluate(
        "(form) => { form.noValidate = true; form.requestSubmit(); }"
    )
    her_phone.sees("Falta corregir lo marcado. No se guardó nada.")
    her_phone.look("51-convocar-errores")
    assert found_by_axe(her_phone) == []
    stranger.open("members:sign_in")
    stranger.fill("Número de asociado/a o correo", "4")
    stranger.fill("Clave", "no es esta")
    stranger.press("Ingresar")
    stranger.page.locator(".notice.error").wait_for()
    stranger.look("51-ingresar-errores")
    assert found_by_axe(stranger) == []


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
