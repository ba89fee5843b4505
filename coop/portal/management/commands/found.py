from argparse import ArgumentParser
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from coop.portal.founding import ALWAYS, found
from coop.statute.domain import cooperative


class Command(BaseCommand):
    help = (
        "Makes the cooperative of this database, with the model statute and the empty seats of its council."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the cooperative's name")
        parser.add_argument("--zone", default=settings.TIME_ZONE, help="its time zone")
        parser.add_argument(
            "--since", type=date.fromisoformat, default=ALWAYS, help="first day of its statute, YYYY-MM-DD"
        )

    def handle(self, *args: Any, name: str, zone: str, since: date, **options: Any) -> None:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise CommandError(_("No existe la zona horaria %(zone)s.") % {"zone": zone}) from error
        if found(name=name, zone=zone, since=since):
            self.stdout.write(_("Fundada: %(name)s.") % {"name": name})
        else:
            told = {"name": cooperative().name}
            self.stdout.write(_("Ya estaba fundada: %(name)s. No cambió nada.") % told)
