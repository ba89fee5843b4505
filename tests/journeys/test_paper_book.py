"""The paper book in the browser: a reform adopted on paper, copied by one, confirmed by another, in force."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coop.members.models import Member
from coop.statute.models import Resolution, StatuteVersion
from tests.journeys.conftest import Sit
from tests.support.browser import LAPTOP, PHONE
from tests.support.reform import present

pytestmark = pytest.mark.browser


def test_a_reform_of_the_paper_book_takes_effect_once_a_second_person_confirms(
    sit: Sit, secretary: Member, president: Member, member: Member
) -> None:
    now = timezone.now()
    day = timezone.localdate(now) - timedelta(days=1)
    document = StatuteVersion.objects.last().document
    document["membership"] = {**document.get("membership", {}), "trial_months": 4}
    present(document, title="Prueba de cuatro meses", at=now - timedelta(days=9))

    desk = sit(LAPTOP, secretary)
    desk.open("portal:resolutions")
    desk.press("Libro de papel")
    desk.press("Copiar una resolución")
    desk.fill("Día en que se aprobó", day.isoformat())
    desk.fill("Qué se resolvió", "Reformar el estatuto: prueba de cuatro meses")
    desk.fill("Dónde se aprobó", "Asamblea Extraordinaria, acta N.º 212")
    desk.fill("Folio", "88")
    desk.fill("Votos SÍ", "51")
    desk.page.get_by_label("Materia").select_option("statute_reform")
    desk.page.get_by_label(re.compile("Proyecto que aprobó")).select_option(label="Prueba de cuatro meses")
    desk.look("80-copiar")
    desk.press("Guardar")
    desk.sees("Acá hay líneas que escribiste vos")
    desk.look("81-pagina-propia")

    second = sit(PHONE, president)
    second.open("portal:home")
    second.sees("1 página del libro de papel espera que la confirmes")
    second.press(re.compile("libro de papel"))
    second.sees("Al confirmarla empieza a regir este proyecto")
    second.look("82-pagina")
    second.page.locator("summary", has_text="No coincide con el libro").click()
    second.fill("Qué hay que corregir", "El folio es el 89")
    second.press("Devolver esta línea")
    second.sees("devuelta para corregir")

    desk.open("portal:home")
    desk.press(re.compile("Te devolvieron líneas"))
    desk.press(re.compile("Página"))
    desk.press("Corregir")
    desk.fill("Folio", "89")
    desk.press("Guardar")

    second.page.reload()
    second.press("Confirmar 1 línea")
    second.sees(re.compile("Confirmada: es la resolución"))
    second.look("83-confirmada")
    version = StatuteVersion.objects.order_by("holds_from").last()
    made = Resolution.objects.get(paper__isnull=False)
    assert (version.resolution_id, version.rules.membership.trial_months) == (made.pk, 4)

    reader = sit(PHONE, member)
    reader.open("portal:resolutions", query="?q=reforma+prueba")
    reader.press("Reformar el estatuto: prueba de cuatro meses")
    reader.sees("Qué se apoya en ella")
    reader.sees("Libro de papel, folio 89")
    reader.look("84-resolucion")
