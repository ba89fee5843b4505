"""Beside the demonstration of `make run`: choosing one's own cooperative, which has its own database.

The launcher says with OWN_CHOICE which file to write, and serves the other database once it is there. From
the machine itself only: with LAN=1 somebody's phone must not take the demonstration away from the others.
"""

import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest

from coop.members.session import address_of


def offers_own(request: HttpRequest) -> bool:
    return settings.OWN_CHOICE is not None and not was_chosen() and at_the_machine(request)


def at_the_machine(request: HttpRequest) -> bool:
    address = address_of(request)
    return address is not None and ipaddress.ip_address(address).is_loopback


def was_chosen() -> bool:
    return settings.OWN_CHOICE is not None and settings.OWN_CHOICE.exists()


def choose_own() -> None:
    """Writing it again changes nothing."""
    if settings.OWN_CHOICE is None:
        return
    handle = os.open(settings.OWN_CHOICE, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("1\n")
