"""The statute reformed: drafted on a phone, adopted on paper, in force the day after it is confirmed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coop.members.models import Member
from coop.statute.models import StatuteReform, StatuteVersion
from tests.journeys.conftest import Sit

pytestmark = pytest.mark.browser


def test_a_reform_by_a_resolution_from_the_paper_book(
    phone: Sit, laptop: Sit, president: Member, secretary: Member, members: list[Member]
) -> None:
    writes, copies, confirms = phone(president), laptop(secretary), laptop(president)

    # The council drafts: one section, a mistake at its field, then right.
    writes.open("statute:reforms")
    writes.press("Redactar una reforma")
    writes.fill("Cómo se llama la reforma", "Reforma de los cargos")
    writes.fill("Por qué", "Para que rotemos.")
    writes.press("Empezar el borrador")
    writes.title_is("Reforma de los cargos")
    writes.press("Consejo y sindicatura")
    writes.fill("Titulares del consejo", "2")
    writes.expects("^status 422: POST ")
    writes.press("Guardar en el borrador")
    writes.sees("El consejo tiene 3 miembros como mínimo.")
    writes.fill("Titulares del consejo", "5")
    writes.press("Guardar en el borrador")
    writes.sees("5 titulares y 2 suplentes.")
    writes.look("90-reforma-borrador")
    writes.page.locator("#presentar summary").click()
    writes.press("Sí, presentarla")
    writes.sees("La reforma quedó presentada. Ya la puede leer cada asociado/a.")
    writes.look("91-reforma-presentada")
    held = StatuteReform.objects.get()

    # The assembly adopted it on paper: one person copies the resolution, another confirms it.
    yesterday = timezone.localdate() - timedelta(days=1)
    copies.open("portal:paper_enter")
    copies.page.locator("[name=day]").fill(yesterday.isoformat())
    copies.page.locator("[name=title]").fill("Reformar el estatuto: cinco titulares en el consejo")
    copies.page.locator("[name=matter]").select_option("statute_reform")
    copies.page.locator("[name=adopted_by]").fill("Asamblea Extraordinaria, acta N.º 46")
    copies.page.locator("[name=proposal]").select_option(label="Reforma de los cargos")
    copies.press("Guardar")
    page = copies.page.url.rstrip("/").rsplit("/", 1)[-1]
    confirms.page.goto(copies.page.url)
    confirms.sees("Al confirmarla empieza a regir este proyecto")
    assert StatuteVersion.objects.count() == 1, page
    confirms.page.locator("form[action$='/confirmar/'] button").last.click()
    confirms.page.wait_for_load_state()

    # What was done until it was written down here is judged by the one before: it holds from tomorrow.
    version = StatuteVersion.objects.get(reform=held)
    assert version.holds_from == timezone.localdate() + timedelta(days=1)
    reader = phone(members[4])
    reader.open("statute:version", version.pk)
    reader.title_is("Reforma de los cargos")
    reader.sees("Estatuto que todavía no vale")
    reader.sees("5 titulares y 2 suplentes.")
    reader.press("Qué cambió respecto del anterior")
    reader.sees("3 titulares y 2 suplentes.")
    reader.look("92-estatuto-que-viene")
    reader.page.get_by_role("link", name=f"resolución {version.resolution}").first.click()
    reader.sees("Reformar el estatuto: cinco titulares en el consejo")
    reader.sees("El estatuto «Reforma de los cargos»")
