"""A handover on two phones: each side says what happened, one thing is missing, both sign."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from coop.council.enums_handover import ItemKind
from coop.council.handover.lists import Line, keep_list
from coop.council.handover.opening import open_due
from coop.council.models import Handover, Seat, SeatCode
from coop.members.models import Member
from tests.council.handing import BEGAN, ENDS
from tests.journeys.conftest import Sit
from tests.support import people
from tests.support.browser import Person

pytestmark = pytest.mark.browser


def say(person: Person, what: str, label: str, note: str = "") -> None:
    line = person.page.locator("li", has_text=what).filter(has=person.page.locator("summary"))
    line.locator("summary").click()
    line.get_by_label(label, exact=True).check()
    if note:
        line.get_by_label(re.compile("Si no es así de simple")).fill(note)
    person.press("Decirlo", within=line)
    person.sees("Quedó dicho.")


def test_a_treasury_is_handed_over_on_two_phones(
    phone: Sit, members: list[Member], secretary: Member
) -> None:
    now = timezone.now()
    gone, come = members[3], members[4]
    lines = [Line(ItemKind.KEYS, "Llave de la caja"), Line(ItemKind.BANK, "Firma en el banco")]
    keep_list(seat=Seat.objects.get(code="treasurer"), lines=lines, by=secretary.actor, at=now)
    people.give_seat(gone, SeatCode.TREASURER, BEGAN, now - timedelta(days=1))
    people.give_seat(come, SeatCode.TREASURER, now - timedelta(days=1), ENDS)
    open_due(now)
    for signer in (gone, come):
        people.give_account(signer)
    handover = Handover.objects.get()

    out, into = phone(gone), phone(come)
    for person, label in ((out, "Entregado"), (into, "Recibido")):
        person.open("portal:home")
        person.press("Abrir el traspaso")
        say(person, "Llave de la caja", label)
    say(out, "Firma en el banco", "Entregado")
    say(into, "Firma en el banco", "Falta", "El banco da turno el lunes.")
    into.look("70-traspaso-recibe")
    for person in (out, into):
        person.open("council:handover", handover.pk)
        person.sees("El banco da turno el lunes.")
        person.press("Firmar el traspaso")
        person.proves()
        person.sees("Firmaste el traspaso.")
    reader = phone(members[6])
    reader.open("council:handover", handover.pk)
    reader.sees("firmado")
    reader.sees(re.compile("1 diferencia"))
    reader.look("71-traspaso-firmado")
    assert {one.by_id for one in handover.signatures.all()} == {gone.pk, come.pk}
