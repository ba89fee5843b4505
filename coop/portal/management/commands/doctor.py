import json as json_format
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from coop.common import hall
from coop.portal.doctor.examining import examine
from coop.portal.doctor.findings import Level, Report
from coop.portal.doctor.measuring import measure
from coop.portal.doctor.phones import Ability, Can, abilities
from coop.statute.models import Cooperative

MARKS = {Level.FINE: "✓", Level.NOTE: "·", Level.CARE: "!", Level.BROKEN: "✗"}
CAN = {Can.YES: "✓", Can.CARE: "!", Can.NO: "✗"}


class Command(BaseCommand):
    help = "Says what is well and what is not, and what to do about it. Exit code 1 when something is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the same for a program")

    def handle(self, *args: Any, json: bool, **options: Any) -> None:
        site = hall.site()
        facts = measure(timezone.now())
        house = Cooperative.objects.first() if facts.database else None
        if house:
            timezone.activate(house.tz)
        report, phones = examine(facts), abilities(site) if site else []
        if json:
            self.stdout.write(json_format.dumps(_told(report, phones), ensure_ascii=False, indent=2))
        else:
            self._say(report, phones)
        if not report.ok:
            sys.exit(1)

    def _say(self, report: Report, phones: list[Ability]) -> None:
        for finding in report.findings:
            self.stdout.write(f"{MARKS[finding.level]} {finding.title}: {finding.says}")
            if finding.does:
                self.stdout.write(f"    → {finding.does}")
        if phones:
            self.stdout.write(_("Lo que los teléfonos pueden hacer ahora:"))
        for ability in phones:
            self.stdout.write(
                f"{CAN[ability.can]} {ability.title}{f': {ability.says}' if ability.says else ''}"
            )


def _told(report: Report, phones: list[Ability]) -> dict[str, Any]:
    return {
        "ok": report.ok,
        "findings": [asdict(finding) for finding in report.findings],
        "phones": [asdict(ability) for ability in phones],
    }
