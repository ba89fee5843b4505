"""How many ways in were opened today: the board shows it, so that the hall can count along."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from coop.access.models import Card, Device
from coop.common.time import local_day, midnight
from coop.statute.domain import cooperative


def enrolled_today(at: datetime, zone: ZoneInfo | None = None) -> int:
    """Devices enrolled, and passwords set with a card, since local midnight; voided ones count too."""
    zone = zone or cooperative().tz
    begins = midnight(local_day(at, zone), zone)
    today = Q(enrolled_at__gte=begins, enrolled_at__lt=begins + timedelta(days=1), enrolled_at__lte=at)
    passwords = Card.objects.filter(used_at__gte=begins, used_at__lte=at, device__isnull=True)
    # In one question: the board asks it every few seconds.
    devices = Device.objects.filter(today).order_by().values("pk")
    return devices.union(passwords.order_by().values("pk"), all=True).count()
