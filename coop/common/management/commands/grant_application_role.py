from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from coop.common.grants import grant_to


class Command(BaseCommand):
    help = (
        "Gives the application's database role what the models declare, and nothing else. Run as the owner."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        with transaction.atomic():
            grant_to(role)
