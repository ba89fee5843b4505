import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common.errors import DomainError
from coop.members.models import Member
from coop.members.sign_in import set_password
from coop.powers import system


class Command(BaseCommand):
    help = "Sets a member's password from the server's command line. That it was done is on the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="the member's number")
        parser.add_argument("--stdin", action="store_true", help="read it from the first line of the input")

    def handle(self, *args: Any, number: int, stdin: bool, **options: Any) -> None:
        member = Member.objects.filter(number=number).first()
        if member is None:
            raise CommandError(_("No hay asociado/a con el número %(number)d.") % {"number": number})
        password = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
        try:
            set_password(member=member, password=password, by=system(), at=timezone.now())
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Listo: %(name)s ingresa con el número %(number)d y esa clave.")
            % {"name": member.name, "number": number}
        )


def _asked() -> str:
    password = getpass(_("Clave nueva: "))
    if getpass(_("La misma clave, otra vez: ")) != password:
        raise CommandError(_("Las dos claves no son iguales. No se cambió nada."))
    return password
