"""A tablet in the hall, and who steps up to it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assemblies import kiosk_device
from assemblies.domain.hall import open_kiosk
from assemblies.models import Assembly, Kiosk
from coop.access.domain.hall import set_hall_pin
from coop.members import sign_in
from coop.members.models import Member, Way

PIN = "5829"


def kiosk_client(
    assembly: Assembly, keeper: Member, at: datetime, name: str = "Entrada"
) -> tuple[Kiosk, Client]:
    """A kiosk of that assembly and the browser that is one: nobody is signed in at it."""
    kiosk = open_kiosk(assembly_id=assembly.pk, name=name, by=keeper.actor, at=at)
    browser = Client()
    response = HttpResponse()
    kiosk_device.become_kiosk(response, kiosk)
    browser.cookies.update(response.cookies)
    return kiosk, browser


def cookies_of(browser: Client) -> str:
    """What the tablet's browser holds, for a real one: "name=value; name=value"."""
    return "; ".join(f"{name}={held.value}" for name, held in browser.cookies.items() if held.value)


def turn_that_stays(browser: Client, member: Member, at: datetime) -> None:
    """A turn of a day: pages are looked at for longer than the two minutes of a real one."""
    stays = timedelta(days=1)
    turn = sign_in.start(
        member=member, device="Kiosco", at=at, way=Way.KIOSK, enrolled_at=at - stays, stays=stays
    )
    response = HttpResponse()
    kiosk_device.begin_turn(response, turn)
    browser.cookies.update(response.cookies)


def give_hall_pin(member: Member, at: datetime, pin: str = PIN) -> None:
    set_hall_pin(member=member, pin=pin, at=at)


def step_up(browser: Client, member: Member | int, pin: str = PIN) -> Any:
    """Number and PIN; gives the answer."""
    number = member.number if isinstance(member, Member) else member
    return browser.post(reverse("assemblies:kiosk"), {"number": str(number), "pin": pin})
