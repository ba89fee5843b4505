"""A tablet in the hall, and who steps up to it."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assemblies import kiosk_device
from assemblies.domain.hall import open_kiosk
from assemblies.models import Assembly, Kiosk
from coop.access.domain.hall import set_hall_pin
from coop.members.models import Member

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


def give_hall_pin(member: Member, at: datetime, pin: str = PIN) -> None:
    set_hall_pin(member=member, pin=pin, at=at)


def step_up(browser: Client, member: Member | int, pin: str = PIN) -> Any:
    """Number and PIN; gives the answer."""
    number = member.number if isinstance(member, Member) else member
    return browser.post(reverse("assemblies:kiosk"), {"number": str(number), "pin": pin})
