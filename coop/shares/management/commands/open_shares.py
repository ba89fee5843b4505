import json as json_
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coop.common.errors import DomainError
from coop.members.models import Member
from coop.shares.domain.subscribing import open_balances, to_open
from coop.shares.enums import Way


class Command(BaseCommand):
    help = (
        "Takes the shares that the register has into the books, once for each member. --by is the member "
        "number of who keeps the accounts today: they answer for it. The treasury's page does the same."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", type=int, metavar="NUMBER", help="needed unless --dry-run")
        parser.add_argument("--from-pay", action="store_true", help="what is left is withheld from the pay")
        parser.add_argument("--dry-run", action="store_true", help="only counts")
        parser.add_argument("--json", action="store_true")

    def handle(
        self, *args: Any, by: int | None, from_pay: bool, dry_run: bool, json: bool, **options: Any
    ) -> None:
        if dry_run:
            found = to_open(timezone.localdate())
            told = {"members": len(found), "shares": sum(one.shares_subscribed for one in found)}
        else:
            told = self._open(by, Way.PAY if from_pay else Way.DESK)
        self.stdout.write(
            json_.dumps(told) if json else f"members {told['members']}, shares {told['shares']}"
        )

    def _open(self, by: int | None, way: Way) -> dict[str, int]:
        who = Member.objects.filter(number=by or 0).first()
        if who is None:
            raise CommandError("--by: the number of who keeps the accounts today")
        try:
            made = open_balances(by=who.actor, at=timezone.now(), way=way)
        except DomainError as error:
            raise CommandError(str(error)) from error
        return {
            "members": len(made),
            "shares": sum(one.shares for one in made),
            "cents": sum(one.first_cents for one in made),
        }
