import json as json_format
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.portal.beginning.errors import AlreadyBegun
from coop.portal.beginning.opening import CODE_HOLDS, invite


class Command(BaseCommand):
    help = (
        "Prints the one-use code with which a browser begins the cooperative of this database. A new code "
        "voids the one before; what was typed so far stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the same for a program")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        try:
            code = invite(at=timezone.now())
        except AlreadyBegun as error:
            raise CommandError(str(error)) from error
        path = f"{reverse('portal:begin')}?codigo={code}"
        if json:
            self.stdout.write(json_format.dumps({"code": code, "path": path}))
            return
        told = {"code": code, "address": f"{settings.SITE_URL}{path}", "days": CODE_HOLDS.days}
        self.stdout.write(_("Código: %(code)s") % told)
        self.stdout.write(_("Página: %(address)s") % told)
        self.stdout.write(_("Sirve una vez, por %(days)d días.") % told)
