"""axe finds nothing in empty books and in forms with errors. In every page of the list: `test_pages.py`."""

import pytest

from coop.members.models import Member
from tests.journeys.conftest import Sit
from tests.support.looks import found_by_axe

pytestmark = pytest.mark.browser


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
