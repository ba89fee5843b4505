from coop.access.models.codes import Challenge, MailAddress, MailCode
from coop.access.models.devices import Card, CardQuerySet, Device, DeviceQuerySet
from coop.access.models.hall import HallPin

__all__ = [
    "Card",
    "CardQuerySet",
    "Challenge",
    "Device",
    "DeviceQuerySet",
    "HallPin",
    "MailAddress",
    "MailCode",
]
