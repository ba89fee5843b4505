"""Who asks, in one town with something at every address: each reader a browser with real cookies."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from assemblies import kiosk_device
from assemblies.domain.hall import open_kiosk
from assemblies.models import Kiosk, Motion
from coop.access.models import Card, Device
from coop.council.models import SeatCode
from coop.members import sign_in
from coop.members.admission import Applicant, apply
from coop.members.enums import FactKind
from coop.members.models import Member, Way
from coop.members.telling_facts import tell
from coop.powers import system
from tests.journeys import town
from tests.support import people
from tests.support.browser import cookie_of
from tests.support.matrix import SEATS, World
from tests.support.sanctions import suspend

LAST_YEAR = datetime(2024, 5, 1, 3, tzinfo=UTC)


def build(now: datetime) -> World:
    """The journeys' town; beside its people one newcomer for each reader, none of them on any roll."""
    built = town.Town()
    town.populate(built, now)
    seats = {"president": 1, "secretary": 2, "treasurer": 3}
    holders = {seat: Member.objects.get(number=number) for seat, number in seats.items()}
    newcomers = _newcomers(now)
    for seat in SEATS:
        if seat not in holders:
            people.give_seat(newcomers[seat], SeatCode(seat))
    # Until she took over: the same seat has had two holders.
    people.give_seat(newcomers["former"], SeatCode.PRESIDENT, LAST_YEAR - timedelta(days=365), LAST_YEAR)
    suspend(newcomers["suspended"], keeper=holders["secretary"], at=now)
    apply(applicant=_applicant(), applied_on=now.date(), by=holders["secretary"].actor, at=now)
    readers = {**{name: newcomers[name] for name in newcomers}, **holders}
    cookies = {name: {settings.SESSION_COOKIE_NAME: cookie_of(member)} for name, member in readers.items()}
    cookies |= {"stranger": {}, "applicant": {}}
    cookies["kiosk"] = _kiosk(built.keys["running"], holders["president"], newcomers["at_the_kiosk"], now)
    return World(cookies=cookies, places=built.keys | _more_places(built.keys))


def _more_places(keys: dict[str, Any]) -> dict[str, Any]:
    """What only acts are about, and so no page of the town names."""
    motions = Motion.objects.filter(item__assembly_id=keys["running"], poll__isnull=True)
    waiting = Device.objects.waiting().get()
    return {
        "motion": motions.order_by("pk").first().pk,
        "device": Device.objects.living().order_by("asked_at").first().pk,
        "device_waiting": waiting.pk,
        "card": Card.objects.filter(used_at__isnull=True, voided_at__isnull=True).first().pk,
        "kiosk": Kiosk.objects.order_by("opened_at").first().pk,
        "nobodys": str(uuid.UUID(int=0)),
    }


def _newcomers(now: datetime) -> dict[str, Member]:
    names = ("member", "suspended", "former", "at_the_kiosk", *SEATS[3:])
    made = [
        people.new_member(900 + place, f"Nuevo {place}", "Ana", joined_on=date(2020, 3, 1))
        for place in range(len(names))
    ]
    for member in Member.objects.bulk_create(made):
        day = member.joined_on
        tell(member=member, kind=FactKind.ENTERED, day=day, source="registro en papel", by=system(), at=now)
    return dict(zip(names, Member.objects.filter(number__gte=900).order_by("number"), strict=True))


def _applicant() -> Applicant:
    document = "30100777"
    return Applicant(
        family_name="Solís",
        given_names="Marta",
        document=document,
        tax_number=people.tax_number(document),
        born_on=date(1990, 5, 5),
    )


def _kiosk(assembly_id: int, keeper: Member, at_it: Member, now: datetime) -> dict[str, str]:
    """A turn as the hall PIN begins it, but for its two minutes: the matrix takes longer."""
    kiosk = open_kiosk(assembly_id=assembly_id, name="Puerta", by=keeper.actor, at=now)
    turn = sign_in.start(
        member=at_it, device="Kiosco", at=now, way=Way.KIOSK, enrolled_at=now, stays=timedelta(hours=2)
    )
    answer = HttpResponse()
    kiosk_device.become_kiosk(answer, kiosk)
    kiosk_device.begin_turn(answer, turn)
    held: dict[str, Any] = {name: morsel.value for name, morsel in answer.cookies.items()}
    return held
